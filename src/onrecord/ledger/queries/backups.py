"""The backups on record, each with when its key was destroyed; and what was erased, for whoever reads figures."""

from datetime import date, datetime

from onrecord.ledger.facts import BackupKeyDestroyed, BackupMade
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.queries.erased import erasures
from onrecord.ledger.queries.lines import envelopes
from onrecord.ledger.rules.account import erased_by
from onrecord.ledger.rules.backups import Backup, spoken, standing_in

EVERY = 10_000_000


def backups() -> list[Backup]:
    """Every backup on record, the oldest first."""
    rows = envelopes([BackupMade.kind, BackupKeyDestroyed.kind], newest=EVERY)[::-1]
    gone = {target: row.recorded_at for row in rows if row.kind == BackupKeyDestroyed.kind for target in row.regarding}
    return [
        Backup(
            row.uid,
            row.coded["what"],
            row.happened_at,
            date.fromisoformat(row.coded["until"]),
            row.coded.get("sealed"),
            row.coded.get("second"),
            gone.get(row.uid),
        )
        for row in rows
        if row.kind == BackupMade.kind
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
