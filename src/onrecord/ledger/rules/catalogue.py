"""Every kind of fact there is: from kind name to class. Two of one name, or a field half declared, refuse to start."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from onrecord.ledger.facts.declare import Fact


class UnknownKind(KeyError):
    """The ledger holds a kind this program does not know. It refuses to guess."""

    def __str__(self) -> str:
        """The words themselves: a KeyError would put them in quotes."""
        return str(self.args[0])


class Catalogue(Mapping[str, type[Fact]]):
    """The kinds, by name, in the order of the flow."""

    def __init__(self, classes: Iterable[type[Fact]]) -> None:
        """Take the classes; ValueError for a name used twice, TypeError for a field without Say or Held."""
        found: dict[str, type[Fact]] = {}
        for made in classes:
            if made.kind in found:
                raise ValueError(f"Two facts are called {made.kind}.")
            list(made.fields())
            found[made.kind] = made
        self._kinds = MappingProxyType(found)

    def __getitem__(self, kind: str) -> type[Fact]:
        """The class of a kind, or UnknownKind."""
        if kind not in self._kinds:
            raise UnknownKind(f"There is no fact called {kind}. Known: {', '.join(self._kinds)}.")
        return self._kinds[kind]

    def __iter__(self) -> Iterator[str]:
        """The kind names."""
        return iter(self._kinds)

    def __len__(self) -> int:
        """How many kinds there are."""
        return len(self._kinds)

    def read(self, kind: str, version: int, body: dict[str, Any]) -> Fact:
        """A stored body as today's class."""
        made = self[kind]
        return made.heard(made.upgrade(version, body))
