"""A page asks in its own way and shows each field once; a file says what a form says."""

from datetime import date
from itertools import chain
from typing import Any
from uuid import uuid4

import pytest
from django import forms
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.ledger.facts import Fact, Vehicle
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.forms import Ask, Section, csv_columns, fact_to_row, form_for, row_to_raw
from onrecord.ledger.rules.shape import gather, parts, spread
from tests.pages.everything import ENOUGH, FORM, NOW, Everything, sent


def flat(sections: tuple[Section, ...]) -> list[str]:
    """The form fields of some sections, in order."""
    return list(chain.from_iterable(section.names() for section in sections))


def test_a_page_asks_in_its_own_order_and_words() -> None:
    ask = Ask(
        names=("danger", "words"),
        labels={"words": "Tell us", "child-given_name": "Their first name"},
        groups=(("About the child", ("child",)),),
        folded=("place",),
        only={"child": ("given_name", "postcode")},
        first={"child": ("given_name",)},
    )
    form = form_for(Everything, ask=ask, with_when=False)()
    assert [(one.sort, one.title) for one in form.sections] == [
        ("field", ""),
        ("field", ""),
        ("group", "About the child"),
        ("fold", "Add more, if you know it"),
    ]
    assert flat(form.sections) == [
        *("danger", "words", "child-given_name", "child-postcode", "place-name", "place-address", "place-postcode")
    ]
    assert (form["words"].label, form["child-given_name"].label) == ("Tell us", "Their first name")


def test_an_ask_naming_a_field_the_fact_does_not_have_is_refused() -> None:
    with pytest.raises(KeyError):
        form_for(Everything, ask=Ask(names=("nobody",)))


def test_only_fields_that_may_be_left_out_are_marked_optional() -> None:
    labels = {name: str(FORM()[name].label) for name in ("words", "line", "signs", "child-given_name")}
    assert labels == {
        "words": "What happened?",
        "line": "In one line (optional)",
        "signs": "What was noticed? (optional)",
        "child-given_name": "First name",
    }


@pytest.mark.parametrize(("typed", "is_open"), [({}, False), ({"child-phone": "07700 900123"}, True)])
def test_what_is_folded_away_opens_when_something_is_in_it(typed: dict[str, str], is_open: bool) -> None:
    child = next(one for one in FORM(ENOUGH | typed).sections if one.name == "child")
    fold = child.inside[-1]
    assert (fold.sort, fold.open) == ("fold", is_open)
    assert "child-phone" in fold.names()


def test_every_field_is_in_exactly_one_section() -> None:
    form = sent(vehicles__0__plate="AB12")
    assert sorted(flat(form.sections)) == sorted(set(form.fields) - {"id"})


def test_a_form_shows_what_it_is_given_at_first() -> None:
    fact = sent(vehicles__0__plate="AB12", people="3").hear(NOW)
    assert isinstance(fact, Everything)
    initial = spread(parts(Everything), fact.model_dump(mode="json"), "-")
    form = FORM(initial=initial | {"id": uuid4()})
    assert (form["vehicles-0-plate"].value(), form["people"].value()) == ("AB12", "3")
    assert "vehicles-1-plate" in form.fields


def test_a_django_form_may_carry_a_prefix() -> None:
    data = {f"one-{name}": value for name, value in (ENOUGH | {"vehicles-4-plate": "AB12"}).items()}
    heard = FORM(data, prefix="one").hear(NOW)
    assert isinstance(heard, Everything)
    assert heard.vehicles == (Vehicle(plate="AB12"),)


def test_a_file_has_a_column_for_everything_that_can_be_said() -> None:
    columns = csv_columns(Everything)
    assert columns[0] == "child.given_name"
    assert {"words", "signs", "vehicles.0.plate", "names.0", "last_seen", "met.earliest", "met.latest"} <= set(columns)
    row = dict.fromkeys(columns, "x") | {"last_seen": ""}
    assert not [name for name in row_to_raw(Everything, row) if "." in name]


@pytest.mark.parametrize("column", ["childs.given_name", "child.shoe_size", "vehicles.x.plate", "met.perhaps", "note"])
def test_a_column_nobody_asked_for_is_refused_not_dropped(column: str) -> None:
    row = {"words": "x", "concern": "missing", "danger": "no", "child.given_name": "Ana"}
    assert Everything.heard(row_to_raw(Everything, row))
    assert Everything.heard(row_to_raw(Everything, row | {column: " "}))
    with pytest.raises(Refused) as refused:
        Everything.heard(row_to_raw(Everything, row | {column: "lost?"}))
    assert [fault.field for fault in refused.value.faults] == [column]


SOMETHING = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=30).filter(
    str.strip
)


@settings(max_examples=60, deadline=None)
@given(
    words=SOMETHING,
    plates=st.lists(SOMETHING, max_size=12),
    names=st.lists(SOMETHING, max_size=3),
    signs=st.lists(st.sampled_from(("gifts", "older")), unique=True),
    born=st.dates(date(1900, 1, 1), date(2200, 12, 31)) | st.none(),
)
def test_form_and_file_hear_the_same_as_was_meant(
    words: str, plates: list[str], names: list[str], signs: list[str], born: date | None
) -> None:
    meant: Fact = Everything(
        child={"given_name": "Ana", "born": born} if born else {"given_name": "Ana"},
        words=words,
        concern="missing",
        danger="rather_not",
        signs=signs,
        vehicles=[{"plate": plate} for plate in plates],
        names=names,
    )
    body = meant.model_dump(mode="json", exclude_none=True)
    assert gather(parts(Everything), spread(parts(Everything), body, "-"), "-") == {k: v for k, v in body.items() if v}
    assert Everything.heard(row_to_raw(Everything, fact_to_row(meant))) == meant
    page = FORM(_as_sent(FORM(initial=spread(parts(Everything), body, "-") | {"id": ENOUGH["id"]})))
    assert page.hear(NOW) == meant


def _as_sent(form: forms.Form) -> dict[str, Any]:
    """What a browser would send back of a form that was only looked at."""
    data: dict[str, Any] = {}
    for name in form.fields:
        value = form[name].value()
        widget = form.fields[name].widget
        if hasattr(widget, "inputs"):
            data |= {f"{name}-{part}": text for part, text in widget.inputs(value).items()}
        elif value is not None:
            data[name] = value
    return data
