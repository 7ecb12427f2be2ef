"""Pages and components rendered and read, for tests."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.template import engines
from django.template.loader import render_to_string
from lxml import html

from onrecord.ledger.forms import form_for
from tests.pages.everything import Everything

NOW = datetime(2026, 3, 30, 12, 0, tzinfo=UTC)


def drawn(source: str, **context: Any) -> html.HtmlElement:
    """A piece of template, rendered and read."""
    text = engines["django"].from_string("{% load gds onrecord %}" + source).render(context)
    return html.document_fromstring(f"<html><body>{text}</body></html>")


def page(name: str, **context: Any) -> html.HtmlElement:
    """A whole page, rendered and read."""
    return html.document_fromstring(render_to_string(f"onrecord/{name}.html", context))


def part(component: str, **context: Any) -> html.HtmlElement:
    """A component that is an include, rendered and read."""
    return drawn("{% include component %}", component=f"onrecord/components/{component}.html", now=NOW, **context)


def text(tree: html.HtmlElement) -> str:
    """What can be read, with single spaces."""
    return " ".join(tree.text_content().split())


class Kinds(forms.Form):
    """A field for every widget that has a component."""

    line = forms.CharField(label="Line")
    secret = forms.CharField(label="Secret", widget=forms.PasswordInput({"autocomplete": "current-password"}))
    number = forms.IntegerField(label="Number")
    words = forms.CharField(label="Words", widget=forms.Textarea)
    one = forms.ChoiceField(label="One", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    some = forms.MultipleChoiceField(label="Some", choices=[("a", "A")], widget=forms.CheckboxSelectMultiple)
    many = forms.ChoiceField(label="Many", choices=[("", "Choose"), ("a", "A")])
    sure = forms.BooleanField(label="Sure")
    file = forms.FileField(label="File")


def faulty() -> forms.Form:
    """Every field of a fact wrong at once, with a row of a list."""
    long = "x" * 301
    child = {"child-born-day": "31", "child-upn": long, "vehicles-0-plate": long, "people": "x"}
    rest = {"setting": "forged", "signs": "forged", "last_seen-day": "1", "happened-on-day": "1", "met-on-day": "1"}
    form = form_for(Everything)(child | rest | {"line": long})
    form.hear(NOW)
    return form
