"""Lists of many cards, drawn by the engine that draws the field's own components.

A card costs a tenth of what it costs as a template of a page. What such a list takes and is given is said in its file.
"""

from functools import cache
from typing import Any
from uuid import UUID

from django.urls import get_script_prefix, reverse
from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment, PackageLoader, StrictUndefined

from onrecord.web.clock import marked

NIL = UUID(int=0)


def drawn(name: str, **given: Any) -> SafeString:
    """A list by the name of its file in `drawn`; every text is escaped that is not marked safe."""
    return mark_safe(_environment().get_template(f"{name}.jinja").render(given))  # noqa: S308  # escaped by the engine


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("onrecord.web", "drawn"),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"address": _address, "clock": marked}
    return made


def _address(name: str, uid: UUID) -> str:
    """The address of a page that is asked for by one id."""
    before, after = _round(name, get_script_prefix())
    return f"{before}{uid}{after}"


@cache
def _round(name: str, prefix: str) -> tuple[str, str]:
    """What stands before and after the id in such an address; a page is asked for by hundreds of them."""
    before, _, after = reverse(name, args=[NIL]).partition(str(NIL))
    return before, after
