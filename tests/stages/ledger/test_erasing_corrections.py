"""What is erased of an entry goes of its corrections too, once, and each of them can be named by itself."""

import json
from typing import Any

import pytest

from onrecord.ledger.actions import checkpoint, planned, rebuild
from onrecord.ledger.facts import Corrected, Entry, Erasing
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import all_lines
from tests.partnership import Store
from tests.stages.ledger.erasing import NOTE, erased, said
from tests.stages.ledger.test_erasing import faults, words_of


def fixed(made: Entry, field: str, value: Any) -> Entry:
    """A correction of one field of an entry, by its author."""
    fact = Corrected(field=field, value=json.dumps(value), why="I looked it up.")
    return said(fact, "teacher", "practitioner", "school", made.id)


def verifies() -> None:
    """Everything verifies, and the read tables are what the record says."""
    checkpoint()
    assert faults() == {}
    assert set(rebuild(check=True).values()) == {True}


def test_a_correction_of_what_goes_goes_with_it(store: Store) -> None:
    made = store.report()
    child = '{"given_name": "Marigold", "born": "2012-01-03"}'
    fix = said(Corrected(field="child", value=child, why="Her name."), "teacher", "practitioner", "school", made.id)
    carried = erased((made, "child.born", "year"))
    assert [one.saying.regarding[1] for one in carried] == [made.id, fix.id]
    assert json.loads(words_of(fix).value) == {"given_name": "Marigold", "described": f"born {NOTE}; born in 2012"}
    assert words_of(fix).why == NOTE
    checkpoint()
    assert faults() == {}
    assert set(rebuild(check=True).values()) == {True}


@pytest.mark.parametrize("first", ["the entry", "the correction"])
def test_an_entry_and_its_correction_can_be_named_together(first: str, store: Store) -> None:
    made = store.report()
    fix = fixed(made, "words", "A blue car.")
    parts = [(made, "words"), (fix, "value"), (fix, "why"), (fix, "value")]
    carried = erased(*(parts if first == "the entry" else parts[::-1]))
    assert sorted(one.saying.regarding[1] for one in carried) == sorted([made.id, fix.id])
    assert (words_of(made).words, json.loads(words_of(fix).value), words_of(fix).why) == (NOTE, NOTE, NOTE)
    verifies()


def test_what_is_left_of_a_correction_fits_what_it_corrects(store: Store) -> None:
    made = store.report(vehicles=[{"plate": "ZZ99 ZZZ", "colour": "Orange"}])
    fix = fixed(made, "vehicles", [{"plate": "ZZ98 ZZZ"}])
    erased((fix, "value"))
    assert json.loads(words_of(fix).value) == [{"made": NOTE}]
    verifies()


def test_of_a_correction_alone_the_same_can_go(store: Store) -> None:
    made = store.report()
    fix = fixed(made, "child", {"given_name": "Marigold", "born": "2012-01-03"})
    erased((fix, "value"))
    assert json.loads(words_of(fix).value) == {"described": NOTE}
    assert words_of(made).child.given_name == "Zephyrine"
    verifies()


def test_in_whose_words_a_time_was_put_right_goes_and_the_time_stays(store: Store) -> None:
    made = store.report()
    moment = {"earliest": "2026-10-02T08:00:00Z", "latest": "2026-10-02T09:00:00Z", "said": "Friday, at the gate"}
    fix = fixed(made, "happened", moment)
    before = [line for line in all_lines() if line.id == fix.id]
    erased((made, "happened"))
    assert json.loads(words_of(fix).value) == moment | {"said": NOTE}
    other = fixed(made, "happened", moment)
    erased((other, "value"))
    assert json.loads(words_of(other).value) == moment | {"said": NOTE}
    assert [line for line in all_lines() if line.id == fix.id] == before
    assert "the gate" not in repr(before)
    verifies()


def test_of_a_child_nothing_changes_where_nothing_of_that_was_said(store: Store) -> None:
    made = store.report()
    assert planned([Erasing(entry=str(made.id), field="child.upn")], "asked", "Hill School", now()) == []
