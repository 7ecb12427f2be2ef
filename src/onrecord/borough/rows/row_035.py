"""An assessment that says nothing of grooming, coercion or fear cannot be recorded, and then none is."""

from onrecord.borough.play import Play, on
from onrecord.case.facts import AssessmentCompleted, ExploitationAssessed

ROW = 35
TITLE = "Nobody at work understands grooming"
CHILD = {"given_name": "Leanne", "family_name": "Oakes", "born": "2013-03-19", "sex": "F"}


def story(play: Play, enacted: bool) -> None:
    """Play it: grooming, coercion and fear are left out and it is refused, or each is addressed."""
    play.wait(hours=1)
    reported = play.report("yasmin-akhtar", CHILD)
    play.wait(hours=2)
    decided = play.answer(reported, concern="sexual_exploitation")
    assert decided
    child = on(decided, reported)
    play.wait(days=5)
    if enacted:
        play.tries("daniel-whitlow", ExploitationAssessed, grooming="", coercion="", fear="", **child)
    else:
        play.say("daniel-whitlow", ExploitationAssessed, **child)
    play.wait(days=21)
    play.say("daniel-whitlow", AssessmentCompleted, **child)
    play.wait(days=21)
