"""What the same facts amount to under two editions: folded under each, and compared duty by duty. Pure."""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from json import dumps
from typing import NamedTuple
from uuid import UUID

from onrecord.duties.rules.arisen import Sorts, nobody
from onrecord.duties.rules.fold import ENDED, Duty, fold
from onrecord.duties.rules.law import Adopted, Law
from onrecord.ledger.rules.effect import Line
from onrecord.rulebook.facts import Match, Rule, Rulebook, Value

LATER, GONE, SOONER, ELSEWHERE, NEW = "later", "gone", "sooner", "elsewhere", "new"
EVER, ALWAYS = datetime(9999, 1, 1, tzinfo=UTC), datetime(1, 1, 1, tzinfo=UTC)


class Standing(NamedTuple):
    """A duty that is open now: what identifies it, who owes it, and the wall that it stands behind."""

    key: UUID
    rule: str
    opening: UUID
    agency: str
    wall: UUID | None


class Moved(NamedTuple):
    """What would become of one duty. Of a `new` one `key` and `wall` are None, and `agency` may be a sort of agency."""

    what: str
    rule: str
    agency: str
    opening: UUID
    key: UUID | None
    wall: UUID | None


class Editions(NamedTuple):
    """The edition in force and another, each with only the rules by which duties could differ, made ready."""

    rules: frozenset[str]
    current: Law
    proposed: Law
    arises: bool
    """Whether something could arise from facts from which it does not arise now."""


def editions(current: Rulebook, proposed: Rulebook) -> Editions:
    """Make two editions ready to be compared."""
    was, made = ({rule.id: rule for rule in one.rules} for one in (current, proposed))
    same = current.calendar == proposed.calendar
    rules = frozenset(
        name
        for name in was | made
        if not same or name not in was or name not in made or _deciding(was[name]) != _deciding(made[name])
    )
    arises = any(name in made and (name not in was or _arising(was[name]) != _arising(made[name])) for name in rules)
    return Editions(rules, _only(current, rules), _only(proposed, rules), arises)


def moved(lines: Iterable[Line], standing: Sequence[Standing], both: Editions, sorts: Sorts = nobody) -> list[Moved]:
    """What would become of these open duties, and what else the facts that opened them would bring.

    `lines` hold those facts with all that they answer and all that answers them. A duty that stands by an earlier
    edition, and would not by the one in force, is left alone.
    """
    given, openings = list(lines), {duty.opening: duty.wall for duty in standing}
    was, would = (_open(given, law, openings, sorts) for law in (both.current, both.proposed))
    known = {(duty.rule, duty.opening): duty for duty in standing}
    found = []
    for place, duty in known.items():
        if place in was and (what := _what(was[place], would.get(place), duty.wall)):
            found.append(Moved(what, duty.rule, duty.agency, duty.opening, duty.key, duty.wall))
    for (rule, opening), arisen in would.items():
        if (rule, opening) not in known and (rule, opening) not in was:
            found.append(Moved(NEW, rule, arisen.owed_of, opening, None, openings[opening]))
    return found


def _what(was: Duty, would: Duty | None, wall: UUID | None) -> str:
    """What would become of one duty; "" where nothing would. Behind a wall other seats owe it, by either edition."""
    if would is None:
        return GONE
    if would.due_at != was.due_at:
        return LATER if would.due_at > was.due_at else SOONER
    elsewhere = wall is None and (would.owed_of, would.role) != (was.owed_of, was.role)
    return ELSEWHERE if elsewhere else ""


def _open(lines: Sequence[Line], law: Law, openings: Collection[UUID], sorts: Sorts) -> dict[tuple[str, UUID], Duty]:
    """What these facts leave open under one edition: of a duty that comes back one occurrence at a time."""
    folded = fold(lines, law, EVER, EVER, sorts=sorts)
    return {
        (duty.rule.id, duty.opening): duty
        for duty in folded
        if duty.opening in openings and duty.done_at is None and duty.state != ENDED
    }


def _only(book: Rulebook, rules: frozenset[str]) -> Law:
    kept = tuple(rule for rule in book.rules if rule.id in rules)
    return Law([Adopted(ALWAYS, book.model_copy(update={"rules": kept}))])


def _deciding(rule: Rule) -> tuple[object, ...]:
    """Everything in a rule that decides what is owed, by whom and by when. Its words and its ladder do not."""
    repeats = (_terms(rule.repeats.every), _matches(rule.repeats.ended_by)) if rule.repeats else None
    limit = (rule.clock, _terms(rule.within), rule.until, rule.grace, rule.early)
    return _matches((rule.opens,)), rule.owed_by, limit, _matches(rule.discharged_by), repeats


def _arising(rule: Rule) -> tuple[object, ...]:
    """Everything in a rule that decides whether, and when, something is owed at all, or is open still."""
    begins = tuple((value.start, value.term is None) for value in rule.within)
    repeats = _matches(rule.repeats.ended_by) if rule.repeats else None
    return _matches((rule.opens,)), rule.clock, begins, rule.early, _matches(rule.discharged_by), repeats


def _terms(values: Sequence[Value]) -> tuple[object, ...]:
    return tuple((value.start, value.term) for value in values)


def _matches(wanted: Sequence[Match]) -> tuple[str, ...]:
    """As text: what a match holds cannot be compared by its hash. In what order it was written is all one."""
    return tuple(dumps(match.model_dump(mode="json"), sort_keys=True) for match in wanted)
