"""What may be said about duties, disagreements with what was decided, requests to managers, and who holds whom."""

from onrecord.duties.facts import caseload, challenge, duty, instruction, lowering, requests
from onrecord.duties.facts.caseload import CaseHandedOver, CaseHeld, CaseloadAnswered, CaseloadFound
from onrecord.duties.facts.challenge import (
    DisagreementContinued,
    DisagreementRaised,
    DisagreementSettled,
    StageAnswered,
)
from onrecord.duties.facts.duty import (
    CannotInTime,
    ChallengeAnswered,
    DutyEscalated,
    DutyReassigned,
    LoweringRefused,
    RulebookAdopted,
    SeatFoundVacant,
)
from onrecord.duties.facts.instruction import InstructionAnswered, InstructionReported
from onrecord.duties.facts.lowering import (
    BulkLoweringAnswered,
    BulkLoweringFound,
    LoweringReread,
    LoweringTold,
    LoweringTookEffect,
    RereadAnswered,
)
from onrecord.duties.facts.requests import RefusalViewed, RequestAnswered, RequestMade
from onrecord.ledger.facts import Fact

FACTS: tuple[type[Fact], ...] = (
    *duty.FACTS,
    *challenge.FACTS,
    *instruction.FACTS,
    *requests.FACTS,
    *caseload.FACTS,
    *lowering.FACTS,
)

__all__ = [
    "FACTS",
    "BulkLoweringAnswered",
    "BulkLoweringFound",
    "CannotInTime",
    "CaseHandedOver",
    "CaseHeld",
    "CaseloadAnswered",
    "CaseloadFound",
    "ChallengeAnswered",
    "DisagreementContinued",
    "DisagreementRaised",
    "DisagreementSettled",
    "DutyEscalated",
    "DutyReassigned",
    "InstructionAnswered",
    "InstructionReported",
    "LoweringRefused",
    "LoweringReread",
    "LoweringTold",
    "LoweringTookEffect",
    "RefusalViewed",
    "RequestAnswered",
    "RequestMade",
    "RereadAnswered",
    "RulebookAdopted",
    "SeatFoundVacant",
    "StageAnswered",
]
