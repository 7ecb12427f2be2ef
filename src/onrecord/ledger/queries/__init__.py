"""Named questions to the ledger."""

from onrecord.ledger.queries.entries import BATCH, NoSuchEntry, entries, entry, every, leaf_of, leaves, opened, size, unsealed
from onrecord.ledger.queries.lines import (
    about,
    all_lines,
    ancestors,
    answers,
    coded,
    envelopes,
    families,
    lines,
    makers,
    thread,
    threads,
)
from onrecord.ledger.queries.signed import newest_checkpoint, news

__all__ = [
    "BATCH",
    "NoSuchEntry",
    "about",
    "all_lines",
    "ancestors",
    "answers",
    "coded",
    "entries",
    "entry",
    "envelopes",
    "every",
    "families",
    "leaf_of",
    "leaves",
    "lines",
    "makers",
    "newest_checkpoint",
    "news",
    "opened",
    "size",
    "thread",
    "threads",
    "unsealed",
]
