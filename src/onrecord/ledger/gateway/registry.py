"""The flow made visible: the ordered lists FACTS and PROJECTORS of the settings, loaded once."""

from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings
from django.db.models import Model

from onrecord.ledger.facts import Entry
from onrecord.ledger.rules.catalogue import Catalogue


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
