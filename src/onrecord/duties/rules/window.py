"""The time in which what two agreed to may be challenged with effect, and when a challenge sets it aside. Pure.

How long, and by whose word, stands in the rule that the proposal opened.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from onrecord.duties.facts import DisagreementRaised, LoweringTookEffect
from onrecord.duties.rules.challenge import ANSWERED, OPEN, Dispute, disputes
from onrecord.duties.rules.law import Adopted, in_force
from onrecord.ledger.rules.effect import Line, below, below_each, set_aside, upward
from onrecord.rulebook.facts import Calendar, Rule, Rulebook
from onrecord.rulebook.rules import due_at, local_day, matches, value_on

INSTANT = timedelta(microseconds=1)


class Case(NamedTuple):
    """What tells whether two entries are of one child's case: who is judged to be whom, and the kinds that say what
    the worry is, how serious it is, or what is decided."""

    people: Mapping[UUID, Collection[UUID]] = {}
    judging: frozenset[str] = frozenset()
    ranked: frozenset[str] = frozenset()
    """Those of them that say how serious it is."""

    def same_child(self, one: Line, other: Line) -> bool:
        """Whether two entries are about the same child."""
        known = {mention for first in one.mentions for mention in {first, *self.people.get(first, ())}}
        return not known.isdisjoint(other.mentions)


class Window(NamedTuple):
    """A lowering that took effect: the proposal, the fact that says so, and the last day to challenge it."""

    proposal: UUID
    taken: Line
    until: date


def last_day(book: Rulebook, proposal: Line, agreed: datetime) -> date | None:
    """The last day to challenge what is agreed to at a moment, with effect; None where no rule gives any."""
    return max((day for rule in _rules(book, proposal) if (day := last_by(rule, agreed, book.calendar))), default=None)


def last_by(rule: Rule, agreed: datetime, calendar: Calendar) -> date | None:
    """The same by one rule."""
    value = value_on(rule.challenge.within, local_day(agreed, calendar)) if rule.challenge else None
    if value is None or value.term is None:
        return None
    return local_day(due_at(value.term, agreed, calendar) - INSTANT, calendar)


class Still(NamedTuple):
    """A lowering that can be challenged now, or is set aside, and then since when."""

    proposal: UUID
    until: date
    aside: datetime | None
    can: bool
    """Whether a challenge would still set it aside."""


def still(lines: Iterable[Line], day: date, now: datetime) -> list[Still]:
    """The lowerings among these lines that can be challenged with effect on a local day, or were, in ledger order."""
    given = list(lines)
    aside = set_aside(given, now)
    found = [Still(one.proposal, one.until, aside.get(one.proposal), day <= one.until) for one in windows(given)]
    return [one for one in found if one.can or one.aside]


def windows(lines: Iterable[Line]) -> list[Window]:
    """Every lowering among these lines that took effect and may, or might, be challenged."""
    taken = [line for line in lines if line.kind == LoweringTookEffect.kind and line.coded.get("until")]
    return [Window(line.regarding[0], line, date.fromisoformat(line.coded["until"])) for line in taken]


def moves(
    lines: Sequence[Line], adopted: Sequence[Adopted], now: datetime, case: Case | None = None
) -> Iterator[tuple[Window, bool]]:
    """The lowerings that have to be set aside (True) or to count again (False), as the challenges to them now stand.

    Each by the edition under which it took effect. Nothing is set aside once its last day has passed, also where a
    challenge that had ended is taken up again.
    """
    aside = set_aside(lines, now)
    for window in windows(lines):
        book, is_aside = in_force(adopted, window.taken.recorded_at), window.proposal in aside
        wanted = book is not None and _challenged(lines, book, window, now, case or Case())
        if wanted != is_aside and (is_aside or (book and local_day(now, book.calendar) <= window.until)):
            yield window, wanted


def _challenged(lines: Sequence[Line], book: Rulebook, window: Window, now: datetime, case: Case) -> bool:
    """Whether a challenge that was raised in time sets it aside. `lines` are whole threads round the lowering.

    It does until it has ended; and for good where the side that decided, or somebody outside, agreed with it. What was
    raised before it was even proposed does where it stood at the second signature: nothing is lowered past a challenge.
    """
    proposal = next(line for line in lines if line.id == window.proposal)
    told = {line.id: line for line in lines if line.kind == DisagreementRaised.kind}
    then = [line for line in lines if line.seq <= window.taken.seq]
    stood = {one.id for one in disputes(then, window.taken.recorded_at) if one.standing}
    return any(
        (one.state in (OPEN, ANSWERED) or one.agreed)
        and (told[one.id].seq > proposal.seq or one.id in stood)
        and _in_time(told[one.id], proposal, window, book)
        and _is_about(one, told[one.id], window, lines, case)
        for one in disputes(lines, now)
    )


def _in_time(raised: Line, proposal: Line, window: Window, book: Rulebook) -> bool:
    day = local_day(raised.recorded_at, book.calendar)
    by = [rule.challenge.by for rule in _rules(book, proposal) if rule.challenge]
    meant = any(matches(one, raised.kind, raised.coded, "in_effect") for one in by)
    return meant and day <= window.until


def _is_about(one: Dispute, raised: Line, window: Window, lines: Sequence[Line], case: Case) -> bool:
    """Whether it names the lowering, what answers that, what it answers at any remove, or a judgement it rests on.

    One that was raised later, and names another lowering, is about that other one only. While one stands that was
    raised before, nothing of the same case is lowered, by whatever way.
    """
    proposal = next(line for line in lines if line.id == window.proposal)
    above = upward(lines, proposal.regarding)
    own = above | {line.id for line in below(lines, proposal.id)}
    if not own.isdisjoint(one.about):
        return True
    others = {other.proposal for other in windows(lines)} if window.taken.seq < raised.seq else set()
    return others.isdisjoint(one.about) and not _rests_on(proposal, above, window, lines, case).isdisjoint(one.about)


def _rests_on(
    proposal: Line, above: Iterable[UUID], window: Window, lines: Sequence[Line], case: Case
) -> frozenset[UUID]:
    """The judgements among what answers the same as a lowering does; of a level also those elsewhere on the child."""
    near = {line.id for thread in below_each(lines, above) for line in thread}
    level = case.ranked if window.taken.coded.get("of_level") == "yes" else frozenset()
    return frozenset(
        line.id
        for line in lines
        if (line.kind in case.judging and line.id in near and (not line.mentions or case.same_child(proposal, line)))
        or (line.kind in level and case.same_child(proposal, line))
    )


def _rules(book: Rulebook, proposal: Line) -> list[Rule]:
    return [
        rule for rule in book.rules if rule.challenge and matches(rule.opens, proposal.kind, proposal.coded, "proposed")
    ]
