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


SCREENS = ((360, 740), (740, 360), (640, 512), (1280, 800))
"""A phone, the same on its side, a desk at 200 per cent, and one at 100."""
ON_TOP = """() => {
  const [one, other] = [".onr-danger", ".govuk-exit-this-page__button"].map(
    name => document.querySelector(name).getBoundingClientRect());
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}"""
"""Whether the way out lies over what to ring."""
OUT_OF_SIGHT = """() => [".onr-danger a", ".govuk-exit-this-page__button"].filter(name => {
  const all = [...document.querySelectorAll(name)];
  return !all.length || all.some(one => {
    const box = one.getBoundingClientRect();
    const over = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return !over || !(one === over || one.contains(over) || over.contains(one));
  });
})"""
"""Of what to ring in danger and the way out, what nobody could press now."""


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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("screen", SCREENS)
def test_danger_and_the_way_out_stay_in_sight(tab: Tab, screen: tuple[int, int], language: str) -> None:
    tab.page.set_viewport_size({"width": screen[0], "height": screen[1]})
    found = {}
    for page in PAGES:
        tab.open(language + page)
        for place in ("0", "document.body.scrollHeight / 2", "document.body.scrollHeight"):
            tab.page.evaluate(f"scrollTo(0, {place})")
            over = ["one over the other"] if tab.page.evaluate(ON_TOP) else []
            found[f"{page} at {place}"] = [*tab.page.evaluate(OUT_OF_SIGHT), *over]
    assert {name: gone for name, gone in found.items() if gone} == {}


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
