"""Who witnesses the record and how its notices go out, as the watch looks at it: on record, and told outside."""

from datetime import datetime

from django.db import transaction

from onrecord.duties.actions.people import tell_outside
from onrecord.ledger.actions import name_witnesses
from onrecord.ledger.facts import WitnessesNamed
from onrecord.ledger.queries import entries, last_of
from onrecord.notices.actions import note_channel
from onrecord.notices.rules import OF_THE_WAY

LEFT_OUT = (
    "A file is put in place by which fewer people outside would witness the record, or others. It counts only if "
    "somebody outside agrees."
)


ANOTHER_WAY = (
    "Another mail system is set for messages from OnRecord. This one is sent by both. Sign in and say whether the copy "
    "by the new one reached you. Until then the old one is used, as long as it takes messages."
)


def channel_named(now: datetime) -> None:
    """Put on record by which way notices go, and ask the people outside whether they still arrive where it changed."""
    with transaction.atomic():
        if made := note_channel(now):
            tell_outside(made, ANOTHER_WAY, now, OF_THE_WAY)


def witnesses_named(now: datetime) -> None:
    """Put on record what the file of witnesses says, and tell the people outside, once, of one that asks less."""
    name_witnesses()
    proposed = [line.id for line in last_of([WitnessesNamed.kind], 1) if line.proposed]
    for made in entries(proposed):
        tell_outside(made, LEFT_OUT, now)
