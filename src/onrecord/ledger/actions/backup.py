"""Backups on record: what was copied, and the day on which it is thrown away. Until then it holds what went since."""

from datetime import date, datetime

from onrecord.ledger.actions.append import append
from onrecord.ledger.facts import BackupMade, Entry
from onrecord.ledger.facts.declare import Refused, Wrong
from onrecord.ledger.rules.machine import machine_saying


def note_backup(what: str, until: date, at: datetime) -> Entry:
    """Put on record that a backup was made at a moment, and until when it is kept. Raises Refused for a day gone by."""
    if until < at.date():
        raise Refused((Wrong("until", str(until), "Say a day that is still to come.", "to come"),))
    return append([machine_saying(BackupMade.heard({"what": what, "until": until}), at)])[0]
