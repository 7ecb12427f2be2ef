"""Template tags for GOV.UK components: any component, a field, a whole form, the summary of what is wrong."""

from typing import Any

from django import forms, template
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from onrecord.web.languages import in_words
from onrecord.web.markup import component, drawn_once, error_list, field_markup, nested

register = template.Library()
register.filter(in_words)
FRAME = frozenset({"skip-link", "exit-this-page"})
"""What frames every page: the program's own text, alike for everybody who reads one language."""


@register.simple_tag
def gds(piece: str, **params: Any) -> SafeString:
    """A component: `{% gds "button" text="Send" %}`, `{% gds "input" name="q" label__text="Search" %}`."""
    return drawn_once(piece, nested(params)) if piece in FRAME else component(piece, nested(params))


@register.simple_tag
def gds_field(form: forms.BaseForm, name: str, size: str = "s", heading: bool = False) -> SafeString:
    """One field of a form with its label, hint, fault and value. `size` "" gives a plain label."""
    return field_markup(form[name], size, heading)


@register.inclusion_tag("onrecord/components/form.html")
def gds_form(form: forms.BaseForm) -> dict[str, Any]:
    """All fields of a form, a fact's form by its sections. The csrf token and the buttons are the page's."""
    return {"form": form, "sections": getattr(form, "sections", None)}


@register.simple_tag
def gds_errors(form: forms.BaseForm | None) -> SafeString:
    """The summary of a form's faults, to stand before the heading; nothing if there are none."""
    if not isinstance(form, forms.BaseForm) or not form.errors:
        return SafeString("")
    return component("error-summary", {"titleText": gettext("There is a problem"), "errorList": error_list(form)})
