"""What may be said about the work with a child."""

from onrecord.case.facts.care import CareLeaverRecorded, LeavingCareSupportEnded, PathwayPlanReviewed
from onrecord.case.facts.contact import SafeContactSet
from onrecord.case.facts.enquiry import (
    AssessmentCompleted,
    ConferenceHeld,
    CoreGroupMet,
    ExploitationAssessed,
    LookBackDone,
    StrategyDiscussionHeld,
)
from onrecord.case.facts.meeting import DecisionsCirculated, MeetingHeld, MinutesRecorded
from onrecord.case.facts.missing import ChildReturned, ReturnInterviewHeld
from onrecord.ledger.facts import Fact

FACTS: tuple[type[Fact], ...] = (
    SafeContactSet,
    StrategyDiscussionHeld,
    ConferenceHeld,
    CoreGroupMet,
    AssessmentCompleted,
    ExploitationAssessed,
    LookBackDone,
    MeetingHeld,
    DecisionsCirculated,
    MinutesRecorded,
    ChildReturned,
    ReturnInterviewHeld,
    CareLeaverRecorded,
    PathwayPlanReviewed,
    LeavingCareSupportEnded,
)

__all__ = [
    "FACTS",
    "AssessmentCompleted",
    "CareLeaverRecorded",
    "ChildReturned",
    "ConferenceHeld",
    "CoreGroupMet",
    "DecisionsCirculated",
    "ExploitationAssessed",
    "LeavingCareSupportEnded",
    "LookBackDone",
    "MeetingHeld",
    "MinutesRecorded",
    "PathwayPlanReviewed",
    "ReturnInterviewHeld",
    "SafeContactSet",
    "StrategyDiscussionHeld",
]
