"""A page that is drawn once and filled in is the page that would be drawn anew, in every language and every case."""

from itertools import product

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from onrecord.web.filled import _drawn, filled
from onrecord.web.languages import spoken
from tests.partnership import Store

PAGE = "onrecord/doors/sent.html"
CODES = {
    "said_by": ("child", "professional"),
    "trigger": ("", "met", "not"),
    "danger": (True, False),
    "known": (None, True, False),
    "failed": (True, False),
    "no_words": (True, False),
}
TEXTS = {"received": "Monday 5 October 2026, 09:00", "by": "the end of <b>Tuesday</b>", "own": "a b", "second": "c d"}


@pytest.mark.parametrize("language", ["en-gb", "cy", "ur"])
def test_it_is_the_page_that_would_be_drawn(store: Store, language: str) -> None:
    with override(language):
        for chosen in product(*CODES.values()):
            codes = dict(zip(CODES, chosen, strict=True))
            for left in ((), ("by",), ("own", "second")):
                texts = TEXTS | dict.fromkeys(left, "")
                drawn = render_to_string(PAGE, codes | texts | spoken() | {"demo": True})
                assert filled(PAGE, codes, texts).content.decode() == drawn


def test_a_text_is_put_in_escaped_and_never_kept(store: Store) -> None:
    codes: dict[str, str | bool | None] = {"said_by": "child", "failed": False}
    before = filled(PAGE, codes, TEXTS).content.decode()
    kept = _drawn.cache_info().currsize
    page = filled(PAGE, codes, TEXTS | {"own": "marmalade <i>car</i>"}).content.decode()
    assert ("marmalade &lt;i&gt;car&lt;/i&gt;" in page, "marmalade" in before) == (True, False)
    assert _drawn.cache_info().currsize == kept
    assert filled(PAGE, codes, TEXTS).content.decode() == before
