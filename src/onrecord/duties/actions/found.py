"""What the watch finds about people: an outside seat, a role or the reading rota that stands empty. Each is a fact."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction

from onrecord.access.facts import OUTSIDE_ROLES, NoReaderFound, ReadingStopped, RoleFoundEmpty, SeatAccepted
from onrecord.access.queries import Empty, agency_of, emptied, holders, manager_above, nobody_reads, seat_agency
from onrecord.access.rules import DECIDING
from onrecord.duties.facts import SeatFoundVacant
from onrecord.duties.models import Owed
from onrecord.duties.queries.looks import open_from
from onrecord.duties.rules.fold import OPEN, SPACE
from onrecord.ledger.actions import append, hold
from onrecord.ledger.facts import Fact
from onrecord.ledger.queries import envelopes, lines, untaken
from onrecord.ledger.rules.machine import machine_saying

LASTS = timedelta(days=7)
"""How long somebody has to be there to read after an alarm: a rota is made for a week. Sooner it is the same alarm."""


def vacant_seats(now: datetime) -> int:
    """Outside seats that nobody has accepted, or whose holder has been silent for two quarters; how many there are."""
    vacant = 0
    gone = silent(now)
    for role in sorted(OUTSIDE_ROLES):
        agency = seat_agency(role, "outside")
        if agency is not None and any((user, role) not in gone for user in holders(role, agency)):
            continue
        vacant += 1
        found = [row.uid for row in envelopes([SeatFoundVacant.kind]) if row.coded["role"] == role]
        _note(SeatFoundVacant(role=role), f"vacant/{role}/{_answered(found)}", now)
    return vacant


def silent(now: datetime) -> set[tuple[str, str]]:
    """Outside contacts, with their seat, who have let the question whether they are there pass for a second time.

    The duty that asks has a limit of a quarter. It is open, and as much time again has gone by since it fell due.
    """
    asked = [row.uid for row in envelopes([SeatAccepted.kind])]
    late = [row.opening for row in open_from(asked) if row.due_at + (row.due_at - row.started_at) <= now]
    return {(line.coded["user"], line.coded["role"]) for line in lines(late)}


def empty_roles(now: datetime) -> int:
    """Roles inside that somebody held and nobody holds, each said once for each vacancy; how many there are."""
    found = emptied()
    for one in found:
        _note_empty(one, now)
    return len(found)


def no_reader(now: datetime) -> bool:
    """Whether nobody reads the front door now or soon; said once for each gap.

    Where a line of the rota answered the last alarm and nobody reads again within a week, it is the same gap: the line
    answers no more, and the alarm is as late as it would be without it.
    """
    agency = agency_of(DECIDING)
    if agency is None or not nobody_reads(now, agency):
        return False
    found = [row.uid for row in envelopes([NoReaderFound.kind])]
    answering = _lately(found[:1], now)
    for line in answering:
        _note(ReadingStopped(agency=agency), f"reading-stopped/{line}", now, regarding=(line,))
    if not answering:
        _note(NoReaderFound(agency=agency), f"no-reader/{_answered(found)}", now)
    return True


def _lately(found: Sequence[UUID], now: datetime) -> list[UUID]:
    """What answered these so lately that it has not shown yet that it lasts."""
    rows = Owed.objects.filter(opening__in=found, done_at__gt=now - LASTS).exclude(state=OPEN)
    return [uid for uid in rows.values_list("done_by", flat=True) if uid]


def _note_empty(one: Empty, now: datetime) -> None:
    up = manager_above(one.role, one.agency)
    fact = RoleFoundEmpty(role=one.role, agency=one.agency, up=up)
    _note(fact, f"empty/{one.agency}/{one.role}/{one.times}", now, one.agency)


def _answered(found: Sequence[UUID]) -> int:
    """How many of these were answered: it is said again only when what was said before has been."""
    return Owed.objects.filter(opening__in=found).exclude(state=OPEN).count()


def _note(fact: Fact, mark: str, now: datetime, agency: str = "", regarding: tuple[UUID, ...] = ()) -> None:
    """Say it, unless it has been said under this mark. An `agency` given is the one that owes what follows."""
    with transaction.atomic():
        hold()
        uid = untaken(uuid5(SPACE, mark), fact.kind)
        if not lines([uid]):
            said = machine_saying(fact, now, uid=uid, regarding=regarding)
            append([replace(said, agency=agency or said.agency)])
