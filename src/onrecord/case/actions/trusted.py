"""The verbs of a trusted adult: see whom a child trusts, and end a service in which children trusted somebody."""

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from onrecord.access.rules import Denied, Viewer, check_work_cases
from onrecord.case.facts import ServiceEnded, TrustedAdultLost
from onrecord.case.queries import may_open_any, what_there_is
from onrecord.case.queries.file import children_in
from onrecord.case.queries.trusted import Trusted, trusted_adults, trusting
from onrecord.duties.actions import record
from onrecord.intake.actions import note_near
from onrecord.ledger.actions import append
from onrecord.ledger.facts import Entry, When
from onrecord.ledger.queries import untaken
from onrecord.ledger.rules.machine import machine_saying


def open_trusted(viewer: Viewer, mention: UUID, now: datetime) -> list[Trusted]:
    """Whom a child trusts, noted as a read. Raises Denied for a child they do not work with."""
    check_work_cases(viewer)
    found = what_there_is(viewer, mention)
    if found is None or not may_open_any(viewer, found.people):
        raise Denied("Only the agencies that work with a child see whom the child trusts.")
    note_near(viewer, "chronology", found.mentions, now, called=children_in(found, now))
    return trusted_adults(viewer, found.people, now)


def end_service(viewer: Viewer, fact: ServiceEnded, uid: UUID, now: datetime, happened: When | None = None) -> Entry:
    """A service ends: of each child who trusts somebody of its agency it is asked who holds this child now.

    All or none. Raises Denied for anybody but the agency itself, and IdTaken.
    """
    if fact.agency not in {held.sort for held in viewer.holdings}:
        raise Denied("An agency says itself which of its services ends.")
    with transaction.atomic():
        made = record(viewer, fact, uid=uid, now=now, happened=happened).entry
        for child in trusting(fact.agency, now):
            asked = untaken(uuid5(uid, str(child[0])), TrustedAdultLost.kind)
            lost = TrustedAdultLost(agency=fact.agency)
            append([machine_saying(lost, made.recorded_at, uid=asked, about=child, regarding=(uid,))])
    return made
