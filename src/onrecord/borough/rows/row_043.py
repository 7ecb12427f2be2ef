"""A young person stops answering, and the case is to be closed for it."""

from onrecord.borough.play import FRONT_DOOR, Play, on
from onrecord.case.facts import AssessmentCompleted, ContactTried, DisengagementRecorded, ExploitationAssessed
from onrecord.intake.facts import DecisionMade

ROW = 43
TITLE = "A young person does not answer any more, and nobody tries again"
CHILD = {"given_name": "Carys", "family_name": "Brindle", "born": "2011-01-27", "sex": "F"}
REASON = {"reason": "would_not_engage", "words": "She says that the police can do nothing, and does not answer."}


def story(play: Play, enacted: bool) -> None:
    """Play it: it is to be closed, and nobody tries again; or contact is tried by the day that was named."""
    play.wait(hours=1)
    reported = play.report("marcus-bright", CHILD)
    play.wait(hours=2)
    decided = play.answer(reported, concern="sexual_exploitation")
    assert decided
    child = on(decided, reported)
    play.wait(days=6)
    play.say("ines-carvalho", ExploitationAssessed, **child)
    lost = play.say("ines-carvalho", DisengagementRecorded, about=[reported])
    if enacted:
        closing = {"outcome": "no_further_action", "lowering": REASON}
        play.tries(FRONT_DOOR, DecisionMade, **on(reported, reported), **closing)
    play.wait(days=18)
    if not enacted:
        play.say("ines-carvalho", ContactTried, **on(lost, reported))
    play.say("ines-carvalho", AssessmentCompleted, **child)
    play.wait(days=40)
