"""A teacher reports a known child; nobody decides; the clock goes on; somebody outside sees it, without a name."""

import pytest

from tests.journeys.conftest import Tab

pytestmark = pytest.mark.browser


def reported(tab: Tab, by: str) -> None:
    """Send a report, by hand."""
    tab.take_place(by)
    tab.open("/report")
    page = tab.page
    page.get_by_label("First name").fill("Zephyrine")
    page.get_by_label("Last name").fill("Quillfeather")
    for label, value in (("Day", "3"), ("Month", "1"), ("Year", "2012")):
        page.get_by_label(label, exact=True).first.fill(value)
    page.get_by_label("What have you seen or been told?").fill("A marmalade-coloured car waits for her.")
    page.get_by_label("Sexual exploitation").check()
    page.locator('[name="danger_now"][value="no"]').check()
    page.locator('[name="positions"][value="unknown"]').check()
    page.get_by_role("button", name="Send").click()


def test_silence_climbs_before_everybodys_eyes(tab: Tab) -> None:
    reported(tab, "Ines Fallow")
    reported(tab, "Nia Prosser")
    receipt = tab.page.url
    assert "Received" in tab.read()
    assert "You need not chase." in tab.read()
    assert tab.looked_over() == []

    tab.take_place("Asha Verne")
    tab.page.get_by_role("link", name="Zephyrine Quillfeather").last.click()
    assert "Northbrook Health, since" in tab.read()
    assert tab.looked_over() == []

    tab.page.set_viewport_size({"width": 1280, "height": 900})
    tab.page.get_by_role("button", name="1 week").click()
    assert "went to somebody new" in tab.read()
    assert "late" in tab.read()

    tab.take_place("Edith Vale")
    assert "Decide what happens next" in tab.read()
    assert "Told last: " in tab.read()
    assert "Quillfeather" not in tab.read()
    assert tab.looked_over() == []

    tab.take_place("Nia Prosser")
    tab.page.goto(receipt)
    assert "It was not made in time." in tab.read()
    assert "(outside)" in tab.read()
    assert tab.looked_over() == []


def test_ending_it_quietly_does_not_work(tab: Tab) -> None:
    reported(tab, "Nia Prosser")
    tab.take_place("Asha Verne")
    tab.page.get_by_role("link", name="Zephyrine Quillfeather").click()
    page = tab.page
    page.get_by_label("No further action").check()
    page.locator('[name="decide-concern"][value="not_sure"]').check()
    page.get_by_label("Why?", exact=True).last.fill("Nothing in it.")
    page.locator('[name="decide-crime_alleged"][value="no"]').check()
    page.get_by_label("What will you tell the person who reported?").fill("Nothing more happens.")
    page.get_by_role("button", name="Record the decision").click()
    assert "This needs a reason, and a second person" in tab.read()
    assert tab.looked_over() == []
    page.get_by_label("Community cohesion").check()
    page.get_by_label("In your words").fill("People will talk.")
    page.get_by_role("button", name="Record the decision").click()
    assert "is never a reason to lower anything about a child" in tab.read()
    assert tab.looked_over() == []
    page.get_by_label("The same report was recorded twice").check()
    page.get_by_role("button", name="Record the decision").click()
    assert "Recorded as a proposal." in tab.read()

    tab.take_place("Leah Strand")
    assert tab.looked_over() == []
    page.get_by_label("Disagree").check()
    page.get_by_label("Why?").fill("They are two cars.")
    page.get_by_role("button", name="Sign", exact=True).click()
    assert "Nothing waits." in tab.read()
    tab.take_place("Asha Verne")
    assert "Zephyrine Quillfeather" in tab.read()


def test_faults_in_a_report_are_led_to_and_nothing_is_lost(tab: Tab) -> None:
    tab.take_place("Nia Prosser")
    tab.open("/report")
    tab.page.get_by_label("What have you seen or been told?").fill("A marmalade-coloured car waits for her.")
    tab.page.get_by_role("button", name="Send").click()
    assert "There is a problem" in tab.read()
    tab.page.get_by_role("link", name="Say whether there is danger now.").click()
    assert tab.page.evaluate("document.activeElement.name") == "danger_now"
    assert "marmalade" in tab.page.get_by_label("What have you seen or been told?").input_value()
    assert tab.looked_over() == []


def test_the_programmers_page_fetches_nothing_from_elsewhere(tab: Tab) -> None:
    tab.open("/api/docs")
    tab.page.get_by_text("/api/reports", exact=False).first.wait_for()
    assert tab.faults == []
