"""Somebody who has not signed in, at the doors: every page they see, and what they type there. Invented."""

import re
from collections.abc import Mapping
from typing import Any

from django.test import Client
from lxml import html

WORDS = "A man in a marmalade-coloured car gives me vodka-flavoured sweets."
ANSWERS: dict[str, dict[str, str]] = {
    "danger": {"danger_now": "no"},
    "reach": {"reach": "school", "reach_how": "Ask for me at the climbing club on Thursdays."},
    "secret": {"must_not_know": "My uncle Peregrine"},
    "words": {"words": WORDS},
    "who": {"who": "They call him Thistlewood"},
    "where": {"place-name": "Behind the Cormorant bakery"},
    "work": {"positions": "unknown"},
    "you": {"child-given_name": "Zephyrine", "child-described": "13, Hill School"},
}
"""What a child answers, page by page."""
TYPED = ("marmalade", "vodka-flavoured", "climbing club", "Peregrine", "Thistlewood", "Cormorant", "Zephyrine")
"""Words of it that stand nowhere else."""


class Child:
    """A child with a browser that keeps nothing. `page` is what it shows now."""

    def __init__(self, client: Client | None = None, door: str = "/m/1") -> None:
        """Open the first question."""
        self.client, self.door = client or Client(), door
        self.page: Any = self.client.get(door)

    @property
    def text(self) -> str:
        """What the page says."""
        return " ".join(html.fromstring(self.page.content.decode()).xpath("string(//main)").split())

    @property
    def heading(self) -> str:
        """What the page asks."""
        return " ".join(html.fromstring(self.page.content.decode()).xpath("string(//h1)").split())

    def held(self, name: str) -> str:
        """A hidden field of the page."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.page.content.decode())
        assert found, self.text
        return found[1]

    def press(self, go: str = "next", **typed: str) -> "Child":
        """Press a button of the page, with what was typed on it."""
        said = {"kept": self.held("kept"), "at": self.held("at"), "go": go} | typed
        self.page = self.client.post(self.door, said)
        return self

    def answer(self, answers: Mapping[str, dict[str, str]] = ANSWERS) -> "Child":
        """Answer every question; what is not among the answers is left blank."""
        while (at := self.held("at")) != "check":
            self.press(**answers.get(at, {}))
        return self
