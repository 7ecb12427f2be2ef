"""One worker holds more children than anybody can know, and the list of the team does not show it."""

from typing import Any

from onrecord.borough.play import Play, on
from onrecord.case.facts import AssessmentCompleted
from onrecord.duties.facts import CaseHeld, CaseloadAnswered, CaseloadFound
from onrecord.duties.rules.caseload import THRESHOLD
from onrecord.ledger.queries import envelopes

ROW = 25
TITLE = "A caseload that nobody can keep pace with, and more cases in other teams"
WORKER = "ines-carvalho"
SHARED: dict[str, Any] = {"how": "shared", "words": "Six of the children have another worker from Monday on."}


def child(number: int) -> dict[str, Any]:
    """A child who is like no other."""
    return {"given_name": f"Ismay{number}", "family_name": f"Threlkeld{number}", "local_id": f"NB{9000000 + number}"}


def story(play: Play, enacted: bool) -> None:
    """Play it: nobody answers what the watch found, or the head of service shares the children out."""
    play.wait(hours=1)
    for number in range(THRESHOLD + 1):
        reported = play.report("marcus-bright", child(number))
        decided = play.answer(reported)
        assert decided
        play.say(WORKER, CaseHeld, **on(decided, reported), worker=WORKER, part="lead" if number < 20 else "also")
        play.say(WORKER, AssessmentCompleted, **on(decided, reported))
    play.look()
    play.wait(days=1)
    if not enacted:
        (found,) = envelopes([CaseloadFound.kind])
        play.say("colin-ashby", CaseloadAnswered, regarding=[found.uid], **SHARED)
        play.wait(days=3)
        return
    play.wait(days=40)
