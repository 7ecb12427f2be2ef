"""Reading a rule: which value is in force, which facts it means, who has been told by now."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from onrecord.rulebook.facts import ANY, Match, Together, Value

V = TypeVar("V", bound=Value)


def value_on(values: Sequence[V], day: date) -> V | None:
    """Find the value in force on a day; None before the first, and from the day on which the rule ends."""
    begun = [value for value in values if value.start <= day]
    latest = max(begun, key=lambda value: value.start, default=None)
    return latest if latest is not None and latest.term is not None else None


def matches(match: Match, kind: str, coded: Mapping[str, Any], standing: str) -> bool:
    """Say whether a fact is meant: its kind and standing, every `where`, no `unless`, and who took part."""
    return (
        match.kind in (ANY, kind)
        and match.standing == standing
        and all(coded.get(field) in codes for field, codes in match.where.items())
        and not any(coded.get(field) in codes for field, codes in match.unless.items())
        and (match.together is None or took_part(match.together, coded))
    )


def took_part(wanted: Together, coded: Mapping[str, Any]) -> bool:
    """Say whether everybody took part who has to, and as many as have to."""
    there = sorts_there(wanted, coded)
    return there.issuperset(wanted.all_of) and len(there) >= wanted.at_least


def sorts_there(wanted: Together, coded: Mapping[str, Any]) -> frozenset[str]:
    """List who took part, by code."""
    said = coded.get(wanted.field) or ()
    return frozenset([said] if isinstance(said, str) else said)
