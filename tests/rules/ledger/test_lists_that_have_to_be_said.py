"""A list that has to be said is not said by an empty one, at any door, and the schema of each kind says so."""

import pytest

from onrecord.ledger.facts import Fact
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.rules.shape import Sort, parts

LISTS = [
    (kind, part.name, part.needed)
    for kind in catalogue().values()
    for part in parts(kind)
    if part.sort in (Sort.CHOICES, Sort.ROWS)
]
NEEDED = [(kind, name) for kind, name, needed in LISTS if needed]


def test_there_are_such_lists() -> None:
    assert {("case.meeting_called", "invited"), ("oversight.briefing_acknowledged", "came")} <= {
        (kind.kind, name) for kind, name in NEEDED
    }


@pytest.mark.parametrize(("kind", "name"), NEEDED, ids=lambda one: one if isinstance(one, str) else one.kind)
def test_an_empty_one_is_as_if_nothing_was_said(kind: type[Fact], name: str) -> None:
    said = []
    for given in ({}, {name: []}):
        with pytest.raises(Refused) as refused:
            kind.heard(given)
        said.append([fault for fault in refused.value.faults if fault.field == name])
    (missing,), (empty,) = said
    assert (empty.message, empty.rule) == (missing.message, "must be answered")


@pytest.mark.parametrize(("kind", "name", "needed"), LISTS, ids=lambda one: getattr(one, "kind", str(one)))
def test_the_schema_says_so(kind: type[Fact], name: str, needed: bool) -> None:
    said = kind.model_json_schema()["properties"][name]
    assert said.get("minItems") == (1 if needed else None)
