"""A manager puts a child's level below what the worker who knows her found."""

from typing import Any

from onrecord.borough.play import Play, on
from onrecord.case.facts import AssessmentCompleted, ExploitationAssessed
from onrecord.duties.facts import LoweringTold, LoweringTookEffect
from onrecord.ledger.facts import Seconded
from onrecord.ledger.queries import envelopes

ROW = 22
TITLE = "A manager lowers how serious it is"
CHILD = {"given_name": "Roisin", "family_name": "Tully", "born": "2011-06-30", "sex": "F"}
SEEN = "She is driven to three addresses by men she will not name."
HAPPENING = {"what": "travel", "known": SEEN, "source": "The youth worker who knows her"}
SEEN_BY_HER: dict[str, Any] = {"happening": [HAPPENING], "nothing_happening": None}
LOWERING = {"reason": "new_information", "words": "I read the file and see it differently."}


def story(play: Play, enacted: bool) -> None:
    """Play it: the manager signs alone and nobody seconds, or a second person of another agency agrees in time."""
    play.wait(hours=1)
    reported = play.report("marcus-bright", CHILD)
    play.wait(hours=2)
    decided = play.answer(reported, concern="sexual_exploitation")
    assert decided
    child = on(decided, reported)
    play.wait(days=4)
    play.say("ines-carvalho", ExploitationAssessed, level="serious", **SEEN_BY_HER, **child)
    play.wait(days=3)
    play.tries("ruth-hallam", ExploitationAssessed, level="moderate", **child)
    lower = play.say("ruth-hallam", ExploitationAssessed, level="moderate", lowering=LOWERING, **child)
    play.wait(hours=1)
    play.tries("ruth-hallam", Seconded, **on(lower), why="I stand by it.")
    play.wait(hours=20)
    if not enacted:
        play.say("grace-abiola", Seconded, **on(lower))
        (counts,) = envelopes([LoweringTookEffect.kind])
        play.say("colin-ashby", LoweringTold, regarding=[counts.uid])
    play.wait(days=14)
    play.say("ines-carvalho", AssessmentCompleted, **child)
    play.wait(days=14)
