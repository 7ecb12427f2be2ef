"""The doors in each language, in forced colours, at 200 and 400 per cent, and where nothing may move."""

from typing import Any

import pytest

from tests.journeys.conftest import Tab
from tests.journeys.test_a_child_writes import fill
from tests.pages.doors import ANSWERS

pytestmark = pytest.mark.browser
PAGES = ("/", "/m/1", "/m/2", "/m/3", "/m/4", "/m/box")
LANGUAGES = ("", "/cy", "/ur")
DESK, HIGH = 1280, 1024
CUT = """() => [...document.querySelectorAll("main *, footer *")].filter(one => {
  const box = one.getBoundingClientRect();
  return box.width > 1 && box.height > 1 && getComputedStyle(one).position !== "absolute"
    && (box.left < -1 || box.right > document.documentElement.clientWidth + 1);
}).map(one => one.outerHTML.slice(0, 80))"""
"""What stands beyond the edge of the screen, at either side."""
SEEN = """() => [...document.querySelectorAll("a, button, summary, label, main input, textarea")]
  .filter(one => one.checkVisibility() && !one.classList.contains("govuk-visually-hidden"))
  .filter(one => getComputedStyle(one).color === getComputedStyle(document.body).backgroundColor)
  .map(one => one.outerHTML.slice(0, 80))"""
"""What has the colour of the page that it stands on."""
MOVING = """() => [...document.querySelectorAll("*")].filter(one => {
  const style = getComputedStyle(one);
  return style.animationName !== "none" || parseFloat(style.transitionDuration) > 0;
}).map(one => one.outerHTML.slice(0, 80))"""


def zoomed(tab: Tab, percent: int) -> None:
    """Look at the page at a desk with this zoom: a browser then has so many fewer pixels of its own."""
    tab.page.set_viewport_size({"width": DESK * 100 // percent, "height": HIGH * 100 // percent})


def faults(tab: Tab) -> list[str]:
    """What scrolls sideways, or is cut off."""
    wide = tab.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return (["scrolls sideways"] if wide else []) + list(tab.page.evaluate(CUT))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_stands_at_each_zoom_and_axe_finds_nothing(tab: Tab, language: str) -> None:
    found: dict[str, Any] = {}
    for page in PAGES:
        tab.open(language + page)
        for percent in (100, 200, 400):
            zoomed(tab, percent)
            found[f"{page} at {percent}"] = faults(tab)
        found[page] = tab.looked_over()
        tab.picture(f"door{(language + page).replace('/', '-')}")
    assert {name: faulty for name, faulty in found.items() if faulty} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_can_be_seen_in_forced_colours(tab: Tab, language: str) -> None:
    tab.page.emulate_media(forced_colors="active")
    found = {}
    for page in PAGES:
        tab.open(language + page)
        assert tab.page.evaluate("matchMedia('(forced-colors: active)').matches")
        found[page] = [*tab.page.evaluate(SEEN), *tab.looked_over(afresh=True)]
        tab.picture(f"forced{(language + page).replace('/', '-')}")
    assert {name: faulty for name, faulty in found.items() if faulty} == {}


def test_nothing_moves_where_nothing_may(tab: Tab) -> None:
    tab.page.emulate_media(reduced_motion="reduce")
    found = {}
    for page in PAGES:
        tab.open(page)
        found[page] = tab.page.evaluate(MOVING)
    assert {name: moving for name, moving in found.items() if moving} == {}


def test_in_urdu_a_child_goes_from_right_to_left_and_changes_language_on_the_way(tab: Tab) -> None:
    tab.open("/ur/m/1")
    fill(tab, "danger")
    box = tab.page.locator("[name=reach]").first.bounding_box()
    assert box["x"] > tab.page.viewport_size["width"] / 2
    tab.page.locator("[name=reach][value=phone]").check()
    tab.page.get_by_role("button", name="Cymraeg").click()
    assert tab.page.locator("[name=reach][value=phone]").is_checked()
    assert "Sut gallwn ni" in tab.read()
    for at in list(ANSWERS)[1:]:
        fill(tab, at)
    assert tab.looked_over() == []
    tab.page.locator('.govuk-button-group button[value="send"]').click()
    assert "Mae dy neges gennyn ni" in tab.read()
    assert tab.looked_over() == []
