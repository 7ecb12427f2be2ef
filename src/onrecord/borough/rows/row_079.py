"""A report is to be closed because the child did not behave as a victim is thought to."""

from onrecord.borough.play import FRONT_DOOR, Play, on
from onrecord.case.facts import AssessmentCompleted, ExploitationAssessed
from onrecord.intake.facts import DecisionMade

ROW = 79
TITLE = "A child who does not report, or goes back, is not believed"
CHILD = {"given_name": "Mared", "family_name": "Tolland", "born": "2011-10-30", "sex": "F"}
REASON = {"reason": "not_like_a_victim", "words": "She made no complaint, supports no prosecution, and went back."}


def story(play: Play, enacted: bool) -> None:
    """Play it: the myth is given as a reason, refused and never taken up, or the work goes on without it."""
    play.wait(hours=1)
    reported = play.report("paul-hargate", CHILD)
    play.wait(hours=2)
    if enacted:
        closing = {"outcome": "no_further_action", "concern": "sexual_exploitation", "lowering": REASON}
        play.tries(FRONT_DOOR, DecisionMade, **on(reported, reported), **closing)
    decided = play.answer(reported, concern="sexual_exploitation")
    assert decided
    play.wait(days=6)
    play.say("ines-carvalho", ExploitationAssessed, **on(decided, reported))
    play.wait(days=20)
    play.say("ines-carvalho", AssessmentCompleted, **on(decided, reported))
    play.wait(days=14)
