"""A page of the program's own words with a few that differ: drawn once for each language, then filled in.

To draw the page that says a report was received cost a third of what it cost to take the report.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.html import escape

from onrecord.ledger.gateway.clock import is_demo
from onrecord.web.languages import spoken

MARK = re.compile("\ue000([a-z_]+)\ue001")
"""Where something is filled in: signs of the private range stand round its name, which no text of ours holds."""
Code = str | bool | None


def filled(template: str, codes: Mapping[str, Code], texts: Mapping[str, str]) -> HttpResponse:
    """A page by its template. `codes` decide what stands on it, `texts` are put in, escaped; a text may be empty.

    It knows neither who asks nor what they were told on another page, so it is for pages where nobody signs in. What a
    person wrote is a text and never a code: codes are kept for as long as the process runs.
    """
    there = tuple(name for name, text in texts.items() if text)
    page = _drawn(template, tuple(codes.items()), there, tuple(spoken().items()), get_script_prefix(), is_demo())
    return HttpResponse("".join(escape(texts[part]) if place % 2 else part for place, part in enumerate(page)))


@lru_cache(maxsize=512)
def _drawn(
    template: str,
    codes: tuple[tuple[str, Code], ...],
    texts: tuple[str, ...],
    language: tuple[tuple[str, str], ...],
    prefix: str,
    demo: bool,
) -> tuple[str, ...]:
    """The page in parts: every other one is the name of a text."""
    marks = {name: f"\ue000{name}\ue001" for name in texts}
    return tuple(MARK.split(render_to_string(template, dict(codes) | marks | dict(language) | {"demo": demo})))
