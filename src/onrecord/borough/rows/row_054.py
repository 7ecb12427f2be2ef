"""A report names somebody who would decide on it, and it is hoped that it goes away."""

from onrecord.borough.play import FRONT_DOOR, Play, on
from onrecord.intake.facts import DecisionMade

ROW = 54
TITLE = "A report about one of their own is hoped to go away"
CHILD = {"given_name": "Carys", "family_name": "Pemberley", "born": "2012-09-14", "sex": "F"}
WORDS = "She says that Amira Sattar, who takes the calls, is the aunt of the man and told her to be quiet."
REASON = {"reason": "reputation", "words": "This would damage the service. It is best left to go away."}
OFFICER = "sian-bevan"


def story(play: Play, enacted: bool) -> None:
    """Play it: she tries to decide, it is to be closed for the service's name, then silence; or the officer decides."""
    play.wait(hours=1)
    reported = play.report("marcus-bright", CHILD, words=WORDS)
    play.wait(hours=2)
    if enacted:
        play.tries(FRONT_DOOR, DecisionMade, **on(reported, reported), outcome="send_to")
        play.tries(OFFICER, DecisionMade, **on(reported, reported), outcome="no_further_action", lowering=REASON)
    else:
        play.answer(reported, by=OFFICER, worker=OFFICER, outcome="send_to")
    play.wait(days=40)
