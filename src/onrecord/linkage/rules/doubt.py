"""Which two mentions somebody should look at first, and where they differ, field by field."""

from collections.abc import Sequence
from datetime import date
from math import log2
from typing import Any, NamedTuple

from onrecord.ledger.facts import Person
from onrecord.ledger.facts.fields import SEX
from onrecord.linkage.rules.threshold import probability


class Held(NamedTuple):
    """One thing that is said of two mentions, in words: what each says, and how they stand to each other."""

    label: str
    one: str
    other: str
    stands: str
    """same, differ, or only (where one of them says nothing)."""


def use(weight: float) -> float:
    """How much a person's answer is worth: what it brings together, and how open the question is."""
    likely = min(1 - 1e-9, max(1e-9, probability(weight)))
    return 2 * likely - likely * log2(likely) - (1 - likely) * log2(1 - likely)


def side_by_side(one: Person, other: Person) -> Sequence[Held]:
    """All that either of two mentions says, in the order of the form."""
    rows = []
    for name, field in Person.model_fields.items():
        first, second = _words(name, getattr(one, name)), _words(name, getattr(other, name))
        if first or second:
            stands = "only" if not first or not second else "same" if _plain(first) == _plain(second) else "differ"
            rows.append(Held((field.title or name.capitalize()).partition(",")[0], first, second, stands))
    return rows


def _words(name: str, value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%-d %B %Y}"
    return str(SEX.words[value]) if name == "sex" and value else str(value or "")


def _plain(said: str) -> str:
    return "".join(said.casefold().split())
