"""Somebody wants to close a report for the sake of community cohesion."""

from onrecord.borough.play import FRONT_DOOR, Play, on
from onrecord.case.facts import AssessmentCompleted
from onrecord.intake.facts import DecisionMade

ROW = 89
TITLE = "A report is to be closed for the sake of community cohesion"
CHILD = {"given_name": "Ellie", "family_name": "Stroud", "born": "2012-04-22", "sex": "F"}
REASON = {"reason": "community_cohesion", "words": "Acting on this now could inflame feeling on the estate."}


def story(play: Play, enacted: bool) -> None:
    """Play it: the reason is given, refused and never taken up, or nobody tries it. Decided either way."""
    play.wait(hours=1)
    reported = play.report("marcus-bright", CHILD)
    play.wait(hours=3)
    if enacted:
        closing = {"outcome": "no_further_action", "lowering": REASON}
        play.tries(FRONT_DOOR, DecisionMade, **on(reported, reported), **closing)
    decided = play.answer(reported)
    assert decided
    play.wait(days=20)
    play.say("ines-carvalho", AssessmentCompleted, **on(decided, reported))
    play.wait(days=7)
