"""Until when something that was erased stands in a backup, as far as backups are on record."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from onrecord.ledger.facts.fields import HERE


class Backup(NamedTuple):
    """A backup on record: what, made when, kept until which day; its key, the second place of that, when it went."""

    id: UUID
    what: str
    made_at: datetime
    until: date
    sealed: str | None = None
    second: str | None = None
    destroyed_at: datetime | None = None

    @property
    def ended(self) -> date:
        """The last day on which it can be opened, as far as is known: that of its key, where it is sealed."""
        return self.destroyed_at.astimezone(HERE).date() if self.destroyed_at else self.until

    def due(self, today: date) -> bool:
        """Whether its day is over, and its key is not on record as destroyed."""
        return bool(self.sealed) and self.destroyed_at is None and self.until < today


class Standing(NamedTuple):
    """Whether any backup is on record; until which day one holds something; since when none does; which are overdue.

    `until` and `since` exclude each other. Both are None where no backup held it, and where one is overdue.
    """

    known: bool
    until: date | None = None
    since: date | None = None
    overdue: tuple[str, ...] = ()


def standing_in(found: Sequence[Backup], gone: Iterable[datetime], today: date) -> Standing:
    """How what went at these moments stands in the backups on record.

    A backup made before something went holds it until its day, and where it is sealed until its key was destroyed: one
    whose day is over while its key stands holds it still, nobody knows how long.
    """
    last = max(gone, default=None)
    held = [one for one in found if last and one.made_at <= last]
    if overdue := tuple(one.what for one in held if one.due(today)):
        return Standing(bool(found), overdue=overdue)
    ends = [one.ended for one in held]
    kept = [one.ended for one in held if one.destroyed_at is None and one.ended >= today]
    if kept:
        return Standing(bool(found), until=max(kept))
    return Standing(bool(found), since=max(ends, default=None))


def spoken(found: Standing) -> str:
    """The same, in a sentence or two for whoever reads that something was erased."""
    if found.overdue:
        kept = "; ".join(found.overdue)
        return (
            f"A backup may still hold it, and nobody can say until when: its day is over, and its key stands ({kept})."
        )
    if found.until:
        return f"Backups may still hold it until {found.until:%-d %B %Y}. After that day nothing on record holds it."
    if found.since:
        return f"Since the end of {found.since:%-d %B %Y} nothing on record holds it: every backup that did is over."
    if found.known:
        return "No backup on record holds it."
    return "No backup is on record, so nobody can say until when one still holds it."
