"""What was signed."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Subquery, Value

from onrecord.ledger.models import Head, StoredCheckpoint, Unprojected
from onrecord.ledger.queries.entries import size


def newest_checkpoint(using: str = "default") -> StoredCheckpoint | None:
    """The newest signed checkpoint, if there is one."""
    return StoredCheckpoint.objects.using(using).order_by("-made_at").first()


class Holding(NamedTuple):
    """The newest signed checkpoints; how many entries the ledger holds; how many failures to write one into a read
    table wait to be mended."""

    signed: list[StoredCheckpoint]
    entries: int
    waiting: int


def signed_and_held(most: int) -> Holding:
    """How the record stands, with its newest checkpoints, the newest first: one question once there is any."""
    waiting = Unprojected.objects.order_by().values(one=Value(1)).annotate(count=Count("*")).values("count")
    counts = {"held": Subquery(Head.objects.filter(id=1).values("size")), "waiting": Subquery(waiting)}
    rows: list[Any] = list(StoredCheckpoint.objects.order_by("-made_at").annotate(**counts)[:most])
    if rows:
        return Holding(rows, rows[0].held, rows[0].waiting or 0)
    return Holding([], size(), Unprojected.objects.count())


def news(using: str, now: datetime) -> bool:
    """Whether a checkpoint is due: something was recorded since the last one, or it is almost a day old."""
    newest = newest_checkpoint(using)
    return newest is None or newest.size != size(using) or now - newest.made_at > timedelta(hours=23)
