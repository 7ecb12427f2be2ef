"""Facts about agencies and roles become rows."""

from collections.abc import Sequence

from onrecord.access.facts import AgencyJoined, RoleEnded, RoleHeld, SeatAccepted
from onrecord.access.models import Agency, Role, Seat
from onrecord.ledger.facts import Entry

TABLES = (Agency, Role, Seat)


def project(entries: Sequence[Entry]) -> None:
    """Write the rows that follow from these entries."""
    for entry in entries:
        fact = entry.saying.fact
        if isinstance(fact, AgencyJoined):
            Agency.objects.create(id=fact.agency, sort=fact.sort, joined_seq=entry.seq)
        elif isinstance(fact, RoleHeld):
            Role.objects.create(user=fact.user, role=fact.role, agency=fact.agency, since_seq=entry.seq)
        elif isinstance(fact, RoleEnded):
            held = Role.objects.filter(user=fact.user, role=fact.role, agency=fact.agency, ended_seq=None)
            held.update(ended_seq=entry.seq)
        elif isinstance(fact, SeatAccepted):
            Seat.objects.create(user=fact.user, role=fact.role, accepted_seq=entry.seq)
