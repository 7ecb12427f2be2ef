"""Components: what they say to a browser, a keyboard and a reader, and what they must never let in."""

from datetime import timedelta
from typing import Any

import pytest
from django import forms
from django.utils.safestring import SafeString, mark_safe

from onrecord.ledger.forms import form_for
from onrecord.web import markup
from onrecord.web.clock import clock
from onrecord.web.markup import field_markup
from tests.pages.drawing import NOW, Kinds, drawn, faulty, text
from tests.pages.everything import ENOUGH, Everything

HOSTILE = "<script>alert(1)</script>\"'>"


class Plain(forms.Form):
    """A form of a page's own, which may offer people by name."""

    who = forms.CharField(required=False)


def test_each_widget_becomes_its_own_component() -> None:
    tree = drawn("{% gds_form form %}", form=Kinds())
    types = {name: tree.xpath(f"//*[@name='{name}']")[0] for name in Kinds.base_fields}
    assert {name: one.get("type") or one.tag for name, one in types.items()} == {
        "line": "text",
        "secret": "password",
        "number": "text",
        "words": "textarea",
        "one": "radio",
        "some": "checkbox",
        "many": "select",
        "sure": "checkbox",
        "file": "file",
    }
    assert types["number"].get("inputmode") == "numeric"
    assert types["secret"].get("autocomplete") == "current-password"


def test_several_choices_are_checkboxes_though_django_calls_them_radios() -> None:
    assert issubclass(forms.CheckboxSelectMultiple, forms.RadioSelect)
    tree = drawn("{% gds_field form 'some' %}", form=Kinds({"some": ["a"]}))
    assert [(box.get("type"), box.get("checked")) for box in tree.xpath("//input")] == [("checkbox", "checked")]


def test_a_widget_without_a_component_is_refused() -> None:
    class Odd(forms.Form):
        days = forms.DateField(widget=forms.SelectDateWidget)

    with pytest.raises(TypeError, match="SelectDateWidget"):
        drawn("{% gds_field form 'days' %}", form=Odd())


def test_a_password_is_never_sent_back() -> None:
    tree = drawn("{% gds_form form %}", form=Kinds({"secret": "open sesame", "line": "kept"}))
    assert tree.xpath("//input[@name='secret']/@value") == []
    assert tree.xpath("//input[@name='line']/@value") == ["kept"]


@pytest.mark.parametrize("make", [faulty, lambda: Kinds({})])
def test_each_error_leads_to_a_real_thing_that_takes_the_cursor(make: Any) -> None:
    form = make()
    tree = drawn("{% gds_errors form %}{% gds_form form %}", form=form)
    links = tree.xpath("//div[@data-module='govuk-error-summary']//a/@href")
    assert len(links) == sum(len(form[name].errors) for name in form.fields) > 5
    for link in links:
        (target,) = tree.xpath(f"//*[@id='{link[1:]}']")
        assert target.tag in ("input", "select", "textarea"), link
        assert not [one for one in target.iterancestors("details") if one.get("open") is None], link


def test_the_summary_says_also_what_belongs_to_no_field() -> None:
    tree = drawn("{% gds_errors form %}", form=faulty())
    (plain,) = tree.xpath("//ul/li[not(a)]")
    assert "lost its number" in text(plain)
    assert text(drawn("{% gds_errors form %}", form=Kinds())) == ""
    assert text(drawn("{% gds_errors form %}")) == ""


def test_ids_are_unique_and_every_reference_is_to_one_of_them() -> None:
    tree = drawn("{% gds_errors form %}{% gds_form form %}", form=faulty())
    ids = tree.xpath("//@id")
    assert sorted(ids) == sorted(set(ids))
    used = tree.xpath("//@for") + [one for said in tree.xpath("//@aria-describedby") for one in said.split()]
    assert set(used) <= set(ids)
    assert len(used) > 40


def test_a_day_is_three_numeric_inputs_in_a_group_with_an_id_of_its_own() -> None:
    tree = drawn("{% gds_field form 'last_seen' %}", form=form_for(Everything)(initial={"last_seen": "2026-03-07"}))
    inputs = tree.xpath("//input")
    assert [(one.get("name"), one.get("value"), one.get("inputmode")) for one in inputs] == [
        ("last_seen-day", "7", "numeric"),
        ("last_seen-month", "3", "numeric"),
        ("last_seen-year", "2026", "numeric"),
    ]
    (group,) = tree.xpath("//div[@class='govuk-date-input']")
    assert group.get("id") not in [one.get("id") for one in inputs]


def test_nothing_is_chosen_before_somebody_chooses() -> None:
    tree = drawn("{% gds_form form %}", form=form_for(Everything)(initial={"id": ENOUGH["id"]}))
    assert len(tree.xpath("//input[@type='radio' or @type='checkbox']")) > 8
    assert tree.xpath("//*[@checked]") == []
    assert tree.xpath("//option[@selected][@value!='']") == []


def test_what_was_chosen_stays_chosen() -> None:
    form = form_for(Everything)(ENOUGH | {"signs": ["older"], "setting": "place_3"})
    tree = drawn("{% gds_form form %}", form=form)
    assert tree.xpath("//input[@checked]/@value") == ["missing", "unknown", "older"]
    assert tree.xpath("//option[@selected]/@value") == ["place_3"]


@pytest.mark.parametrize("words", ["\r\n\r\nlate", "\nlate", "  a\r\n   b ", "</textarea><b>", "&amp;"])
def test_words_survive_being_shown_and_sent_again(words: str) -> None:
    tree = drawn("{% gds_field form 'words' %}", form=form_for(Everything)(ENOUGH | {"words": words}))
    (area,) = tree.xpath("//textarea")
    # A browser leaves out one line end at the very start of a textarea; this reader does not.
    left_out = "\n" if words[0] in "\r\n" else ""
    assert (area.text or "").replace("\r\n", "\n") == left_out + words.replace("\r\n", "\n")


def test_whatever_people_write_is_text() -> None:
    class Open(forms.Form):
        one = forms.ChoiceField(
            label=HOSTILE, help_text=HOSTILE, choices=[(HOSTILE, HOSTILE)], widget=forms.RadioSelect
        )
        line = forms.CharField(label=HOSTILE, initial=HOSTILE, widget=forms.TextInput({"data-x": HOSTILE}))
        words = forms.CharField(label=HOSTILE, initial=HOSTILE, widget=forms.Textarea)

    form = Open({"one": "forged", "line": HOSTILE, "words": HOSTILE})
    form.add_error("line", HOSTILE)
    tree = drawn("{% gds_errors form %}{% gds_form form %}", form=form)
    assert tree.xpath("//script | //@onclick") == []
    assert tree.xpath("//input[@name='line']/@value") == [HOSTILE]
    assert text(tree).count("alert(1)") == 8


def test_html_is_taken_only_from_what_is_marked_safe() -> None:
    assert text(drawn("{% gds 'inset-text' html=given %}", given=HOSTILE)) == HOSTILE
    assert drawn("{% gds 'inset-text' html=given %}", given=mark_safe("<b>x</b>")).xpath("//b")
    slots = {"navigationEnd": HOSTILE}
    assert not drawn("{% gds 'service-navigation' slots=given %}", given=slots).xpath("//script")


def test_a_tag_names_what_is_inside_with_two_underscores() -> None:
    tree = drawn("{% gds 'input' id='q' name='q' label__text='Search' hint__text='A name' %}")
    assert (text(tree), tree.xpath("//input/@name")) == ("Search A name", ["q"])


def test_the_component_library_is_loaded_once() -> None:
    assert markup._environment() is markup._environment()
    assert markup._macro("button") is markup._macro("button")


def test_a_blank_declared_field_is_drawn_once_and_what_was_typed_is_never_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept: dict[Any, SafeString] = {}
    monkeypatch.setattr(markup, "_drawn", kept)
    made = form_for(Everything)
    first = {name: field_markup(made()[name]) for name in made().fields if name != "id"}
    assert {*kept.values()} == {*first.values()}
    monkeypatch.setattr(markup, "component", lambda *_: "drawn anew")
    assert {name: field_markup(made()[name]) for name in first} == first
    assert field_markup(made({"words": ""})["words"]) == first["words"]
    before = dict(kept)
    assert field_markup(made({"words": "Zephyrine was afraid."})["words"]) == "drawn anew"
    wrong = made({"words": ""})
    wrong.add_error("words", "Say what you saw.")
    assert field_markup(wrong["words"]) == "drawn anew"
    assert field_markup(Plain()["who"]) == "drawn anew"
    assert kept == before


def test_return_in_a_field_sends_the_form_and_does_not_add_a_row() -> None:
    tree = drawn("<form>{% gds_form form %}</form>", form=form_for(Everything)())
    buttons = tree.xpath("//form//button")
    assert [(one.get("name"), one.get("value")) for one in buttons] == [
        (None, None),
        ("add", "vehicles"),
        ("add", "names"),
    ]
    assert (buttons[0].get("tabindex"), buttons[0].get("aria-hidden")) == ("-1", "true")
    assert text(buttons[1]) == "Add another: Vehicles (optional)"


@pytest.mark.parametrize(
    ("due", "done", "state", "words"),
    [
        (timedelta(hours=4), None, "today", "due today by 17:00"),
        (timedelta(hours=20), None, "soon", "due tomorrow by 09:00"),
        (timedelta(days=3), None, "later", "due Thursday by 13:00"),
        (timedelta(days=30), None, "later", "due 29 April by 13:00"),
        (timedelta(days=300), None, "later", "due 24 January 2027 by 12:00"),
        (timedelta(hours=11), None, "today", "due today"),
        (timedelta(seconds=-1), None, "late", "late by 1 minute"),
        (timedelta(minutes=-61), None, "late", "late by 1 hour"),
        (timedelta(hours=-47), None, "late", "late by 47 hours"),
        (timedelta(hours=-71), None, "late", "late by 2 days"),
        (timedelta(hours=4), timedelta(0), "done", "done today"),
        (timedelta(days=-4), timedelta(days=-1), "done", "done yesterday, 3 days late"),
    ],
)
def test_a_clock_says_when_in_words(due: timedelta, done: timedelta | None, state: str, words: str) -> None:
    seen = clock(NOW + due, NOW, None if done is None else NOW + done)
    assert (seen.state, seen.words) == (state, words)


def test_a_clock_is_told_by_word_and_shape_not_by_colour_alone() -> None:
    tree = drawn("{% clock due now %}{% clock none now %}", due=NOW - timedelta(days=3), now=NOW, none=None)
    assert text(tree) == "▲ late by 3 days"
    assert tree.xpath("//span[@aria-hidden='true']/text()") == ["▲"]
    assert tree.xpath("//time/@datetime") == ["2026-03-27T12:00:00+00:00"]
