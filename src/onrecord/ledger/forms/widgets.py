"""The Django field of each sort of part. None judges an answer: they carry it to the fact and back."""

from collections.abc import Mapping
from copy import deepcopy
from functools import lru_cache
from typing import Any

from django import forms

from onrecord.ledger.facts.fields import YES_NO
from onrecord.ledger.rules.shape import Part, Sort, blank

MOST_RADIOS = 7
LOOKS: Mapping[str, Mapping[str, str]] = {
    "postcode": {"class": "govuk-input--width-10", "autocapitalize": "characters"},
    "plate": {"class": "govuk-input--width-10", "autocapitalize": "characters"},
    "phone": {"class": "govuk-input--width-20", "inputmode": "tel"},
    "number": {"class": "govuk-input--width-20", "inputmode": "tel"},
    "nhs_number": {"class": "govuk-input--width-10", "inputmode": "numeric"},
    "upn": {"class": "govuk-input--width-10"},
    "local_id": {"class": "govuk-input--width-10"},
    "colour": {"class": "govuk-input--width-10"},
    "at": {"class": "govuk-input--width-10"},
}
"""How wide the answer usually is, and which keyboard a phone should show."""


class InlineRadios(forms.RadioSelect):
    """Radios side by side, for yes and no."""


class DayWidget(forms.TextInput):
    """A day as three inputs. Carried as ISO text when all three are numbers, else as it was typed."""

    PARTS = ("day", "month", "year")

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str:
        """The three inputs as one text: "2026-03-27", or "27/March/" as typed, or "" if all are blank."""
        typed = [(data.get(f"{name}-{part}") or "").strip() for part in self.PARTS]
        if not any(typed):
            return ""
        day, month, year = typed
        if all(text.isascii() and text.isdigit() for text in typed) and len(year) == 4:
            return f"{year}-{month.zfill(2)}-{day.zfill(2)}"
        return "/".join(text.replace("/", " ") for text in typed)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether the page did not ask."""
        return all(f"{name}-{part}" not in data for part in self.PARTS)

    @classmethod
    def inputs(cls, value: str | None) -> dict[str, str]:
        """What stands in each of the three inputs."""
        if blank(value):
            return dict.fromkeys(cls.PARTS, "")
        text = str(value)
        if "/" in text:
            return dict(zip(cls.PARTS, text.split("/"), strict=False))
        year, month, day = [*text.split("-"), "", ""][:3]
        return {"day": day.lstrip("0") or day, "month": month.lstrip("0") or month, "year": year}


class Declared(forms.Field):
    """A field of a fact's class: its label, hint and choices are the program's, whoever asks and about whomever."""


class DeclaredText(Declared, forms.CharField):
    """The same, holding one text."""


def field_for(part: Part) -> Declared:
    """The Django field that asks for a part. Never required and never judging: the fact class does both.

    Each form has a copy of its own: to make one anew, with its choices, costs half as much again.
    """
    return deepcopy(_made(part))


@lru_cache(maxsize=2048)
def _made(part: Part) -> Declared:
    given: dict[str, Any] = {"label": part.label, "help_text": part.hint, "required": False}
    if part.sort is Sort.CHOICES and part.options:
        boxes = forms.CheckboxSelectMultiple(choices=list(part.options.offered.items()))
        return Declared(widget=boxes, **given)
    return DeclaredText(widget=_widget(part), **given)


def _widget(part: Part) -> forms.Widget:
    if part.sort is Sort.CHOICE and part.options:
        return _choice(part)
    if part.sort is Sort.WORDS:
        return forms.Textarea({"rows": 6, "autocomplete": "off"})
    if part.sort is Sort.DAY:
        return DayWidget()
    if part.sort is Sort.WHOLE:
        return forms.TextInput({"class": "govuk-input--width-5", "inputmode": "numeric", "autocomplete": "off"})
    return forms.TextInput({"autocomplete": "off", **LOOKS.get(part.name, {})})


def _choice(part: Part) -> forms.Widget:
    assert part.options is not None
    choices = list(part.options.offered.items())
    if part.options is YES_NO:
        return InlineRadios(choices=choices)
    if len(choices) <= MOST_RADIOS:
        return forms.RadioSelect(choices=choices)
    return forms.Select(choices=[("", "Choose an answer"), *choices])
