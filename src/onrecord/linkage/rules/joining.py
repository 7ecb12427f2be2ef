"""Which records are one person, when all pairs are weighed: the strongest links first, and never by a chain of guesses.

Two groups are joined when a link above the threshold leads from one to the other, when no two records of them are kept
apart, and when all their pairs taken together speak for it. So a record that fits two people joins the one it fits
better, and no household is drawn together by a record that says little.
"""

from collections.abc import Iterable
from typing import NamedTuple

MOST_SAID = 10.0
"""No single pair speaks louder than this, for or against, when groups are held together."""


class Weighed(NamedTuple):
    """Two records and what speaks for their being one person (in powers of two); `apart` when they never may be."""

    one: int
    other: int
    weight: float
    apart: bool


class Linked(NamedTuple):
    """Two records judged one person. A pair that says too little bears the weight of the link that joined it."""

    one: int
    other: int
    weight: float


def join(pairs: Iterable[Weighed], threshold: float) -> tuple[list[Linked], dict[int, int]]:
    """Every pair of one person, and for each record of a group the least record in it."""
    known = {(pair.one, pair.other): pair for pair in pairs}
    groups: dict[int, list[int]] = {}
    linked: list[Linked] = []
    for pair in sorted(known.values(), key=lambda pair: (-pair.weight, pair.one, pair.other)):
        if pair.weight < threshold:
            break
        first, second = groups.get(pair.one) or [pair.one], groups.get(pair.other) or [pair.other]
        if first is second or pair.apart:
            continue
        across = [(min(one, other), max(one, other)) for one in first for other in second]
        if _fit(across, known, threshold):
            linked += [Linked(*ends, _heavier(known.get(ends), pair.weight)) for ends in across]
            joined = first + second
            groups |= dict.fromkeys(joined, joined)
    return linked, {record: min(group) for record, group in groups.items()}


def _fit(across: list[tuple[int, int]], known: dict[tuple[int, int], Weighed], threshold: float) -> bool:
    """Whether all pairs between two groups, taken together, speak for one person, and none forbids it."""
    said = [known[ends] for ends in across if ends in known]
    if any(pair.apart for pair in said):
        return False
    return sum(max(-MOST_SAID, min(MOST_SAID, pair.weight)) for pair in said) >= threshold * len(said)


def _heavier(pair: Weighed | None, joined_by: float) -> float:
    return max(pair.weight, joined_by) if pair else joined_by
