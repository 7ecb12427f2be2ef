"""A report is met with disbelief: somebody wants it gone, as the child is thought to exaggerate."""

from onrecord.borough.play import FRONT_DOOR, Play, on
from onrecord.case.facts import AssessmentCompleted
from onrecord.intake.facts import DecisionMade

ROW = 13
TITLE = "A child is not believed"
CHILD = {"given_name": "Delphine", "family_name": "Marsh", "born": "2011-09-14", "sex": "F"}
WORDS = "She says that men in a white van know where she lives, and that they took pictures of her."
BELIEF = {"reason": "exaggerated", "words": "She has said such things before. We think she makes it up."}


def story(play: Play, enacted: bool) -> None:
    """Play it: belief is given as a reason, refused, and nobody takes it up; or it is recorded, and looked into."""
    play.wait(hours=1)
    reported = play.report("yasmin-akhtar", CHILD, words=WORDS)
    play.wait(hours=2)
    if enacted:
        ended = {"outcome": "no_further_action", "concern": "sexual_exploitation"}
        play.tries(FRONT_DOOR, DecisionMade, **on(reported, reported), **ended)
        play.tries(FRONT_DOOR, DecisionMade, lowering=BELIEF, **on(reported, reported), **ended)
    decided = play.answer(reported)
    assert decided
    play.wait(days=20)
    play.say("ines-carvalho", AssessmentCompleted, **on(decided, reported))
    play.wait(days=7)
