"""A real browser on a real server, over a record of its own. Without a Chromium it is skipped; in CI that fails."""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests import databases
from tests.journeys.looks import on_paper, unseen

WIDTHS = (320, 1280)
"""The narrowest screen that WCAG asks for (1.4.10), and a desk."""
HEIGHT = 900
PICTURES = Path(os.environ.get("ONRECORD_PICTURES") or Path(__file__).parents[2] / "var" / "pictures")
"""Where pictures of pages go. Git does not see it."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
KEEPS_COPIES = ["--disable-back-forward-cache"]
"""What Playwright switches off and people's browsers do: a page that was left is shown again out of memory."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FEW = 8
"""How many pieces of a long list axe is shown: the rest are built alike."""
SHORTEN = """few => {
  window.shortened = [...document.querySelectorAll("main *")].filter(
    one => !one.hidden && [...one.parentElement.children].filter(
      other => other.tagName === one.tagName).indexOf(one) >= few);
  for (const one of window.shortened) one.hidden = true;
}"""
WHOLE = "() => { for (const one of window.shortened) one.hidden = false; }"
PASSING = re.compile(r'[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}|value="[A-Za-z0-9]{64}"')
"""What differs between two showings of the same page: ids, and the proof of where a form came from."""
SEEN: set[str] = set()
"""What was looked over in this run without a fault: the same page is not looked over twice."""


@dataclass
class Tab:
    """Somebody's browser. Everything that should not happen in it is kept in `faults`."""

    page: Any
    server: str
    faults: list[str] = field(default_factory=list)

    def take_place(self, name: str) -> None:
        """Take an invented person's place."""
        self.page.goto(f"{self.server}/sign-in")
        self.page.get_by_role("button", name=name).click()

    def open(self, path: str) -> None:
        """Open a page by its address."""
        self.page.goto(self.server + path)

    def read(self) -> str:
        """What the page says."""
        return " ".join(self.page.inner_text("main").split())

    def looked_over(self, *, afresh: bool = False) -> list[str]:
        """What is wrong with the page: for axe, on the narrowest screen and at a desk; for whoever uses a keyboard, or
        prints it; or since the tab was opened.

        A page that was found without a fault is not looked over again, except `afresh`.
        """
        before, found = list(self.faults), []
        mark = sha256(PASSING.sub("", self.page.inner_html("main")).encode()).hexdigest()
        if mark in SEEN and not afresh:
            return before
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            if self.page.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"{self.page.url} scrolls sideways at {width}")
            found += [f"{self.page.url} at {width}: {fault}" for fault in self._axe()]
        found += [f"{self.page.url}: {fault}" for fault in (*unseen(self.page), *on_paper(self.page))]
        self.faults[:] = before  # what axe itself does to the page is not the page's fault
        if not found:
            SEEN.add(mark)
        return before + found

    def picture(self, name: str) -> None:
        """A picture of the page at each width."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            self.page.screenshot(path=str(PICTURES / f"{name}-{width}.png"), full_page=True)

    def _axe(self) -> list[str]:
        from axe_playwright_python.base import AXE_SCRIPT  # noqa: PLC0415  # only where there is a browser

        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        asked = {"runOnly": RULES, "resultTypes": ["violations"]}
        self.page.evaluate(SHORTEN, FEW)
        seen = self.page.evaluate("asked => axe.run(asked)", asked)["violations"]
        self.page.evaluate(WHOLE)
        return [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in seen]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Any Chromium of this machine."""
    found = next((path for path in map(shutil.which, BROWSERS) if path), None)
    if found is None:
        reason = f"no browser was found: {', '.join(BROWSERS)}. Debian and Ubuntu: apt install chromium."
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # only where there is a browser

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs a loop in this thread; the server has its own
    databases.forget()  # a fork has no loop, and would find those from before it
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox"], ignore_default_args=KEEPS_COPIES
        )
        yield made
        made.close()


@pytest.fixture
def tab(chromium: Any, live_server: Any) -> Iterator[Tab]:
    """A fresh browser on a record of its own, that listens for errors and for what is fetched from elsewhere."""
    yield from _tab(chromium, live_server.url)


@pytest.fixture
def plain(chromium: Any, live_server: Any) -> Iterator[Tab]:
    """The same without scripts, on a narrow screen."""
    yield from _tab(chromium, live_server.url, java_script_enabled=False)


def _tab(chromium: Any, server: str, **more: Any) -> Iterator[Tab]:
    context = chromium.new_context(viewport={"width": WIDTHS[0], "height": HEIGHT}, service_workers="block", **more)
    made = Tab(context.new_page(), server)
    made.page.on("console", lambda said: made.faults.append(said.text) if said.type in ("error", "warning") else None)
    made.page.on("pageerror", lambda error: made.faults.append(str(error)))
    context.on("request", lambda asked: _note(made, asked.url))
    yield made
    context.close()


def _note(tab: Tab, url: str) -> None:
    if not url.startswith((tab.server, "data:", "blob:")):
        tab.faults.append(f"fetched from elsewhere: {url}")
