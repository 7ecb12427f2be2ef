"""Epochs: which agreement lets one begin, and whether those that began follow each other, each by an agreement."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from onrecord.ledger.facts import Entry, EpochBegun, EpochProposed
from onrecord.ledger.rules.effect import line_of, standing


def agreed(asked: Iterable[Entry], answered: Iterable[Entry], known_at: datetime) -> list[Entry]:
    """The proposals that count at a moment (aware), by these answers, in ledger order."""
    proposed = [made for made in asked if made.proposed and isinstance(made.saying.fact, EpochProposed)]
    counting = {one.line.id for one in standing(map(line_of, [*proposed, *answered]), known_at)}
    return [made for made in proposed if made.id in counting]


def covers(asked: EpochProposed, log: str, signed: int, kept: int, receipts: int) -> bool:
    """Whether what is lost is what was agreed to: as many entries, and no more receipts."""
    return (asked.log, asked.signed, asked.kept) == (log, signed, kept) and receipts <= asked.receipts


def faults(first: str, begun: Sequence[Entry], asked: Sequence[Entry], answered: Sequence[Entry]) -> Iterator[str]:
    """What is wrong with the epochs of a log that began under `first`: one that nobody agreed to, or out of order."""
    ends = first
    for made in begun:
        fact = made.saying.fact
        if not isinstance(fact, EpochBegun):
            continue
        counting = {one.id: one.saying.fact for one in agreed(asked, answered, made.recorded_at)}
        by = [counting[uid] for uid in made.saying.regarding if uid in counting]
        figures = fact.log, fact.signed, fact.kept, fact.receipts
        if not any(isinstance(one, EpochProposed) and covers(one, *figures) for one in by):
            yield f"entry {made.seq} begins an epoch to which nobody agreed with these figures"
        if fact.ended != ends:
            yield f"entry {made.seq} ends the epoch {fact.ended}; the one that stood was {ends}"
        ends = fact.begins
