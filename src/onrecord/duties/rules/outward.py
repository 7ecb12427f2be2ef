"""What the people outside are told, and whether another edition would tell them less, later, or somebody else.

Each rule ends with somebody outside. Whatever could keep a missed duty from them is theirs to agree to: a rule that is
dropped, a longer limit, a step outside that is gone, later, or at another address, other facts that open a rule or
answer it. So are the words of a rule that reaches them: they are what a notice says and what a person decides by. What
changes only among the steps inside is not.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from onrecord.duties.rules.walls import BESIDE, is_outside
from onrecord.rulebook.facts import OUTSIDE_ROLES, Calendar, Change, Rule, Rulebook, Rung
from onrecord.rulebook.rules import rung_at

INWARD = frozenset({"ladder", "owed_by"})
"""Changes that may stay among those inside: then nobody outside is told less."""
SPOKEN = frozenset({"title", "meaning"})
"""Changes to the words of a rule."""
WEEK = [timedelta(days=day) for day in range(7)]


def tells_outside_less(
    current: Rulebook, proposed: Rulebook, changes: Iterable[Change], weakening: frozenset[str], now: datetime
) -> bool:
    """Whether an edition could tell the people outside less. `weakening` are the sorts of change that take two."""
    rules = {rule.id: rule for rule in proposed.rules}
    found = list(changes)
    if {change.what for change in found} & (weakening - INWARD - SPOKEN):
        return True
    reworded = {change.rule for change in found if change.what in SPOKEN}
    if any(_reaches_outside(old) for old in current.rules if old.id in reworded):
        return True
    calendars = (current.calendar, proposed.calendar)
    return any(
        _owed_elsewhere(old, rules[old.id]) or _climbs_less(old, rules[old.id], calendars, now)
        for old in current.rules
        if old.id in rules
    )


def _reaches_outside(rule: Rule) -> bool:
    """Whether anybody outside owes a duty of this rule, or is told of one."""
    return rule.owed_by.role in OUTSIDE_ROLES or any(is_outside(rung) for rung in rule.ladder)


def _owed_elsewhere(old: Rule, new: Rule) -> bool:
    """Whether a duty comes to be owed by, or no more by, somebody beside the agencies: then it leaves otherwise."""
    seats = (old.owed_by, new.owed_by)
    return seats[0] != seats[1] and any(seat.of in BESIDE or seat.role in OUTSIDE_ROLES for seat in seats)


def _climbs_less(old: Rule, new: Rule, calendars: tuple[Calendar, Calendar], now: datetime) -> bool:
    """Whether a step outside is gone, goes to another seat, or is taken later, on any day of a week from now."""
    kept = [rung for rung in new.ladder if is_outside(rung)]
    return any(
        not any(one.to == rung.to and _in_time(rung, one, calendars, now) for one in kept)
        for rung in old.ladder
        if is_outside(rung)
    )


def _in_time(old: Rung, new: Rung, calendars: tuple[Calendar, Calendar], now: datetime) -> bool:
    was, made = calendars
    return all(rung_at(new, now + day, made) <= rung_at(old, now + day, was) for day in WEEK)
