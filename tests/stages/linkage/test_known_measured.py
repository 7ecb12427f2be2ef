"""The look-up over an invented population, small: the right child is opened, and stands first (benchmarks/known.py)."""

from collections import defaultdict
from uuid import UUID

from benchmarks.known import BEHIND, CEILING, WHILE_CHILDREN, parts
from benchmarks.people_made import population
from onrecord.linkage.actions import register
from onrecord.linkage.queries import OPENED, candidates, sharing
from tests.partnership import Store

ASKED, ALL = 200, 1_500


def test_the_right_child_is_opened_and_stands_first(store: Store) -> None:
    made = population(ALL)
    known = [entry for part in parts(made[ASKED:]) for entry in register(part)]
    coming = [entry for part in parts(made[:ASKED]) for entry in register(part)]
    mates: dict[int, set[UUID]] = defaultdict(set)
    for entry, one in zip(known, made[ASKED:], strict=True):
        mates[one.person].add(entry.id)
    asked = there = first = 0
    for entry, one in zip(coming, made[:ASKED], strict=True):
        right = set(mates[one.person])
        mates[one.person].add(entry.id)
        if not right:
            continue
        asked += 1
        there += not right.isdisjoint(near.entry for near in sharing(entry)[:OPENED])
        found = candidates(entry, WHILE_CHILDREN)
        first += bool(found) and max(found, key=lambda near: near.likeness.weight).entry in right
    assert asked > 100
    assert there / asked >= CEILING
    assert first / asked >= there / asked - BEHIND
