"""What no rule of axe looks at: that whoever uses a keyboard sees where they are, and that a page can be printed."""

from typing import Any

STEPS = 30
"""How often Tab is pressed at most: further down, a long page holds more of what was met already."""
PAPER = {"width": 718, "height": 1000}
"""A sheet of A4 without its margins, in pixels of print."""

LOOKS = """() => {
  document.activeElement?.blur();
  const marks = one => [one, ...(one.labels ?? [])].flatMap(each => [null, "::before", "::after"].map(part => {
    const style = getComputedStyle(each, part);
    return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow, style.backgroundColor,
            style.borderTopColor, style.borderTopWidth, style.textDecorationThickness, style.color].join();
  })).join();
  const asks = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
  window.marks = marks;
  window.blurred = new Map([...document.querySelectorAll(asks)].map(one => [one, marks(one)]));
  window.met = new Set();
}"""
STANDS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body || window.met.has(one)) return null;
  window.met.add(one);
  const there = [one, ...(one.labels ?? [])].some(each => {
    const box = each.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight && box.right > 0;
  });
  if (!there) return "is out of sight: " + one.outerHTML.slice(0, 150);
  return window.marks(one) === window.blurred.get(one) ? "looks as before: " + one.outerHTML.slice(0, 150) : "";
}"""
PRINTED = """() => {
  const main = document.querySelector("main");
  const shown = one => one.checkVisibility({opacityProperty: true, visibilityProperty: true});
  const found = [];
  if (!main || !main.innerText.trim()) found.push("nothing is printed");
  if (document.documentElement.scrollWidth > innerWidth) found.push("is wider than the paper");
  const pressed = "nav a, button, .govuk-button, input:not([type=hidden]), .govuk-skip-link";
  for (const one of document.querySelectorAll(pressed))
    if (shown(one) && !one.closest("details:not([open])"))
      found.push("prints what is to be pressed: " + one.outerHTML.slice(0, 150));
  for (const one of main ? main.querySelectorAll("h1, h2, h3, p, li, td, th, dt, dd, summary, strong") : []) {
    const box = one.getBoundingClientRect();
    if (shown(one) && one.innerText.trim() && box.right > innerWidth + 1)
      found.push("runs off the paper: " + one.outerHTML.slice(0, 150));
  }
  return found.slice(0, 3);
}"""


def unseen(page: Any) -> list[str]:
    """What somebody reaches by Tab without seeing that they are there."""
    page.evaluate(LOOKS)
    found = []
    for _ in range(STEPS):
        page.keyboard.press("Tab")
        said = page.evaluate(STANDS)
        if said is None:
            break
        if said:
            found.append(f"the focus {said}")
    return found


def on_paper(page: Any) -> list[str]:
    """What is wrong with the page when it is printed on A4."""
    size = page.viewport_size
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)
    found = page.evaluate(PRINTED)
    page.emulate_media(media="screen")
    page.set_viewport_size(size)
    return [f"on paper it {said}" if not said.startswith("nothing") else said for said in found]
