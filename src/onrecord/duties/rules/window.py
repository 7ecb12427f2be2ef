"""The time in which what two agreed to may be challenged with effect, and when a challenge sets it aside. Pure.

How long, and by whose word, stands in the rule that the proposal opened.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from onrecord.duties.facts import DisagreementRaised, LoweringTookEffect
from onrecord.duties.rules.challenge import ANSWERED, OPEN, Dispute, disputes
from onrecord.duties.rules.law import Adopted, in_force
from onrecord.ledger.rules.effect import Line, set_aside
from onrecord.rulebook.facts import Calendar, Rule, Rulebook
from onrecord.rulebook.rules import due_at, local_day, matches, value_on

INSTANT = timedelta(microseconds=1)


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


def moves(lines: Sequence[Line], adopted: Sequence[Adopted], now: datetime) -> Iterator[tuple[Window, bool]]:
    """The lowerings that have to be set aside (True) or to count again (False), as the challenges to them now stand.

    Each by the edition under which it took effect. Nothing is set aside once its last day has passed, also where a
    challenge that had ended is taken up again.
    """
    aside = set_aside(lines, now)
    for window in windows(lines):
        book, is_aside = in_force(adopted, window.taken.recorded_at), window.proposal in aside
        wanted = book is not None and _challenged(lines, book, window, now)
        if wanted != is_aside and (is_aside or (book and local_day(now, book.calendar) <= window.until)):
            yield window, wanted


def _challenged(lines: Sequence[Line], book: Rulebook, window: Window, now: datetime) -> bool:
    """Whether a challenge that was raised in time sets it aside. `lines` are whole threads round the lowering.

    It does until it has ended; and for good where the side that decided, or somebody outside, agreed with it.
    """
    proposal = next(line for line in lines if line.id == window.proposal)
    told = {line.id: line for line in lines if line.kind == DisagreementRaised.kind}
    return any(
        (one.state in (OPEN, ANSWERED) or one.agreed)
        and _in_time(told[one.id], proposal, window, book)
        and _is_about(one, proposal, lines)
        for one in disputes(lines, now)
    )


def _in_time(raised: Line, proposal: Line, window: Window, book: Rulebook) -> bool:
    day = local_day(raised.recorded_at, book.calendar)
    by = [rule.challenge.by for rule in _rules(book, proposal) if rule.challenge]
    meant = any(matches(one, raised.kind, raised.coded, "in_effect") for one in by)
    return meant and window.taken.seq < raised.seq and day <= window.until


def _is_about(one: Dispute, proposal: Line, lines: Sequence[Line]) -> bool:
    """Whether it names the lowering; or what that answers, and no other lowering of it."""
    if proposal.id in one.about:
        return True
    others = {window.proposal for window in windows(lines)}
    return others.isdisjoint(one.about) and not set(proposal.regarding).isdisjoint(one.about)


def _rules(book: Rulebook, proposal: Line) -> list[Rule]:
    return [
        rule for rule in book.rules if rule.challenge and matches(rule.opens, proposal.kind, proposal.coded, "proposed")
    ]
