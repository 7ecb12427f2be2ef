"""The verbs of an adult whom a child trusts: open their page, disagree, and report that the child is not safe."""

from datetime import datetime
from uuid import UUID

from onrecord.access.actions import note_opened
from onrecord.access.rules import Denied, TrustedAdult
from onrecord.case.queries.trusting import Trusting, trusting
from onrecord.duties.actions.challenge import answering_side
from onrecord.duties.actions.challenged import follow_challenge
from onrecord.duties.facts import DisagreementRaised
from onrecord.intake.actions import report
from onrecord.intake.facts import ReportReceived
from onrecord.ledger.actions import append
from onrecord.ledger.facts import Entry, Saying, When
from onrecord.ledger.queries import lines

OVER = "This page is not open now. Whoever works with the child can tell you more."
"""The same words whatever the reason: one of them may be that the child is afraid of whoever reads this."""


def open_trusting(adult: TrustedAdult, now: datetime) -> Trusting:
    """Their page, noted as a read first. Raises Denied where nothing is open to them."""
    found = trusting(adult, now)
    if found is None:
        raise Denied(OVER)
    note_opened(adult.speaks, "trusting", found.found.mentions, now)
    return found


def side_of(page: Trusting) -> dict[str, str]:
    """What the record fills in of a disagreement: whose it is, and who answers it first."""
    level, sort = answering_side(lines([page.disputed])[0])
    return {"whose": "trusted_adult", "level": level, "decided_by": sort}


def disagree(adult: TrustedAdult, page: Trusting, fact: DisagreementRaised, uid: UUID, now: datetime) -> Entry:
    """Disagree with what was decided last. It goes through every stage, and in time it sets a lowering aside."""
    seat, about = adult.speaks.seat, lines([page.disputed])[0].mentions
    saying = Saying(
        uid, fact, adult.user, seat.role, seat.agency, When.at(now), about=about, regarding=(page.disputed,)
    )
    made = append([saying])[0]
    follow_challenge(made, now)
    return made


def report_worry(adult: TrustedAdult, fact: ReportReceived, uid: UUID, now: datetime) -> Entry:
    """Report that the child is missing or not safe: a report like any other, decided on at the front door."""
    return report(adult.speaks, fact, uid, When.at(now), said_when=False)[0]
