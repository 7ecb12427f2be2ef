"""The invented population stays what it was when it was frozen, and is as hard as it says."""

from collections import Counter, defaultdict
from hashlib import sha256

from benchmarks.people_made import AGENCIES, COLUMNS, population

FROZEN = "342f27cee6073d399d5543e29494d6eec4db01dcb0881c372d62602c16c04755"


def test_it_is_what_it_was_before_anything_was_tuned_on_it() -> None:
    assert sha256(repr(population(10_000)).encode()).hexdigest() == FROZEN


def test_another_seed_is_another_population() -> None:
    assert population(200, 1) != population(200, 2)


def test_it_holds_what_makes_linking_hard() -> None:
    made = population(10_000)
    cells = {name: [one.cells[place] for one in made] for place, name in enumerate(COLUMNS)}
    assert set(cells["source_dataset"]) == set(AGENCIES)
    assert len(set(cells["unique_id"])) == 10_000
    youth = [
        not born for born, whose in zip(cells["dob"], cells["source_dataset"], strict=True) if whose == "youth_work"
    ]
    assert 0.42 < sum(youth) / len(youth) < 0.48
    assert 0.025 < cells["surname"].count("") / 10_000 < 0.08
    mates = Counter(one.person for one in made)
    assert 1.6 < sum(count * (count - 1) / 2 for count in mates.values()) / len(mates) < 2.0


def test_some_are_twins_and_some_sons_bear_their_fathers_name() -> None:
    made = population(10_000)
    born: dict[tuple[int, str], set[int]] = defaultdict(set)
    for one in made:
        if date := one.cells[COLUMNS.index("dob")]:
            born[one.person // 10, date].add(one.person)
    assert sum(len(children) > 1 for children in born.values()) > 50
    assert sum(one.person % 10 == 9 for one in made) > 20
