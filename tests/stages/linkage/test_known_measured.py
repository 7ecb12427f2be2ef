"""The look-up over an invented population, small: the right child is opened, and stands first (benchmarks/known.py)."""

from collections import defaultdict
from uuid import UUID

from benchmarks.known import BEHIND, CEILING, WHILE_CHILDREN, parts, saying
from benchmarks.known_load import id_of, load
from benchmarks.people_made import population
from benchmarks.store import START
from onrecord.ledger.actions import rebuild
from onrecord.ledger.queries import entries
from onrecord.linkage.actions import register
from onrecord.linkage.models import MatchKey
from onrecord.linkage.queries import OPENED, candidates, sharing
from tests.partnership import Store

ASKED, ALL = 200, 1_500


def test_the_right_child_is_opened_and_stands_first(store: Store) -> None:
    made = population(ALL)
    load(made[ASKED:], saying(made[ASKED]), START)
    coming = [entry for part in parts(made[:ASKED]) for entry in register(part)]
    mates: dict[int, set[UUID]] = defaultdict(set)
    for one in made[ASKED:]:
        mates[one.person].add(id_of(one))
    asked = there = first = 0
    for entry, one in zip(coming, made[:ASKED], strict=True):
        right = set(mates[one.person])
        mates[one.person].add(entry.id)
        if not right:
            continue
        asked += 1
        there += not right.isdisjoint(near.entry for near in sharing(entry).found[:OPENED])
        found = candidates(entry, WHILE_CHILDREN)
        first += bool(found) and max(found, key=lambda near: near.likeness.weight).entry in right
    assert asked > 100
    assert there / asked >= CEILING
    assert first / asked >= there / asked - BEHIND


def test_what_is_loaded_says_and_is_found_by_what_would_have_been_appended(store: Store) -> None:
    made = population(300)
    load(made[:200], saying(made[0]), START)
    loaded = [one.saying for one in entries(id_of(one) for one in made[:200])]
    assert loaded == [saying(one) for one in made[:200]]
    asked = [entry for part in parts(made[200:]) for entry in register(part)]
    found = [sharing(entry).found for entry in asked]
    before = list(MatchKey.objects.order_by("seq", "hashed").values_list("seq", "hashed"))
    rebuild(check=False)
    assert list(MatchKey.objects.order_by("seq", "hashed").values_list("seq", "hashed")) == before
    assert [sharing(entry).found for entry in asked] == found
    assert any(found)
