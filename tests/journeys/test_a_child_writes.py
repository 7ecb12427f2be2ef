"""A child writes on a narrow phone: with scripts and without, and leaves at once with nothing left to see."""

from contextlib import suppress
from gzip import compress
from typing import Any

import pytest
from playwright.sync_api import Error as PlaywrightError

from onrecord.intake.models import Report
from onrecord.ledger.rules.machine import PUBLIC
from tests.journeys.conftest import Tab
from tests.pages.doors import ANSWERS, TYPED, WORDS

pytestmark = pytest.mark.browser
MOST = 60_000
"""Bytes of a first visit: files of the program come packed, as the server packs them; the page itself does not."""
HEADERS = 1200
"""Bytes that stand round each answer, generously."""


def fill(tab: Tab, at: str) -> None:
    """Type the answers to the question that is asked now, and press Next."""
    for name, text in ANSWERS[at].items():
        field = tab.page.locator(f'[name="{name}"]')
        kind = field.first.get_attribute("type")
        if kind == "radio":
            tab.page.locator(f'[name="{name}"][value="{text}"]').check()
        else:
            field.fill(text)
    tab.page.locator('.govuk-button-group button[value="next"]').click()


def told(tab: Tab) -> None:
    """Open the door and answer every question, looking every page over."""
    tab.open("/")
    assert tab.looked_over() == []
    tab.page.get_by_role("button", name="Something is happening to me").click()
    for at in ANSWERS:
        assert tab.looked_over() == []
        tab.picture(f"child-{at}")
        fill(tab, at)
    assert tab.looked_over() == []
    tab.picture("child-check")


def test_a_child_tells_and_is_heard(tab: Tab) -> None:
    told(tab)
    tab.page.get_by_role("button", name="Send", exact=True).last.click()
    assert "We have your message" in tab.read()
    assert tab.looked_over() == []
    tab.picture("child-sent")
    kept = tab.page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]")
    assert (kept, tab.page.context.cookies()) == (["", 0, 0], [])
    assert Report.objects.filter(agency=PUBLIC).count() == 1


def test_it_works_without_scripts_and_back_keeps_what_was_typed(plain: Tab) -> None:
    plain.open("/m/1")
    for at in ("danger", "reach", "secret", "words"):
        fill(plain, at)
    plain.page.locator('button[value="back"]').click()
    assert plain.page.locator('[name="words"]').input_value() == WORDS
    assert plain.faults == []


def test_leaving_shows_nothing_on_back(tab: Tab, settings: Any) -> None:
    settings.LEAVE_FOR = f"{tab.server}/accessibility"
    tab.open("/m/1")
    for at in ("danger", "reach", "secret"):
        fill(tab, at)
    tab.page.locator('[name="words"]').fill(WORDS)
    for _ in range(3):
        tab.page.keyboard.press("Shift")
    tab.page.wait_for_url("**/accessibility")
    with suppress(PlaywrightError):  # a browser asks first whether the form is to be sent again
        tab.page.go_back(wait_until="commit")
        tab.page.wait_for_load_state("domcontentloaded")
    tab.page.wait_for_timeout(500)
    shown = tab.page.content() + "".join(tab.page.locator("textarea").evaluate_all("all => all.map(one => one.value)"))
    assert [word for word in TYPED if word in shown] == []


@pytest.mark.parametrize("page", ["/", "/ur/", "/m/4"])
def test_a_first_visit_is_small(tab: Tab, page: str) -> None:
    answers: list[Any] = []
    tab.page.on("response", lambda answer: answers.append(answer))
    tab.page.goto(f"{tab.server}{page}", wait_until="networkidle")
    packed = {one.url: len(one.body()) if one.url.endswith(page) else len(compress(one.body())) for one in answers}
    assert len(packed) >= 5
    assert sum(packed.values()) + HEADERS * len(packed) < MOST
