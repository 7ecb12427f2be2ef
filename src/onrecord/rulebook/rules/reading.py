"""Reading a rule: which value is in force, which facts it means, who has been told by now."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar

from onrecord.rulebook.facts import ANY, Calendar, Match, Rule, Seat, Value
from onrecord.rulebook.rules.clock import rung_at

V = TypeVar("V", bound=Value)


def value_on(values: Sequence[V], day: date) -> V | None:
    """Find the value in force on a day; None before the first, and from the day on which the rule ends."""
    begun = [value for value in values if value.start <= day]
    latest = max(begun, key=lambda value: value.start, default=None)
    return latest if latest is not None and latest.term is not None else None


def matches(match: Match, kind: str, coded: Mapping[str, str], standing: str) -> bool:
    """Say whether a fact is meant: its kind and standing, every `where`, and no `unless`."""
    return (
        match.kind in (ANY, kind)
        and match.standing == standing
        and all(coded.get(field) in codes for field, codes in match.where.items())
        and not any(coded.get(field) in codes for field, codes in match.unless.items())
    )


def told_by(rule: Rule, due: datetime, now: datetime, calendar: Calendar) -> tuple[Seat, ...]:
    """List the seats that a duty due at `due`, and unanswered, has reached by `now`, in order."""
    return tuple(rung.to for rung in rule.ladder if rung_at(rung, due, calendar) <= now)
