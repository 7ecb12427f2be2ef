"""A girl of eleven, and men: nobody records a crime, and it is to be ended at a desk."""

from onrecord.borough.meetings import CHAIR, minuted
from onrecord.borough.play import FRONT_DOOR, Play, on
from onrecord.case.facts import (
    AssessmentCompleted,
    AttendanceChecked,
    CrimeRecorded,
    ExploitationAssessed,
    MinutesLocked,
    StrategyDiscussionHeld,
)
from onrecord.intake.facts import DecisionMade

ROW = 92
TITLE = "Sexual harm to a child of eleven is not treated as a crime"
CHILD = {"given_name": "Elin", "family_name": "Hathersage", "born": "2015-04-08", "sex": "F"}
REASON = {"reason": "new_information", "words": "She says that he is her boyfriend."}


def story(play: Play, enacted: bool) -> None:
    """Play it: closing is tried and nothing follows, or police and social care act the same day."""
    play.wait(hours=1)
    reported = play.report("yasmin-akhtar", CHILD, concern="sexual_exploitation")
    play.wait(hours=2)
    if enacted:
        closing = {"outcome": "no_further_action", "concern": "other", "lowering": REASON}
        play.tries(FRONT_DOOR, DecisionMade, **on(reported, reported), **closing)
    decided = play.answer(reported, concern="sexual_exploitation", outcome="assess", crime_alleged="yes")
    assert decided
    child = on(decided, reported)
    play.wait(hours=3)
    if not enacted:
        play.say("leanne-mcardle", CrimeRecorded, **child)
        why = "An enquiry is open already."
        met = play.say("ruth-hallam", StrategyDiscussionHeld, outcome="no_enquiry", why=why, **child)
        play.say("leanne-mcardle", AttendanceChecked, **on(met, reported))
        sent_round = minuted(play, met, reported)
    play.wait(days=6)
    play.say("ines-carvalho", ExploitationAssessed, level="serious", **child)
    play.wait(days=10)
    if not enacted:
        play.say(CHAIR, MinutesLocked, **on(sent_round, reported))
    play.wait(days=10)
    play.say("ines-carvalho", AssessmentCompleted, **child)
    play.wait(days=7)
