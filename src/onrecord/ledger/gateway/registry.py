"""The flow made visible: the ordered lists FACTS, PROJECTORS and PANELS of the settings, loaded once."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from importlib import import_module
from typing import Any, Protocol, cast
from uuid import UUID

from django.conf import settings
from django.db.models import Model
from django.utils.module_loading import import_string

from onrecord.ledger.facts import Entry
from onrecord.ledger.rules.catalogue import Catalogue

Panel = Callable[[Any, UUID, datetime], str]
"""Given the viewer, an entry's id and the time: what a later stage adds to a page; "" for nothing."""


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
