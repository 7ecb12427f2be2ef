"""Support is made to depend on a statement to the police, and then there is none."""

from onrecord.borough.play import Play, on
from onrecord.case.facts import AssessmentCompleted, ExploitationAssessed, SupportOffered

ROW = 94
TITLE = "No support unless there is a statement"
CHILD = {"given_name": "Nadia", "family_name": "Carrow", "born": "2011-05-16", "sex": "F"}


def story(play: Play, enacted: bool) -> None:
    """Play it: the offer depends on a statement and is refused, or it depends on nothing."""
    play.wait(hours=1)
    reported = play.report("marcus-bright", CHILD)
    play.wait(hours=2)
    decided = play.answer(reported, concern="sexual_exploitation", leaving_out=[SupportOffered])
    assert decided
    child = on(decided, reported)
    play.wait(days=2)
    if enacted:
        play.tries("ines-carvalho", SupportOffered, depends_on="statement", **child)
    else:
        play.say("ines-carvalho", SupportOffered, **child)
    play.wait(days=4)
    play.say("ines-carvalho", ExploitationAssessed, **child)
    play.wait(days=20)
    play.say("ines-carvalho", AssessmentCompleted, **child)
    play.wait(days=21)
