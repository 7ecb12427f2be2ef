"""A child writes on a narrow phone: with scripts and without, and leaves at once with nothing left to see."""

from gzip import compress
from itertools import pairwise
from typing import Any

import pytest

from onrecord.intake.models import Report
from onrecord.ledger.rules.machine import PUBLIC
from tests.journeys.conftest import Tab
from tests.pages.doors import ANSWERS, TYPED, WORDS
from tests.stages.mailbox.ground import told_by, words_of

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


@pytest.fixture
def elsewhere(live_server: Any, settings: Any) -> str:
    """A page of another site, to which the way out leads: without a cookie, by which a browser drops its copies."""
    port = live_server.url.rpartition(":")[2]
    settings.LEAVE_FOR = f"http://127.0.0.1:{port}/health"
    return settings.LEAVE_FOR


def left(tab: Tab, elsewhere: str) -> None:
    """Press Shift three times, and be elsewhere."""
    tab.page.wait_for_load_state()
    for _ in range(3):
        tab.page.keyboard.press("Shift")
    tab.page.wait_for_url(elsewhere)


def seen_on_back(tab: Tab, times: int) -> str:
    """All that shows to whoever presses Back so often, and each time has the page loaded again."""
    shown = ""
    for _ in range(times):
        tab.page.go_back(wait_until="commit")
        for again in (False, True):
            if again:
                tab.page.reload()
            tab.page.wait_for_timeout(500)
            typed = tab.page.locator("textarea, input").evaluate_all("all => all.map(one => one.value)")
            shown += tab.page.inner_text("body") + " ".join(typed)
    return shown


def test_leaving_shows_nothing_on_back(tab: Tab, elsewhere: str) -> None:
    tab.open("/m/1")
    for at in list(ANSWERS)[:6]:
        fill(tab, at)
    tab.page.locator('[name="positions"]').first.wait_for()
    left(tab, elsewhere)
    shown = seen_on_back(tab, 8)
    assert "Are you in danger right now?" in shown
    assert [word for word in (*TYPED, "Who is doing it?") if word in shown] == []


def test_a_page_that_was_only_typed_on_is_not_shown_again(tab: Tab, elsewhere: str) -> None:
    tab.open("/m/2")
    tab.page.locator('[name="words"]').fill(WORDS)
    left(tab, elsewhere)
    shown = seen_on_back(tab, 1)
    assert ("I'm worried about someone" in shown, "marmalade" in shown) == (True, False)


def test_a_mailbox_that_was_left_asks_for_the_words_again(tab: Tab, elsewhere: str) -> None:
    words = words_of(told_by())[0]
    tab.open("/m/box")
    tab.page.locator("#words").fill(words)
    tab.page.get_by_role("button", name="Open", exact=True).click()
    tab.page.get_by_text("Add something").wait_for()
    assert "Nobody has answered yet." in tab.read()
    left(tab, elsewhere)
    shown = seen_on_back(tab, 2)
    assert ("Your six words" in shown, "Nobody has answered yet." in shown, words in shown) == (True, False, False)


def test_back_between_the_questions_keeps_what_was_typed(tab: Tab) -> None:
    tab.open("/m/1")
    for at in list(ANSWERS)[:4]:
        fill(tab, at)
    typed = {"who": "", "words": WORDS, "must_not_know": ANSWERS["secret"]["must_not_know"]}
    for here, before in pairwise(typed):
        tab.page.locator(f'[name="{here}"]').wait_for()
        tab.page.wait_for_load_state()
        tab.page.go_back(wait_until="commit")
        assert tab.page.locator(f'[name="{before}"]').input_value() == typed[before]


@pytest.mark.parametrize("page", ["/", "/ur/", "/m/4"])
def test_a_first_visit_is_small(tab: Tab, page: str) -> None:
    answers: list[Any] = []
    tab.page.on("response", lambda answer: answers.append(answer))
    tab.page.goto(f"{tab.server}{page}", wait_until="networkidle")
    packed = {one.url: len(one.body()) if one.url.endswith(page) else len(compress(one.body())) for one in answers}
    assert len(packed) >= 5
    assert sum(packed.values()) + HEADERS * len(packed) < MOST
