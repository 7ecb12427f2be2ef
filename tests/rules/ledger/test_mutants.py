"""Small changes to the code are made as they are named, and the share that tests notice does not fall."""

import builtins
from typing import Any

import pytest

from benchmarks.mutants import SWITCH, switched
from benchmarks.mutation import GOAL, PARTS, equivalent, kept, least_of, modules, scored

SOURCE = '''
LIMIT = 3

def below(a: int, b: int = 4) -> bool:
    """Say whether it is below."""
    if a < b and b:
        return True
    raise ValueError(f"not below {a + 1}")

class Kept:
    def add(self, one: str) -> None:
        """Add it."""
        self.all = one + "x"
        self.told.append(one)
'''
NAMES = [
    "m:below: a < b => a <= b",
    "m:below: a < b and b => a < b or b",
    "m:below: a < b and b => not (a < b and b)",
    "m:below: True => False",
    "m:below: return True => return None",
    "m:below: raise ValueError(f'not below {a + 1}') => nothing",
    "m:Kept.add: 'x' => 'xx'",
    "m:Kept.add: one + 'x' => one - 'x'",
    "m:Kept.add: self.all = one + 'x' => nothing",
    "m:Kept.add: self.told.append(one) => nothing",
]


def run_with(number: int, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    tree, _ = switched(SOURCE, "m", 1)
    space: dict[str, Any] = {}
    monkeypatch.setattr(builtins, SWITCH, number, raising=False)
    exec(compile(tree, "m", "exec"), space)
    return space


def test_each_change_has_a_name_and_what_is_said_to_people_has_none() -> None:
    _, found = switched(SOURCE, "m", 1)
    assert [one.name for one in found] == NAMES
    assert [one.number for one in found] == list(range(1, 1 + len(NAMES)))


def test_switched_off_the_code_is_as_it_was_and_each_number_switches_one_change(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plain = run_with(0, monkeypatch)["below"]
    assert (plain(1), plain(3)) == (True, True)
    with pytest.raises(ValueError, match="not below 5"):
        plain(4)
    assert run_with(1, monkeypatch)["below"](4) is True
    assert run_with(2, monkeypatch)["below"](9) is True
    with pytest.raises(ValueError, match="not below 2"):
        run_with(3, monkeypatch)["below"](1)
    assert run_with(4, monkeypatch)["below"](1) is False
    assert run_with(5, monkeypatch)["below"](1) is None
    assert run_with(6, monkeypatch)["below"](4) is None


def test_the_same_change_twice_has_two_names() -> None:
    _, found = switched("def f(a):\n    return a[0] + a[0]\n", "m", 5)
    assert [(one.number, one.name) for one in found] == [
        (5, "m:f: 0 => 1"),
        (6, "m:f: 0 => 1  #2"),
        (7, "m:f: a[0] + a[0] => a[0] - a[0]"),
        (8, "m:f: return a[0] + a[0] => return None"),
    ]


def test_a_score_counts_what_could_be_noticed() -> None:
    results = {"a": {"how": "killed"}, "b": {"how": "timeout"}, "c": {"how": "survived"}, "d": {"how": "not reached"}}
    assert scored(results) == 0.5
    assert scored({}) == 0


def test_a_score_does_not_fall_below_what_was_found_of_nearly_all() -> None:
    assert least_of({"score": 0.97, "tried": 90, "of": 100}) == 0.97
    assert least_of({"score": 0.7, "tried": 100, "of": 100}) == GOAL
    assert least_of({"score": 0.97, "tried": 89, "of": 100}) == GOAL
    assert least_of({}) == GOAL


@pytest.mark.parametrize("name", PARTS)
def test_what_is_kept_of_a_part_is_no_lower_than_the_goal(name: str) -> None:
    found = kept()[name]
    assert found["score"] >= GOAL
    assert 0 < found["tried"] <= found["of"]
    assert len(found["lives"]) <= round((1 - found["score"]) * found["tried"]) + 1


def test_what_nothing_could_notice_has_a_reason_and_is_a_mutant() -> None:
    made = set()
    for part in PARTS.values():
        for module, path in modules(part).items():
            with open(path, encoding="utf-8") as file:
                made |= {one.name for one in switched(file.read(), module, 1)[1]}
    assert sorted(set(equivalent()) - made) == []
    assert [name for name, reason in equivalent().items() if len(reason) < 10] == []
