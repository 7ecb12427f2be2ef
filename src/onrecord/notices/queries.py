"""Named questions about notices."""

from dataclasses import dataclass
from datetime import datetime

from onrecord.notices.models import Notice
from onrecord.notices.rules import Item


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
