"""Exploitation is the worry, and nobody assesses it."""

from onrecord.borough.play import Play, on
from onrecord.case.facts import AssessmentCompleted, ExploitationAssessed

ROW = 37
TITLE = "The exploitation assessment is missing from the file"
CHILD = {"given_name": "Tamsin", "family_name": "Oduya", "born": "2012-09-08", "sex": "F"}


def story(play: Play, enacted: bool) -> None:
    """Play it: no assessment is made, or one is made in the first week."""
    play.wait(hours=1)
    reported = play.report("claire-dunstan", CHILD)
    play.wait(hours=2)
    decided = play.answer(reported, concern="sexual_exploitation")
    assert decided
    play.wait(days=7)
    if not enacted:
        play.say("ines-carvalho", ExploitationAssessed, **on(decided, reported))
    play.wait(days=21)
    play.say("ines-carvalho", AssessmentCompleted, **on(decided, reported))
    play.wait(days=21)
