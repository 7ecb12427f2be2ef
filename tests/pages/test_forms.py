"""A form made from a fact carries what was typed; the fact decides; nothing typed is lost."""

from datetime import UTC, date, datetime
from typing import Annotated, ClassVar
from uuid import UUID, uuid4

import pytest

from onrecord.ledger.facts import Fact, Person, Say, Vehicle, When
from onrecord.ledger.forms import Ask, form_for
from onrecord.ledger.rules.moment import read_clock
from tests.pages.everything import ENOUGH, FORM, HELD, NOW, Everything, day, faults, sent


def test_every_sort_of_field_is_heard() -> None:
    form = FORM(
        ENOUGH
        | day("child-born", "7 5 2011")
        | day("last_seen", "27 3 2026")
        | {"setting": "place_8", "signs": ["gifts", "older"], "names-0": "Kay", "people": "3", "line": " x "}
        | {"vehicles-0-plate": "AB12 CDE", "place-name": "The station", "met-said": "after school"}
    )
    assert form.hear(NOW) == Everything(
        child=Person(given_name="Ana", born=date(2011, 5, 7)),
        words="She got into a car.",
        concern="missing",
        danger="unknown",
        setting="place_8",
        signs=("gifts", "older"),
        vehicles=(Vehicle(plate="AB12 CDE"),),
        names=("Kay",),
        last_seen=date(2026, 3, 27),
        people=3,
        met=When.at(NOW, "after school"),
        place={"name": "The station"},
        line="x",
    )


def test_what_is_blank_is_absent() -> None:
    form = sent(place__name="  ", vehicles__0__plate="", names__0=" ", people="", line="   ", setting="")
    heard = form.hear(NOW)
    assert heard is not None
    assert heard.model_fields_set == {"child", "words", "concern", "danger"}


def test_nothing_sent_asks_for_each_missing_field_in_its_own_words() -> None:
    assert faults(FORM({"id": ENOUGH["id"]})) == {
        "child-given_name": ["Say who it is about."],
        "words": ["Write what happened."],
        "concern": ["Answer “What kind of worry is it?”."],
        "danger": ["Say whether anybody is in danger."],
    }


def test_each_fault_stands_beside_its_field_in_plain_words() -> None:
    form = FORM(
        ENOUGH
        | day("child-born", "31 2 2011")
        | {"vehicles-0-plate": "AB12", "vehicles-1-made": "x" * 301, "concern": "old ones", "people": "many"}
        | {"signs": ["gifts", "forged"], "names-0": "y" * 301}
    )
    assert faults(form) == {
        "child-born": ["Date of birth: give a real date, for example 27 3 2026."],
        "vehicles-1-made": ["Make and model: use 300 characters or fewer."],
        "names-0": ["Names heard: use 300 characters or fewer."],
        "concern": ["What kind of worry is it: choose one of the answers."],
        "people": ["How many people: give a whole number, for example 3."],
        "signs": ["What was noticed: choose from the answers."],
    }


def test_hearing_twice_says_each_fault_once() -> None:
    form = sent(words="")
    assert faults(form) == faults(form) == {"words": ["Write what happened."]}


def test_a_refused_form_keeps_everything_typed() -> None:
    form = FORM(ENOUGH | day("last_seen", "27 March 2026") | {"words": "", "line": "<b>", "signs": ["older"]})
    assert set(faults(form)) == {"words", "last_seen"}
    assert {name: form[name].value() for name in ("line", "signs", "last_seen", "concern", "child-given_name")} == {
        "line": "<b>",
        "signs": ["older"],
        "last_seen": "27/March/2026",
        "concern": "missing",
        "child-given_name": "Ana",
    }


def test_words_are_kept_as_typed_with_the_line_ends_that_were_typed() -> None:
    heard = sent(words="  first\r\n\r\n second ").hear(NOW)
    assert isinstance(heard, Everything)
    assert heard.words == "  first\n\n second "


def test_blank_rows_are_closed_up_and_one_blank_row_follows() -> None:
    form = sent(vehicles__0__plate=" ", vehicles__3__plate="AB12", vehicles__7__colour="red", names__2="Kay")
    heard = form.hear(NOW)
    assert isinstance(heard, Everything)
    assert heard.vehicles == (Vehicle(plate="AB12"), Vehicle(colour="red"))
    assert [form[f"vehicles-{row}-plate"].value() for row in range(3)] == ["AB12", None, None]
    assert "vehicles-3-plate" not in form.fields


def test_add_another_loses_nothing_and_faults_nothing() -> None:
    form = FORM({"id": ENOUGH["id"], "vehicles-0-plate": "AB12", "line": "kept", "add": "vehicles"})
    assert form.hear(NOW) is None
    assert (form.errors, form.adding) == ({}, "vehicles")
    assert (form["vehicles-0-plate"].value(), form["line"].value()) == ("AB12", "kept")
    focused = [name for name, field in form.fields.items() if field.widget.attrs.get("autofocus")]
    assert focused == ["vehicles-1-plate"]


@pytest.mark.parametrize("name", ["add", "vehicles-" + "9" * 5000 + "-plate", "vehicles-x-plate", "names-"])
def test_forged_names_do_no_harm(name: str) -> None:
    form = FORM(ENOUGH | {name: "forged"})
    assert (form.hear(NOW) is None) == (name == "add")


def test_the_coming_id_stays_the_same_however_often_the_page_is_sent() -> None:
    coming = uuid4()
    first = FORM(initial={"id": coming})
    assert first.coming == coming
    assert sent(id=str(coming)).coming == coming


@pytest.mark.parametrize("lost", ["", "not an id"])
def test_a_page_without_its_id_gets_a_new_one_and_is_sent_again(lost: str) -> None:
    form = sent(id=lost)
    assert list(faults(form)) == ["__all__"]
    again = sent(id=str(form.coming))
    assert isinstance(again.coming, UUID)
    assert again.hear(NOW) is not None


def test_what_the_page_knows_is_added_without_asking() -> None:
    form = form_for(Everything, ask=Ask(names=("child", "words")))(ENOUGH)
    assert form.hear(NOW, {"concern": "missing", "danger": "no"}) is not None
    bare = form_for(Everything, ask=Ask(names=("child", "words")))(ENOUGH)
    assert set(faults(bare)) == {"__all__"}


def test_no_answer_is_chosen_beforehand_and_retired_answers_are_not_offered() -> None:
    form = FORM(initial={"id": uuid4()})
    assert {name: form[name].value() for name in ("concern", "danger", "setting", "signs")} == dict.fromkeys(
        ("concern", "danger", "setting", "signs")
    )
    offered = {name: list(dict(form.fields[name].widget.choices)) for name in ("concern", "signs")}  # type: ignore[attr-defined]
    assert offered == {"concern": ["exploitation", "missing"], "signs": ["gifts", "older"]}


def test_many_answers_become_a_list_to_choose_from() -> None:
    kinds = {name: type(FORM().fields[name].widget).__name__ for name in ("concern", "setting", "danger", "signs")}
    assert kinds == {
        "concern": "RadioSelect",
        "setting": "Select",
        "danger": "InlineRadios",
        "signs": "CheckboxSelectMultiple",
    }


def test_forms_are_made_once() -> None:
    ask = Ask(names=("child",))
    assert form_for(Everything) is FORM
    assert form_for(Everything, ask=ask) is form_for(Everything, ask=ask)
    assert form_for(Everything, ask=ask) is not form_for(Everything, with_when=False)


@pytest.mark.parametrize(
    ("typed", "earliest", "latest", "said"),
    [
        ({}, NOW, NOW, ""),
        ({"happened-said": "last Friday"}, NOW, NOW, "last Friday"),
        ({"happened-at": "4pm"}, NOW, NOW, "4pm"),
        (
            day("happened-on", "27 3 2026"),
            datetime(2026, 3, 27, tzinfo=UTC),
            datetime(2026, 3, 27, 23, 59, 59, 999999, UTC),
            "",
        ),
        (
            day("happened-on", "29 3 2026"),
            datetime(2026, 3, 29, tzinfo=UTC),
            datetime(2026, 3, 29, 22, 59, 59, 999999, UTC),
            "",
        ),
        (day("happened-on", "30 3 2026"), datetime(2026, 3, 29, 23, tzinfo=UTC), NOW, ""),
        (
            day("happened-on", "30 3 2026") | {"happened-at": "9.15am", "happened-said": "before school"},
            datetime(2026, 3, 30, 8, 15, tzinfo=UTC),
            datetime(2026, 3, 30, 8, 15, tzinfo=UTC),
            "before school",
        ),
        (
            day("happened-on", "27 3 2026") | {"happened-at": "teatime"},
            datetime(2026, 3, 27, tzinfo=UTC),
            datetime(2026, 3, 27, 23, 59, 59, 999999, UTC),
            "teatime",
        ),
    ],
)
def test_when_it_happened(typed: dict[str, str], earliest: datetime, latest: datetime, said: str) -> None:
    form = FORM(ENOUGH | typed)
    assert form.hear(NOW) is not None
    assert form.happened(NOW) == When(earliest=earliest, latest=latest, said=said)


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        (day("happened-on", "31 2 2026"), "happened-on"),
        (day("happened-on", "31 3 2026"), "happened-on"),
        (day("happened-on", "30 3 2026") | {"happened-at": "23:00"}, "happened-at"),
        ({"happened-said": "x" * 301}, "happened-said"),
        (day("met-on", "1 1 2027"), "met-on"),
    ],
)
def test_a_time_that_cannot_be_stands_beside_its_field(typed: dict[str, str], where: str) -> None:
    assert list(faults(FORM(ENOUGH | typed))) == [where]


class Met(Fact):
    """A fact that cannot do without a time of its own."""

    kind: ClassVar = "test.met"
    title: ClassVar = "Met"
    sentence: ClassVar = "They met."

    met: Annotated[When, Say("When did they meet?"), HELD]


def test_a_wrong_time_is_one_fault_and_not_also_a_missing_answer() -> None:
    form = form_for(Met)({"id": ENOUGH["id"]} | day("met-on", "31 2 2026"))
    assert form.hear(NOW) is None
    assert form.errors == {"met-on": ["Give a real date, for example 27 3 2026."]}


def test_a_form_may_not_ask_when() -> None:
    form = form_for(Everything, with_when=False)(ENOUGH)
    assert form.hear(NOW) is not None
    assert form.happened(NOW) == When.at(NOW)
    assert not [name for name in form.fields if name.startswith("happened")]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("16:30", "16:30"),
        ("4.30pm", "16:30"),
        ("4 p.m.", "16:00"),
        ("12am", "00:00"),
        ("12 pm", "12:00"),
        ("noon", "12:00"),
        ("00:05", "00:05"),
        ("4.30", None),
        ("4", None),
        ("25:00", None),
        ("13pm", None),
        ("after school", None),
    ],
)
def test_a_clock_is_read_only_where_it_means_one_thing(text: str, read: str | None) -> None:
    clock = read_clock(text)
    assert (clock and f"{clock:%H:%M}") == read
