"""Who witnesses the record and how its notices go out, as the watch looks at it: on record, and told outside."""

from datetime import datetime

from django.db import transaction

from onrecord.duties.actions.people import tell_outside
from onrecord.ledger.actions import name_witnesses
from onrecord.ledger.facts import WitnessesNamed
from onrecord.ledger.queries import entries, last_of
from onrecord.notices.actions import note_channel

LEFT_OUT = (
    "A file is put in place by which fewer people outside would witness the record, or others. It counts only if "
    "somebody outside agrees."
)


ANOTHER_WAY = (
    "The mail system by which you hear from OnRecord was changed. Sign in and say whether this message reached you."
)


def channel_named(now: datetime) -> None:
    """Put on record by which way notices go, and ask the people outside whether they still arrive where it changed."""
    with transaction.atomic():
        if made := note_channel(now):
            tell_outside(made, ANOTHER_WAY, now)


def witnesses_named(now: datetime) -> None:
    """Put on record what the file of witnesses says, and tell the people outside, once, of one that asks less."""
    name_witnesses()
    proposed = [line.id for line in last_of([WitnessesNamed.kind], 1) if line.proposed]
    for made in entries(proposed):
        tell_outside(made, LEFT_OUT, now)
