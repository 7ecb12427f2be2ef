"""The backups on record, each with when its key was destroyed; and what was erased, for whoever reads figures."""

from datetime import datetime

from onrecord.ledger.facts import BackupKeyDestroyed, BackupMade
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.queries.entries import entries
from onrecord.ledger.queries.erased import erasures
from onrecord.ledger.queries.lines import envelopes
from onrecord.ledger.rules.account import erased_by
from onrecord.ledger.rules.backups import Backup, spoken, standing_in


def backups() -> list[Backup]:
    """Every backup on record, the oldest first, as their own entries say: a read table says only where they stand."""
    rows = envelopes([BackupMade.kind, BackupKeyDestroyed.kind])
    said = [(made, made.saying.fact) for made in entries(row.uid for row in rows)]
    destroyed = [made for made, fact in said if isinstance(fact, BackupKeyDestroyed)]
    gone = {target: made.recorded_at for made in destroyed for target in made.saying.regarding}
    return [
        Backup(
            made.id,
            fact.what,
            made.saying.happened.earliest,
            fact.until,
            fact.sealed,
            fact.second,
            gone.get(made.id),
        )
        for made, fact in said
        if isinstance(fact, BackupMade)
    ]


def except_by(now: datetime) -> list[str]:
    """By what a figure or a list is not what was first recorded: the lawful erasures, and which backups hold them.

    Nothing where nothing was erased.
    """
    gone = erasures()
    if not gone:
        return []
    stands = standing_in(backups(), [one.at for one in gone], now.astimezone(HERE).date())
    return [erased_by(len({one.entry for one in gone}), len({one.proposal for one in gone})), spoken(stands)]
