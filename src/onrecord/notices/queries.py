"""Named questions about notices."""

from dataclasses import dataclass
from datetime import datetime

from onrecord.ledger.queries import entries, last_of, threads
from onrecord.ledger.rules.effect import standing
from onrecord.notices.facts import ChannelAnswered, ChannelNamed
from onrecord.notices.gateway import Way, way_kept
from onrecord.notices.models import Notice
from onrecord.notices.rules import Item

NAMED = 50
"""How many mail systems are looked through at a time, the newest first, for the one that takes effect."""


@dataclass(frozen=True)
class Sent:
    """A notice as its recipient sees it."""

    line: str
    made_at: datetime
    delivered_at: datetime | None


def to(recipient: str, newest: int = 50) -> list[Sent]:
    """The newest notices to somebody, newest first."""
    rows = Notice.objects.filter(recipient=recipient).order_by("-made_at", "id")[:newest]
    return [Sent(Item(**row.item).spoken(), row.made_at, row.delivered_at) for row in rows]


def waiting() -> int:
    """How many notices have not been delivered and have not failed."""
    return Notice.objects.exclude(try_at=None).count()


def way_agreed(now: datetime) -> Way | None:
    """The mail system that takes effect: the newest by which somebody outside said last that it reaches them.

    The first one on record needed nobody. None where none is on record.
    """
    before = None
    while named := last_of([ChannelNamed.kind], NAMED, before):
        known = [line for line, _ in standing(threads([line.id for line in named]), now)]
        reached = {
            uid: line.coded["arrives"] == "yes"
            for line in known
            if line.kind == ChannelAnswered.kind
            for uid in line.regarding
        }
        taken = (line.id for line in named if not line.coded.get("changed") or reached.get(line.id))
        for made in entries([uid for uid in [next(taken, None)] if uid]):
            if isinstance(made.saying.fact, ChannelNamed):
                return way_kept(made.saying.fact.way)
        before = named[-1].seq
    return None
