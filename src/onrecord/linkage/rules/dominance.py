"""Who is one person by what people said, where "different" dominates: two so judged are never brought together.

What was said first stands first. A later "same" that would bring two together who were judged different joins nothing,
until somebody says otherwise of those two. Nothing is ever merged, so taking a word back puts all as it was.
"""

from collections.abc import Iterable, Mapping
from uuid import UUID

Pair = tuple[UUID, UUID]


def joining(latest: Mapping[Pair, str]) -> list[Pair]:
    """Of the pairs judged the same, the first said first, those that bring no two different ones together."""
    apart = [pair for pair, verdict in latest.items() if verdict == "different"]
    same = [pair for pair, verdict in latest.items() if verdict == "same"]
    return _kept(same, apart) if apart else same


def _kept(same: Iterable[Pair], apart: Iterable[Pair]) -> list[Pair]:
    enemies: dict[UUID, set[UUID]] = {}
    for one, other in apart:
        enemies.setdefault(one, set()).add(other)
        enemies.setdefault(other, set()).add(one)
    groups: dict[UUID, set[UUID]] = {}
    kept = []
    for one, other in same:
        first, second = groups.get(one, {one}), groups.get(other, {other})
        if first is not second and any(not second.isdisjoint(enemies.get(uid, ())) for uid in first):
            continue
        kept.append((one, other))
        joined = first | second
        groups |= dict.fromkeys(joined, joined)
    return kept
