"""The record as files for people outside."""

from collections.abc import Callable
from pathlib import Path

from onrecord.ledger.actions import NotPublished, Published, publish

__all__ = ["NotPublished", "Published", "export_log"]


def export_log(folder: Path, using: str, progress: Callable[[int, int], None]) -> Published:
    """Add to the folder what was signed since the last export. Raises NotPublished."""
    return publish(folder, using, progress)
