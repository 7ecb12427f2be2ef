"""A real browser on a real server, over a record of its own. Without a Chromium it is skipped; in CI that fails."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

WIDTHS = (390, 1280)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


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

    def looked_over(self) -> list[str]:
        """What is wrong with the page: for axe, at the width of a phone and of a desk, or since the tab was opened."""
        from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415  # only where there is a browser

        before = list(self.faults)
        found = []
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            if self.page.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"{self.page.url} scrolls sideways at {width}")
            seen = Axe().run(self.page, options={"runOnly": RULES}).response["violations"]
            found += [f"{self.page.url}: {fault['id']}: {fault['nodes'][0]['html']}" for fault in seen]
        self.faults[:] = before  # what axe itself does to the page is not the page's fault
        return before + found


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Any Chromium of this machine."""
    found = next((path for path in map(shutil.which, BROWSERS) if path), None)
    if found is None:
        reason = f"no browser was found: {', '.join(BROWSERS)}. Debian and Ubuntu: apt install chromium."
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # only where there is a browser

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs a loop in this thread; the server has its own
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture
def tab(chromium: Any, live_server: Any) -> Iterator[Tab]:
    """A fresh browser on a record of its own, that listens for errors and for what is fetched from elsewhere."""
    context = chromium.new_context(viewport={"width": WIDTHS[0], "height": 900}, service_workers="block")
    made = Tab(context.new_page(), live_server.url)
    made.page.on("console", lambda said: made.faults.append(said.text) if said.type in ("error", "warning") else None)
    made.page.on("pageerror", lambda error: made.faults.append(str(error)))
    context.on("request", lambda asked: _note(made, asked.url))
    yield made
    context.close()


def _note(tab: Tab, url: str) -> None:
    if not url.startswith((tab.server, "data:", "blob:")):
        tab.faults.append(f"fetched from elsewhere: {url}")
