"""A clock that stepped back is put on record, once for each time it did."""

from datetime import timedelta
from uuid import UUID, uuid5

from onrecord.ledger.actions.append import append
from onrecord.ledger.facts import ClockSteppedBack
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.models import Head, StoredLeaf
from onrecord.ledger.queries import untaken
from onrecord.ledger.rules.leaf import stamp
from onrecord.ledger.rules.machine import machine_saying

SPACE = UUID("6f1f7c3e-6f0b-5c7e-9f55-1d3c1a4c2b70")
SLIGHT = timedelta(seconds=10)
"""Clocks that are kept right by others step back a little now and then."""


def note_clock() -> None:
    """Say on record that the clock stands before the time recorded last, if it does and that is not said yet."""
    newest = Head.objects.get(id=1).recorded_at
    behind = newest - now()
    uid = untaken(uuid5(SPACE, stamp(newest)), ClockSteppedBack.kind)
    if behind <= SLIGHT or StoredLeaf.objects.filter(uid=uid).exists():
        return
    fact = ClockSteppedBack(seconds=int(behind.total_seconds()), newest=stamp(newest))
    append([machine_saying(fact, newest, uid=uid)])
