"""What was signed."""

from datetime import datetime, timedelta

from onrecord.ledger.models import StoredCheckpoint
from onrecord.ledger.queries.entries import size


def newest_checkpoint(using: str = "default") -> StoredCheckpoint | None:
    """The newest signed checkpoint, if there is one."""
    return StoredCheckpoint.objects.using(using).order_by("-made_at").first()


def checkpoints(most: int, using: str = "default") -> list[StoredCheckpoint]:
    """The newest signed checkpoints, the newest first."""
    return list(StoredCheckpoint.objects.using(using).order_by("-made_at")[:most])


def news(using: str, now: datetime) -> bool:
    """Whether a checkpoint is due: something was recorded since the last one, or it is almost a day old."""
    newest = newest_checkpoint(using)
    return newest is None or newest.size != size(using) or now - newest.made_at > timedelta(hours=23)
