"""The adopted editions, made ready to be read a million times: the same answers as `rulebook.rules.matches`, sooner."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from onrecord.ledger.rules.effect import Line
from onrecord.rulebook.facts import ANY, NAMED, RECORDING, Calendar, Match, Rule, Rulebook, Term, Value
from onrecord.rulebook.rules import due_at, due_by, due_on, value_on

Test = Callable[[Mapping[str, Any]], bool]


class Adopted(NamedTuple):
    """An edition, and when it was adopted."""

    at: datetime
    rulebook: Rulebook


class Values:
    """Dated values of one edition. What ends at the end of a day is worked out once for each day a limit starts."""

    def __init__(self, values: Sequence[Value], calendar: Calendar) -> None:
        """Take the values of a rule, and the calendar they are counted by."""
        self._values, self._calendar = values, calendar
        self._by_day: dict[date, datetime | Term | None] = {}

    def due(self, start: datetime) -> datetime | None:
        """When a limit that starts at a moment (aware) ends, in UTC; None on a day without a limit."""
        day = local_day_of(start, self._calendar.timezone)
        try:
            found = self._by_day[day]
        except KeyError:
            found = self._by_day[day] = self._on(start, day)
        return due_at(found, start, self._calendar) if isinstance(found, Term) else found

    def due_by(self, start: datetime, day: object, grace: Term | None) -> datetime | None:
        """The same, or by a day (ISO) that was named, where that comes sooner. No day puts a limit off."""
        due = self.due(start)
        if due is None or not isinstance(day, str):
            return due
        return min(due, due_by(date.fromisoformat(day), grace, self._calendar))

    def _on(self, start: datetime, day: date) -> datetime | Term | None:
        """The end of the limit where it is the same for the whole day, else the limit itself."""
        value = value_on(self._values, day)
        if value is None or value.term is None or value.term.hours is not None:
            return value.term if value else None
        return due_on(value.term, start, day, self._calendar)


class Reading:
    """One rule of one edition, made ready."""

    def __init__(self, edition: Rulebook, rule: Rule) -> None:
        """Make ready what opens, discharges and ends it."""
        self.digest, self.rule, self.clock = edition.digest, rule, rule.clock
        self.until, self.grace, self.repeats = rule.until, rule.grace, rule.repeats is not None
        self.within = Values(rule.within, edition.calendar)
        self.every = Values(rule.repeats.every if rule.repeats else (), edition.calendar)
        self.opens = _test(rule.opens)
        self.discharges = _by_kind(rule.discharged_by)
        self.ends = _by_kind(rule.repeats.ended_by if rule.repeats else ())
        self.owed_of = "" if rule.owed_by.of in (RECORDING, NAMED) else rule.owed_by.of
        self.named_in = rule.owed_by.named_in

    def owing(self, line: Line) -> str:
        """The agency, or the sort of agency, that owes what this line opens."""
        return self.owed_of or (line.coded.get(self.named_in) if self.named_in else None) or line.agency


class Law:
    """Every adopted edition, by the kind of fact that opens its rules."""

    def __init__(self, adopted: Sequence[Adopted]) -> None:
        """Make every edition ready."""
        self._editions = [(made.at, _opening(made.rulebook)) for made in sorted(adopted, key=lambda made: made.at)]
        readings = [reading for _, rules in self._editions for found in rules.values() for reading in found]
        self.answering = frozenset(kind for made in readings for kind in (*made.discharges, *made.ends))

        self._kinds = {key for _, rules in self._editions for key in rules}

    def openers(self, kinds: Iterable[str], how: str) -> set[str]:
        """Those of some kinds for which any edition has a rule, in effect or proposed. Most kinds open nothing."""
        return {kind for kind in kinds if (kind, how) in self._kinds or (ANY, how) in self._kinds}

    def opened_by(self, line: Line, moment: datetime, how: str) -> list[Reading]:
        """The rules, of the edition in force at a moment, that this line opens: in effect, or proposed."""
        for at, rules in reversed(self._editions):
            if at <= moment:
                found = rules.get((line.kind, how), ()) or rules.get((ANY, how), ())
                return [reading for reading in found if reading.opens is _always or reading.opens(line.coded)]
        return []


def in_force(adopted: Sequence[Adopted], moment: datetime) -> Rulebook | None:
    """The edition in force at a moment: the last one adopted by then."""
    return next((made.rulebook for made in reversed(adopted) if made.at <= moment), None)


def _opening(edition: Rulebook) -> dict[tuple[str, str], list[Reading]]:
    found: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    for rule in edition.rules:
        found[rule.opens.kind, rule.opens.standing].append(Reading(edition, rule))
    for (kind, how), readings in found.items():
        if kind != ANY:
            readings += found.get((ANY, how), [])
            readings.sort(key=lambda reading: reading.rule.id)
    return dict(found)


def _by_kind(wanted: Sequence[Match]) -> Mapping[str, Sequence[Test]]:
    found: dict[str, list[Test]] = defaultdict(list)
    for match in wanted:
        found[match.kind].append(_test(match))
    return dict(found)


def _test(match: Match) -> Test:
    """Whether the codes of a fact are those that the rule means."""
    where, unless = tuple(match.where.items()), tuple(match.unless.items())
    if not where and not unless:
        return _always
    if len(where) == 1 and not unless:
        ((field, wanted),) = where
        return lambda coded: coded.get(field) in wanted
    return lambda coded: (
        all(coded.get(name) in codes for name, codes in where)
        and not any(coded.get(name) in codes for name, codes in unless)
    )


@lru_cache(maxsize=1024)
def local_day_of(moment: datetime, zone: str) -> date:
    """The local day on which a moment falls. Every rule that a fact opens asks for the same one."""
    return moment.astimezone(ZoneInfo(zone)).date()


def _always(coded: Mapping[str, Any]) -> bool:
    return True
