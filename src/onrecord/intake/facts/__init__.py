"""What may be said when a report comes in, and when it is answered."""

from onrecord.intake.facts.answers import (
    DECISIONS,
    OUTCOMES,
    SET_ASIDE,
    UNDECIDED,
    DecisionMade,
    ReferrerTold,
    ReportAcknowledged,
    ReportSetAside,
)
from onrecord.intake.facts.learnt import AbuseLearnt, AbuseReported
from onrecord.intake.facts.lists import BY_ONE, CONCERNS, PROFESSIONAL, REACH, SAID_BY, SETTINGS, UNSAID, BatchMark
from onrecord.intake.facts.report import ReportReceived, by_reason_only
from onrecord.intake.facts.routing import OriginalKept, ReportMarked, ReportRouted
from onrecord.ledger.facts import Fact

FACTS: tuple[type[Fact], ...] = (
    ReportReceived,
    ReportRouted,
    ReportMarked,
    OriginalKept,
    ReportAcknowledged,
    DecisionMade,
    ReportSetAside,
    ReferrerTold,
    AbuseLearnt,
    AbuseReported,
)
"""What follows when a report comes in."""

__all__ = [
    "BY_ONE",
    "CONCERNS",
    "DECISIONS",
    "FACTS",
    "OUTCOMES",
    "PROFESSIONAL",
    "REACH",
    "SAID_BY",
    "SETTINGS",
    "SET_ASIDE",
    "UNDECIDED",
    "UNSAID",
    "BatchMark",
    "DecisionMade",
    "OriginalKept",
    "ReferrerTold",
    "ReportAcknowledged",
    "ReportMarked",
    "ReportReceived",
    "ReportRouted",
    "ReportSetAside",
    "by_reason_only",
]
