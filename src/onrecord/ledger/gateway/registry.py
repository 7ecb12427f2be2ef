"""The flow made visible: the ordered lists FACTS, PROJECTORS and PANELS of the settings, loaded once."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from importlib import import_module
from typing import Any, Protocol, cast

from django.conf import settings
from django.db.models import Model
from django.utils.module_loading import import_string

from onrecord.ledger.facts import Entry
from onrecord.ledger.rules.catalogue import Catalogue
from onrecord.ledger.rules.seen import Seen

Panel = Callable[[Any, Seen, datetime], str]
"""Given the viewer, what the page has looked up, and the time: what a later stage adds to it; "" for nothing."""


class Projector(Protocol):
    """A stage's `projector` module: how its facts become rows."""

    __name__: str
    TABLES: tuple[type[Model], ...]

    def project(self, entries: Sequence[Entry]) -> None:
        """Write the rows that follow from these entries, in order."""


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """Every kind of fact this program knows, in the order of the flow."""
    modules = [import_module(name) for name in settings.FACTS]
    return Catalogue(made for module in modules for made in module.FACTS)


@lru_cache(maxsize=1)
def projectors() -> tuple[Projector, ...]:
    """Every projector, in the order of the flow."""
    return tuple(cast(Projector, import_module(name)) for name in settings.PROJECTORS)


@lru_cache(maxsize=32)
def panels(name: str) -> tuple[Panel, ...]:
    """What later stages add to a page of this name, in the order of the settings; nothing for a name not listed."""
    return tuple(cast(Panel, import_string(path)) for path in settings.PANELS.get(name, ()))


def page_of_answer(kind: str) -> str:
    """The name of the page on which a later stage asks for facts of a kind; "" where there is none."""
    return str(settings.ANSWER_PAGES.get(kind, ""))


def needs(*kinds: str) -> Callable[[Panel], Panel]:
    """Say of a panel which kinds of facts about the same child it shows, so that the page opens them with its own."""

    def marked(panel: Panel) -> Panel:
        panel.needs = frozenset(kinds)  # type: ignore[attr-defined]
        return panel

    return marked


def needed(name: str) -> frozenset[str]:
    """The kinds of facts that the panels of a page need opened."""
    return frozenset(kind for panel in panels(name) for kind in getattr(panel, "needs", ()))
