"""What stands in the place of what was erased: in the field's own form, for every kind of fact there is."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

import pytest

from onrecord.ledger.facts import Corrected, Day, Erasing, Fact, Say
from onrecord.ledger.facts.held import WHO
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.rules.erasing import (
    GONE,
    Target,
    Went,
    accounted_for,
    as_named,
    district,
    note,
    of_correction,
    targets,
    without,
)
from tests.golden.make import FOLDER

ENTRY = UUID(int=7)
SAID = note("ordered", "Northbrook Police", date(2026, 11, 22))
FILES = [path for path in sorted(FOLDER.glob("*.json")) if path.stem.rpartition("@")[0] in catalogue()]


def erasing(name: str, instead: str | None = None) -> Erasing:
    return Erasing(entry=str(ENTRY), field=name, instead=instead)


def said(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


NEEDED = {
    "case.care_leaver_recorded.until",
    "case.child_placed.judged",
    "case.child_returned.missing_since",
    "case.safe_contact_set.how",
    "case.safe_contact_set.judged",
}
"""Sealed days and answers from a list that a fact cannot be read without: put right, never erased alone."""


def bodies() -> Iterator[tuple[str, int, dict[str, Any], Target]]:
    """Every golden body with each thing that can go of it, which stands there in words of its own."""
    for path in FILES:
        kind, _, version = path.stem.rpartition("@")
        body = json.loads(path.read_text()) | ({"value": '"A line"'} if kind == Corrected.kind else {})
        if not readable(kind, int(version), body):
            continue  # tests/golden says so
        for target in targets(catalogue()[kind]):
            top, _, part = target.name.partition(".")
            if top in body and (not part or part in body[top]):
                own = "ZZ9 9ZZ" if part == "postcode" else "Marked" if part and body[top][part] == "A line" else ""
                marked = {top: body[top] | {part: own}} if own else {}
                yield kind, int(version), body | marked, target


def readable(kind: str, version: int, body: dict[str, Any]) -> bool:
    try:
        catalogue().read(kind, version, body)
    except Refused:
        return False
    return True


def test_every_sealed_field_of_every_kind_can_go_and_the_fact_is_read_all_the_same() -> None:
    refused, gone = set(), 0
    for kind, version, body, target in bodies():
        fields = {f"body.{name}": value for name, value in body.items()}

        def reads(tried: dict[str, Any], kind: str = kind, version: int = version) -> None:
            catalogue().read(kind, version, {name.removeprefix("body."): one for name, one in tried.items()})

        top, _, part = target.name.partition(".")
        try:
            changed = without(catalogue()[kind], fields, [erasing(target.name, target.left or None)], SAID, reads)
        except Refused:
            refused.add(f"{kind}.{target.name}")
            continue
        assert list(changed) == [f"body.{top}"]
        left = changed[f"body.{top}"]
        assert left in (GONE, []) or "erased on" in said(left)
        assert left is GONE or said(body[top][part] if part else body[top]) not in said(left)
        gone += 1
    assert refused == NEEDED
    assert gone > 200


class Dated(Fact):
    """Something of which the day is sealed and cannot be left out."""

    kind: ClassVar = "test.dated"
    title: ClassVar = "Dated"
    sentence: ClassVar = "On {day}."

    day: Annotated[Day, Say("Day"), WHO]


def test_what_the_fact_cannot_be_read_without_is_refused_in_words() -> None:
    fields = {"body.day": "2026-11-22"}
    with pytest.raises(Refused, match="cannot be read without it") as refusal:
        without(Dated, fields, [erasing("day")], SAID, lambda tried: Dated.heard({"day": tried.get("body.day")}))
    assert [fault.field for fault in refusal.value.faults] == ["day"]


@pytest.mark.parametrize(
    ("postcode", "left"),
    [("ZZ9 9ZZ", "ZZ9"), ("zz99zz", "ZZ9"), ("ZZ10 9ZZ", "ZZ10"), ("ZZ9", "ZZ"), ("99", "not known")],
)
def test_of_a_postcode_the_district_is_left_and_of_half_a_one_less(postcode: str, left: str) -> None:
    assert district(postcode) == left


def test_the_same_goes_of_a_correction_and_its_reason_too() -> None:
    wanted = [erasing("child.born", "year"), erasing("words")]
    made = [(one.field, one.instead) for one in of_correction("child", wanted, ENTRY)]
    assert made == [("value.born", "year"), ("why", None)]
    assert [one.field for one in of_correction("words", wanted, ENTRY)] == ["value", "why"]
    assert of_correction("heard", wanted, ENTRY) == []


LEAF = ("a", "b", "c")


@pytest.mark.parametrize(
    ("now", "erased", "stands"),
    [
        (("a", "b", "c"), [], True),
        (("a", "b", "x"), [(("c",), ("x",))], True),
        (("a", "b"), [(("c",), ())], True),
        (("a", "y"), [(("c",), ("x",)), (("b", "x"), ("y",))], True),
        (("a", "b"), [], False),
        (("a", "b", "c"), [(("c",), ("x",))], False),
        (("a", "b", "x", "z"), [(("c",), ("x",))], False),
        (("a", "b", "x"), [(("d",), ("x",))], False),
        (("a", "x"), [(("c",), ("x",))], False),
    ],
)
def test_an_opening_lacks_what_was_erased_and_nothing_else(now: Any, erased: Any, stands: bool) -> None:
    assert accounted_for(LEAF, now, erased) is stands


def went(names: str, gone: str, left: str) -> Went:
    return Went(tuple(names.split()), tuple(gone), tuple(left))


@pytest.mark.parametrize(
    ("now", "erased", "named"),
    [
        ({"a": "body.a", "b": "body.b", "x": "body.c"}, [went("c", "c", "x")], True),
        ({"a": "body.a", "b": "body.b"}, [went("c.one c.two file", "c", "")], True),
        ({"a": "body.a", "b": "body.b", "y": "body.c"}, [went("c", "c", "x"), went("c", "x", "y")], True),
        ({"a": "body.a", "y": "body.b", "z": "body.c"}, [went("c", "c", "x"), went("b c", "bx", "yz")], True),
        ({"a": "body.a", "b": "body.b", "x": "lowering"}, [went("lowering", "c", "x")], True),
        ({"a": "body.a", "b": "body.b", "c": "body.c"}, [went("file", "", "")], True),
        ({"a": "body.a", "x": "body.c"}, [went("c", "bc", "x")], False),
        ({"a": "body.a", "b": "body.b", "x": "body.b"}, [went("c", "c", "x")], False),
        ({"a": "body.a", "x": "body.b", "c": "body.c"}, [went("c", "b", "x")], False),
        ({"a": "body.a", "c": "body.c"}, [went("c", "b", "")], False),
        ({"a": "body.a", "b": "body.b"}, [went("b c", "c", "")], False),
        ({"a": "body.a", "b": "body.b", "x": "body.c", "y": "body.c"}, [went("c", "c", "xy")], False),
        ({"a": "body.a", "x": "body.c"}, [went("c", "c", "x"), went("c", "b", "")], False),
        ({"a": "body.a", "y": "body.c"}, [went("c", "c", "x"), went("c", "b", ""), went("c", "x", "y")], False),
        ({"a": "body.a", "b": "body.b", "c": "body.c"}, [went("c", "c", "x"), went("c", "x", "c")], False),
    ],
)
def test_nothing_goes_of_an_opening_but_the_fields_that_are_named(now: Any, erased: Any, named: bool) -> None:
    assert as_named(LEAF, now, erased) is named
