"""A child takes an overdose, and nobody comes."""

from typing import Any

from onrecord.borough.play import Play, on
from onrecord.case.facts import (
    AssessmentCompleted,
    CrisisContactMade,
    CrisisRecorded,
    RapidReviewHeld,
    SafetyPlanMade,
    SeriousIncidentConsidered,
)

ROW = 44
TITLE = "An overdose, and no help the same day"
CHILD = {"given_name": "Holly", "family_name": "Marchbank", "born": "2012-07-02", "sex": "F"}
TOLD: dict[str, Any] = {"notified": "yes", "why": "Abuse is suspected and her life was in danger."}


def story(play: Play, enacted: bool) -> None:
    """Play it: nobody sees her, plans or asks whether it is a serious incident; or each is done in time."""
    play.wait(hours=1)
    reported = play.report("claire-dunstan", CHILD)
    play.wait(hours=2)
    decided = play.answer(reported)
    assert decided
    play.wait(days=9)
    crisis = play.say("claire-dunstan", CrisisRecorded, about=[reported], serious_harm="yes")
    play.wait(hours=3)
    if not enacted:
        play.say("esther-mwangi", CrisisContactMade, **on(crisis, reported))
        play.say("ines-carvalho", SafetyPlanMade, **on(crisis, reported))
        play.wait(days=2)
        told = play.say("colin-ashby", SeriousIncidentConsidered, **on(crisis, reported), **TOLD)
        play.wait(days=14)
        play.say("helen-marsh", RapidReviewHeld, **on(told, reported))
    play.wait(days=20)
    play.say("ines-carvalho", AssessmentCompleted, **on(decided, reported))
    play.wait(days=7)
