"""Which roles the law cannot do without: those that owe something by a rule in force, or stand on its ladder."""

from collections.abc import Iterator
from datetime import date

from onrecord.duties.rules.walls import owing, rungs
from onrecord.rulebook.facts import NAMED, OWING, RECORDING, Rule, Rulebook, Seat
from onrecord.rulebook.rules import value_on

ANY_AGENCY = (RECORDING, NAMED)
"""Seats of these may stand in an agency of any sort."""


def needing(law: Rulebook, role: str, sort: str, day: date) -> list[Rule]:
    """The rules in force on a day that need somebody in this role of an agency of this sort."""
    return [rule for rule in law.rules if _in_force(rule, day) and any(_is(seat, role, sort) for seat in _seats(rule))]


def _in_force(rule: Rule, day: date) -> bool:
    value = value_on(rule.within, day)
    return value is not None and value.term is not None


def _is(seat: Seat, role: str, sort: str) -> bool:
    return seat.role == role and seat.of in (*ANY_AGENCY, sort)


def _seats(rule: Rule) -> Iterator[Seat]:
    """Who owes a duty of this rule and to whom it climbs, where it stands behind a wall too."""
    for sealed in (False, True):
        owes = owing(rule, sealed=sealed)
        yield owes
        for _, rung in rungs(rule, sealed=sealed):
            yield rung.to.model_copy(update={"of": owes.of}) if rung.to.of == OWING else rung.to
