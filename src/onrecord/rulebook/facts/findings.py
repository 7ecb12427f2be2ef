"""What is found when a rulebook is judged or compared."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class KindShape:
    """What the rulebook needs to know of a kind of fact: its coded fields, its days, and whether it is a response.

    `agencies` are the coded fields that hold the id of one agency.
    """

    coded: Mapping[str, tuple[str, ...]]
    response: bool
    days: frozenset[str] = frozenset()
    agencies: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Fault:
    """One thing wrong: where, what stood there, the rule it breaks, and what to do about it."""

    place: str
    value: str
    rule: str
    remedy: str = ""

    def __str__(self) -> str:
        """The fault as a sentence or two."""
        return f"{self.place}: {self.value}. {self.rule} {self.remedy}".rstrip()


@dataclass(frozen=True)
class Change:
    """One difference between two rulebooks: the rule, what sort of change, and the change in words."""

    rule: str
    what: str
    words: str
