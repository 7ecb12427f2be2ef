"""GOV.UK components from the field's own macros, and Django's bound fields as what those macros take.

One cached environment, with escaping on: an environment for each component costs fifty milliseconds a button. It does
not look again whether its files changed. A declared field that holds nothing is drawn once a process.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField
from django.utils.html import escape
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.translation import gettext
from jinja2 import Environment, PackageLoader, PrefixLoader

from onrecord.ledger.forms import DayWidget, Declared, InlineRadios
from onrecord.web.languages import in_words

LIBRARY = "govuk_frontend_jinja"
PASSED = ("autocomplete", "inputmode", "spellcheck", "autocapitalize", "pattern", "rows")
MOST_DRAWN = 2000
Params = dict[str, Any]
Key = tuple[Any, ...]


@cache
def _environment() -> Environment:
    loader = PrefixLoader({LIBRARY: PackageLoader(LIBRARY)})
    return Environment(loader=loader, autoescape=True, auto_reload=False, trim_blocks=True, lstrip_blocks=True)


@cache
def _macro(component: str) -> Callable[[Params], str]:
    module = _environment().get_template(f"{LIBRARY}/components/{component}/macro.html").module
    name = "govuk" + "".join(part.capitalize() for part in component.split("-"))
    return cast(Callable[[Params], str], getattr(module, name))


def component(name: str, params: Mapping[str, Any]) -> SafeString:
    """A GOV.UK component by its own name ("date-input") and parameters. Text not marked safe is escaped."""
    return mark_safe(str(_macro(name)(_guarded(params))).strip())  # noqa: S308 - escaped by macro and guard


def nested(flat: Mapping[str, Any]) -> Params:
    """Parameters as a template tag can write them: `label__text="Name"` is {"label": {"text": "Name"}}."""
    made: Params = {}
    for path, value in flat.items():
        *above, last = path.split("__")
        inside = made
        for step in above:
            inside = inside.setdefault(step, {})
        inside[last] = value
    return made


def _guarded(value: Any, key: str = "") -> Any:
    """The parameters with unsafe text escaped wherever a macro would take it as HTML."""
    if isinstance(value, Mapping):
        raw = key == "slots"
        return {name: _guarded(one, "html" if raw else str(name)) for name, one in value.items() if one is not None}
    if isinstance(value, list | tuple):
        return [_guarded(one) for one in value]
    if key.lower().endswith("html") and not isinstance(value, SafeData):
        return escape(value)
    return value


def focus_id(field: BoundField) -> str:
    """The id of the first thing of a field that can hold the cursor: where an error link leads."""
    return f"{field.auto_id}-day" if isinstance(field.field.widget, DayWidget) else str(field.auto_id)


def error_list(form: forms.BaseForm) -> list[Params]:
    """Every fault of a form in the order of its fields, each with a link to what can be mended."""
    found: list[Params] = []
    for name in form.fields:
        field = form[name]
        link = {} if field.is_hidden else {"href": f"#{focus_id(field)}"}
        found += [{"text": in_words(str(message)), **link} for message in field.errors]
    return found + [{"text": in_words(str(message))} for message in form.non_field_errors()]


def field_markup(field: BoundField, size: str = "", heading: bool = False) -> SafeString:
    """A bound field as its component. `size` of its label: "s", "m", "l". `heading`: it heads the page."""
    widget = field.field.widget
    if field.is_hidden:
        return field.as_widget()
    # Most particular first: CheckboxSelectMultiple is a RadioSelect, and that is a Select.
    for kind, name, specific in KINDS:
        if isinstance(widget, kind):
            params = _common(field) | specific(field, size, heading)
            return drawn_once(name, params) if _is_blank(field) else component(name, params)
    raise TypeError(f"{type(widget).__name__} has no component.")


_drawn: dict[tuple[str, Key], SafeString] = {}
"""Blank declared fields and the frame of a page, drawn: the program's own text, nothing typed, no viewer, no record."""


def _is_blank(field: BoundField) -> bool:
    """Whether a field is declared, holds nothing and has no fault, so that it looks alike for everybody."""
    return isinstance(field.field, Declared) and not field.value() and not field.errors


def drawn_once(name: str, params: Params) -> SafeString:
    """A component that holds nothing but the program's own text, drawn once a process."""
    key = _key(params)
    found = _drawn.get((name, key))
    if found is None:
        found = component(name, params)
        if len(_drawn) < MOST_DRAWN:
            _drawn[name, key] = found
    return found


def _key(value: Any) -> Key:
    """Parameters as what two of them can be told apart by: safe text is not the same as text."""
    if isinstance(value, dict):
        return tuple((name, _key(one)) for name, one in value.items())
    if isinstance(value, list):
        return tuple(_key(one) for one in value)
    return type(value), value


def _common(field: BoundField) -> Params:
    hint = {"text": gettext(str(field.help_text))} if field.help_text else None
    made: Params = {"name": field.html_name, "hint": hint}
    said = " ".join(in_words(str(message)) for message in field.errors)
    made["errorMessage"] = {"text": said, "visuallyHiddenText": gettext("Error")} if said else None
    return made


def _label(field: BoundField, size: str, heading: bool) -> Params:
    classes = f"govuk-label--{size}" if size else ""
    return {"text": gettext(str(field.label)), "classes": classes, "isPageHeading": heading}


def _legend(field: BoundField, size: str, heading: bool) -> Params:
    classes = f"govuk-fieldset__legend--{size}" if size else ""
    return {"legend": {"text": gettext(str(field.label)), "classes": classes, "isPageHeading": heading}}


def _input(field: BoundField, size: str, heading: bool) -> Params:
    attrs, widget = field.field.widget.attrs, field.field.widget
    made: Params = {
        "id": field.auto_id,
        "label": _label(field, size, heading),
        "classes": attrs.get("class", ""),
    }
    made |= {name: attrs[name] for name in PASSED if name in attrs}
    rest = {name: value for name, value in attrs.items() if name not in (*PASSED, "class", "cols")}
    made["attributes"] = {name: {"value": value, "optional": True} for name, value in rest.items()}
    kind = getattr(widget, "input_type", "text")
    if kind == "number":
        return made | {"type": "text", "inputmode": "numeric", "value": _value(field)}
    return made | {"type": kind, "value": None if kind in ("password", "file") else _value(field)}


def _textarea(field: BoundField, size: str, heading: bool) -> Params:
    # A browser swallows one line end at the start of a textarea, so one that was typed is given twice.
    value = _value(field)
    return _input(field, size, heading) | {"value": f"\n{value}" if value.startswith(("\n", "\r")) else value}


def _select(field: BoundField, size: str, heading: bool) -> Params:
    items = [{"value": code, "text": words} for code, words in field.field.widget.choices]
    return {
        "id": field.auto_id,
        "label": _label(field, size, heading),
        "items": items,
        "value": _value(field),
    }


def _radios(field: BoundField, size: str, heading: bool) -> Params:
    widget, chosen = field.field.widget, field.value() or []
    codes = {str(code) for code in ([chosen] if isinstance(chosen, str) else chosen)}
    items = [
        {"value": code, "text": gettext(words), "checked": str(code) in codes}
        for code, words in widget.choices
        if code != ""
    ]
    classes = "govuk-radios--inline" if isinstance(widget, InlineRadios) else ""
    return {
        "idPrefix": field.auto_id,
        "items": items,
        "classes": classes,
        "fieldset": _legend(field, size, heading),
    }


def _checkbox(field: BoundField, _size: str, _heading: bool) -> Params:
    item = {"value": "on", "text": field.label, "checked": bool(field.value())}
    return {"idPrefix": field.auto_id, "items": [item]}


def _day(field: BoundField, size: str, heading: bool) -> Params:
    # The group's id must not be the id of its first input.
    wrong = " govuk-input--error" if field.errors else ""
    items = [
        {
            "name": part,
            "label": gettext(part.capitalize()),
            "value": text,
            "classes": f"govuk-input--width-{4 if part == 'year' else 2}{wrong}",
            "inputmode": "numeric",
            "autocomplete": "off",
        }
        for part, text in DayWidget.inputs(field.value()).items()
    ]
    return {
        "id": field.auto_id,
        "namePrefix": field.html_name,
        "items": items,
        "fieldset": _legend(field, size, heading),
    }


def _value(field: BoundField) -> str:
    value = field.value()
    return "" if value is None else str(value)


KINDS: tuple[tuple[type[forms.Widget], str, Callable[[BoundField, str, bool], Params]], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes", _radios),
    (forms.RadioSelect, "radios", _radios),
    (forms.Select, "select", _select),
    (forms.CheckboxInput, "checkboxes", _checkbox),
    (forms.Textarea, "textarea", _textarea),
    (DayWidget, "date-input", _day),
    (forms.FileInput, "file-upload", _input),
    (forms.widgets.Input, "input", _input),
)
