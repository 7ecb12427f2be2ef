"""Pages in other states: faults in a form, refused, missing; by keyboard alone, on paper, without scripts."""

from typing import Any

import pytest

from onrecord.duties.queries import mine
from onrecord.ledger.gateway.clock import now
from tests.journeys.conftest import Tab

pytestmark = pytest.mark.browser

FAULTS = {
    "Nia Prosser": ("/report", "/take-in", "/search", "/record/case.meeting_held", "/people/away", "/people/address"),
    "Asha Verne": ("/phone-note",),
    "Ruth Oyelaran": ("/people/propose", "/people/end", "/people/team", "/people/leave-team", "/people/rota"),
}
"""Forms that are sent as they are, with nothing filled in."""

KEYS = {
    "Nia Prosser": {"/report": "Send", "/take-in": "Send", "/search": "Search"},
    "Asha Verne": {"/phone-note": "Send"},
    "Ruth Oyelaran": {"/duties/agency": "List these", "/people/rota": "Put on the rota"},
    "Leah Strand": {"/joint-list": "Sign"},
    "Dev Ashby": {"/reads": "List these"},
}
"""The main thing to do on a page: the button, by its words."""

FOCUS = """() => {
  const one = document.activeElement, look = getComputedStyle(one);
  return [one.tagName, one.textContent.trim(),
    look.outlineStyle !== "none" && look.outlineWidth !== "0px" || look.boxShadow !== "none"];
}"""


@pytest.fixture
def proposed(own_store: Any) -> Any:
    """A report that somebody wants to end, and that waits for a second person; and one that is decided."""
    made = own_store.report()
    own_store.decide(own_store.report(concern="harm_at_home"), concern="harm_at_home")
    own_store.decide(made, {"reason": "duplicate", "words": "Sent twice."}, outcome="no_further_action")
    return made


def test_a_form_with_faults_can_be_used_on_every_page_that_has_one(tab: Tab) -> None:
    faults = []
    for name, paths in FAULTS.items():
        tab.take_place(name)
        for path in paths:
            tab.open(path)
            with tab.page.expect_navigation():
                tab.page.locator("main form button.govuk-button:not(.govuk-button--secondary)").last.click()
            assert tab.page.title().startswith("Error: "), path
            assert tab.page.locator("[data-module=govuk-error-summary]").count() == 1
            faults += tab.looked_over()
    assert faults == []


def test_what_is_refused_or_missing_is_said_on_a_page_that_can_be_used(tab: Tab) -> None:
    tab.take_place("Nia Prosser")
    for path, said in (("/front-door", "You cannot open this page"), ("/no-such-page", "Page not found")):
        tab.open(path)
        tab.faults.clear()  # the browser itself notes that an answer was 403 or 404
        assert said in tab.read()
        assert tab.looked_over() == []
    for path in ("/sign-in", "/accessibility", "/how-this-works"):
        tab.page.context.clear_cookies()
        tab.open(path)
        assert tab.looked_over() == []


def test_a_password_that_is_wrong_is_said_beside_it(tab: Tab) -> None:
    tab.open("/sign-in")
    tab.page.get_by_text("Sign in with a password").click()
    tab.page.get_by_role("button", name="Sign in", exact=True).click()
    assert "There is a problem" in tab.read()
    assert tab.looked_over() == []


def test_the_main_thing_on_a_page_is_reached_and_pressed_by_keyboard_alone(tab: Tab, proposed: Any) -> None:
    for name, pages in KEYS.items():
        tab.take_place(name)
        for path, button in pages.items():
            tab.open(path)
            _tab_to(tab, button)
            with tab.page.expect_navigation():
                tab.page.keyboard.press("Enter")
            assert tab.page.locator("main h1").count() == 1


def _tab_to(tab: Tab, button: str) -> None:
    """Press Tab until a button has the focus. Wherever the focus goes on the way, it is seen."""
    unseen = []
    for _ in range(120):
        tab.page.keyboard.press("Tab")
        tag, said, seen = tab.page.evaluate(FOCUS)
        unseen += [] if seen or tag == "BODY" else [f"{tag} {said[:40]}"]
        if tag == "BUTTON" and said == button:
            assert unseen == []
            return
    raise AssertionError(f"“{button}” on {tab.page.url} was not reached.")


def test_on_paper_stands_the_whole_text_and_nothing_to_press(tab: Tab, proposed: Any) -> None:
    tab.take_place("Nia Prosser")
    tab.open(f"/report/{proposed.id}")
    page = tab.page
    page.emulate_media(media="print")
    assert "Received" in tab.read()
    for gone in (".onr-nav", ".onr-header__viewer", "footer", "main button", ".govuk-skip-link"):
        assert page.locator(f"{gone} >> visible=true").count() == 0, gone
    tab.open("/rulebook")
    folded = page.locator("main details:not(:has(form)) .govuk-details__text")
    assert folded.count() > 10
    assert [one.is_visible() for one in folded.all()] == [True] * folded.count()
    page.emulate_media(media="screen")
    assert [one.is_visible() for one in folded.all()] == [False] * folded.count()


def test_a_report_is_decided_answered_and_watched_over_without_scripts(plain: Tab, own_store: Any) -> None:
    page = plain.page
    own_store.report(concern="harm_at_home")
    plain.take_place("Asha Verne")
    page.get_by_role("link", name="Zephyrine Quillfeather").click()
    page.get_by_label("Assess", exact=True).check()
    page.locator('[name="decide-concern"][value="harm_at_home"]').check()
    page.get_by_label("Why?", exact=True).last.fill("More needs to be known.")
    page.locator('[name="decide-crime_alleged"][value="no"]').check()
    page.get_by_label("What will you tell the person who reported?").fill("An assessment begins.")
    page.get_by_role("button", name="Record the decision").click()
    assert "Decided" in plain.read()

    plain.take_place("Ruth Oyelaran")
    page.get_by_role("link", name="Agency duties").click()
    page.get_by_label("Rule").select_option("assessment")
    page.get_by_role("button", name="List these").click()
    assert "1 like this" in plain.read()
    assert "Tomas Hale" in plain.read()

    plain.take_place("Tomas Hale")
    page.get_by_role("link", name="Answer Finish the assessment").click()
    page.get_by_label("A plan", exact=True).check()
    page.get_by_role("button", name="Record", exact=True).click()
    assert "Recorded: Child and family assessment." in plain.read()
    assert [view.rule.id for view in mine(own_store.viewer("social-worker"), now())] == ["ask-safe-contact"]

    plain.take_place("Edith Vale")
    page.get_by_role("link", name="Ledger").click()
    assert "Newest entries" in plain.read()
    page.get_by_text("Sign out").click()
    assert "Sign in" in plain.read()
