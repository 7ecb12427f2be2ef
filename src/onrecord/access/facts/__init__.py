"""What may be said about agencies, people at work and their roles; and, in the reads ledger, who opened what."""

from onrecord.access.facts.agencies import AgencyJoined
from onrecord.access.facts.details import StaffDetailsGiven, StaffDetailsJudged, StaffDetailsQuestioned
from onrecord.access.facts.doors import (
    InvitationMade,
    InvitationProposed,
    InvitationUsed,
    KeyEnded,
    KeyMade,
    SecondStepEnded,
)
from onrecord.access.facts.glass import GlassBroken, GlassReviewed
from onrecord.access.facts.lists import PEERS, ROLES, SORTS
from onrecord.access.facts.people import (
    AbsenceNoted,
    AddressChanged,
    NoReaderFound,
    ReadingRotaSet,
    ReadingRotaWithdrawn,
    ReadingStopped,
    RoleEnded,
    RoleFoundEmpty,
    RoleHeld,
    VacancyAnswered,
)
from onrecord.access.facts.reads import RecordOpened
from onrecord.access.facts.restricted import RESTRICTING, FileRestricted, RestrictionLifted, RestrictionReviewed
from onrecord.access.facts.seats import OutsideChangeRefused, SeatAccepted, SeatConfirmed
from onrecord.access.facts.teams import PARTS, TeamJoined, TeamLeft
from onrecord.access.facts.training import TrainingHeld
from onrecord.access.facts.trusted import TRUSTED, TrustedSignInEnded, TrustedSignInGiven
from onrecord.ledger.facts import Fact
from onrecord.rulebook.facts import OUTSIDE_ROLES

FACTS: tuple[type[Fact], ...] = (
    AgencyJoined,
    RoleHeld,
    RoleEnded,
    StaffDetailsGiven,
    StaffDetailsQuestioned,
    StaffDetailsJudged,
    AddressChanged,
    AbsenceNoted,
    RoleFoundEmpty,
    VacancyAnswered,
    ReadingRotaSet,
    ReadingRotaWithdrawn,
    NoReaderFound,
    ReadingStopped,
    SeatAccepted,
    SeatConfirmed,
    OutsideChangeRefused,
    RecordOpened,
    GlassBroken,
    GlassReviewed,
    InvitationMade,
    InvitationProposed,
    InvitationUsed,
    SecondStepEnded,
    KeyMade,
    KeyEnded,
    TrainingHeld,
    TeamJoined,
    TeamLeft,
    FileRestricted,
    RestrictionReviewed,
    RestrictionLifted,
    TrustedSignInGiven,
    TrustedSignInEnded,
)

__all__ = [
    "FACTS",
    "OUTSIDE_ROLES",
    "PARTS",
    "PEERS",
    "RESTRICTING",
    "ROLES",
    "SORTS",
    "TRUSTED",
    "AbsenceNoted",
    "AddressChanged",
    "AgencyJoined",
    "FileRestricted",
    "GlassBroken",
    "GlassReviewed",
    "InvitationMade",
    "InvitationProposed",
    "InvitationUsed",
    "KeyEnded",
    "KeyMade",
    "NoReaderFound",
    "OutsideChangeRefused",
    "ReadingRotaSet",
    "ReadingRotaWithdrawn",
    "ReadingStopped",
    "RecordOpened",
    "RestrictionLifted",
    "RestrictionReviewed",
    "RoleEnded",
    "RoleFoundEmpty",
    "RoleHeld",
    "SeatAccepted",
    "SeatConfirmed",
    "SecondStepEnded",
    "StaffDetailsGiven",
    "StaffDetailsJudged",
    "StaffDetailsQuestioned",
    "TeamJoined",
    "TeamLeft",
    "TrainingHeld",
    "TrustedSignInEnded",
    "TrustedSignInGiven",
    "VacancyAnswered",
]
