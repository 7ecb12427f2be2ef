"""On whom a rule can put a duty: a role of a sort of agency."""

from onrecord.duties.rules.walls import owing
from onrecord.rulebook.facts import NAMED, RECORDING, Rule


def falls_on(rule: Rule, role: str, sort: str, *, sealed: bool = False) -> bool:
    """Whether somebody in this role of an agency of this sort can come to owe a duty of this rule."""
    seat = owing(rule, sealed=sealed)
    return seat.role == role and seat.of in (NAMED, RECORDING, sort)


def falls_within(rule: Rule, sort: str) -> bool:
    """Whether anybody of an agency of this sort can come to owe a duty of this rule."""
    return rule.owed_by.of in (NAMED, RECORDING, sort)
