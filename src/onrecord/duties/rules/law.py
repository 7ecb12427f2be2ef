"""The adopted editions, made ready to be read a million times: the same answers as `rulebook.rules.matches`, sooner."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.rules.effect import Line
from onrecord.rulebook.facts import ANY, NAMED, RECORDING, Calendar, Match, Rule, Rulebook, Term, Value
from onrecord.rulebook.rules import due_by, due_on, due_with_what_is_left, took_part, value_on

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
        self._by_day: dict[date, datetime | timedelta | None] = {}

    def due(self, start: datetime, day: date) -> datetime | None:
        """When a limit that starts at a moment, on its local day, ends; None on a day without a limit."""
        try:
            found = self._by_day[day]
        except KeyError:
            found = self._by_day[day] = self._on(start, day)
        return start.astimezone(UTC) + found if isinstance(found, timedelta) else found

    def due_by(self, start: datetime, day: date, named: object, grace: Term | None) -> datetime | None:
        """The same, or by a day (ISO) that was named, where that comes sooner. No day puts a limit off."""
        due = self.due(start, day)
        if due is None or not isinstance(named, str):
            return due
        return min(due, due_by(date.fromisoformat(named), grace, self._calendar))

    def again(self, closed: datetime, due: datetime, moment: datetime, *, named: bool) -> datetime:
        """When what was due at `due` is, if it was answered from `closed` until a moment: in the time that was left."""
        value = value_on(self._values, local_day_of(moment))
        if value is None or value.term is None:
            return due
        return due_with_what_is_left(value.term, closed, due, moment, self._calendar, named=named)

    def _on(self, start: datetime, day: date) -> datetime | timedelta | None:
        """The end of the limit where it is the same for the whole day, else how long it is."""
        value = value_on(self._values, day)
        if value is None or value.term is None:
            return None
        if value.term.hours is not None:
            return timedelta(hours=value.term.hours)
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
        self.discharges = _by_kind([match for match in rule.discharged_by if not (match.by_two or match.vouched)])
        self.if_vouched = _by_kind([match for match in rule.discharged_by if match.vouched])
        self.by_two = _by_kind([match for match in rule.discharged_by if match.by_two])
        ended_by = rule.repeats.ended_by if rule.repeats else ()
        self.ends = _by_kind(ended_by)
        self.ends_by_one = _by_kind([match for match in ended_by if not match.by_two])
        self.owed_of = "" if rule.owed_by.of in (RECORDING, NAMED) else rule.owed_by.of
        self.named_in = rule.owed_by.named_in

    def answers(self, line: Line, asked: UUID | None = None) -> bool:
        """Whether a fact that counts is an answer. What takes two to agree to was proposed, or is `asked`."""
        return _is(self.discharges, line) or ((line.proposed or line.id == asked) and _is(self.by_two, line))

    def answers_if_vouched(self, line: Line) -> bool:
        """Whether a fact is an answer once another agency that took part has said that it is so."""
        return bool(self.if_vouched) and _is(self.if_vouched, line)

    def only_by_two(self, line: Line) -> bool:
        """Whether it is an answer after which what is owed is never done."""
        return _is(self.by_two, line) and not _is(self.discharges, line)

    def ended_by(self, line: Line, asked: UUID | None = None) -> bool:
        """Whether a fact that counts ends it for good: what takes two to agree to was proposed, or is `asked`."""
        return _is(self.ends_by_one, line) or ((line.proposed or line.id == asked) and _is(self.ends, line))

    def ended_only_by_two(self, line: Line) -> bool:
        """Whether it ends for good what comes back, and only because two agree."""
        return _is(self.ends, line) and not _is(self.ends_by_one, line)

    def owing(self, line: Line) -> str:
        """The agency, or the sort of agency, that owes what this line opens."""
        return self.owed_of or (line.coded.get(self.named_in) if self.named_in else None) or line.agency


class Openings:
    """The rules of one edition that facts of one kind may open, found by those codes alone that the rules look at."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        """Take the rules, in the order in which what they open is told."""
        self._readings = sorted(readings, key=lambda reading: reading.rule.id)
        looked_at = [(*made.rule.opens.where, *made.rule.opens.unless) for made in readings]
        self._fields = tuple(dict.fromkeys(name for names in looked_at for name in names))
        self._by_codes: dict[tuple[Any, ...], list[Reading]] = {}

    def by(self, coded: Mapping[str, Any]) -> list[Reading]:
        """The rules that a fact with these codes opens."""
        if not self._fields:
            return self._readings
        codes = tuple([coded.get(name) for name in self._fields])
        try:
            return self._by_codes[codes]
        except KeyError:
            found = self._by_codes[codes] = self._opened(coded)
            return found
        except TypeError:  # several codes in one field: nothing can be kept under a list
            return self._opened(coded)

    def _opened(self, coded: Mapping[str, Any]) -> list[Reading]:
        return [reading for reading in self._readings if reading.opens(coded)]


class Law:
    """Every adopted edition, by the kind of fact that opens its rules."""

    def __init__(self, adopted: Sequence[Adopted]) -> None:
        """Make every edition ready."""
        in_order = sorted(adopted, key=lambda made: made.at)
        every = [(made.at, [Reading(made.rulebook, rule) for rule in made.rulebook.rules]) for made in in_order]
        readings = [reading for _, found in every for reading in found]
        self._adopted = in_order
        self._editions = [(at, _openings(found)) for at, found in reversed(every)]
        self._opening = frozenset((made.rule.opens.kind, made.rule.opens.standing) for made in readings)
        self.answering = frozenset(
            kind for made in readings for kind in (*made.discharges, *made.if_vouched, *made.by_two, *made.ends)
        )

    def in_force(self, moment: datetime) -> Rulebook | None:
        """The edition in force at a moment."""
        return in_force(self._adopted, moment)

    def openers(self, kinds: Iterable[str], how: str) -> set[str]:
        """Those of some kinds for which any edition has a rule, in effect or proposed. Most kinds open nothing."""
        return {kind for kind in kinds if (kind, how) in self._opening or (ANY, how) in self._opening}

    def opened_by(self, line: Line, moment: datetime, how: str) -> list[Reading]:
        """The rules, of the edition in force at a moment, that this line opens: in effect, or proposed."""
        for at, openings in self._editions:
            if at <= moment:
                found = openings.get((line.kind, how)) or openings.get((ANY, how))
                return found.by(line.coded) if found else []
        return []


def in_force(adopted: Sequence[Adopted], moment: datetime) -> Rulebook | None:
    """The edition in force at a moment: the last one adopted by then."""
    return next((made.rulebook for made in reversed(adopted) if made.at <= moment), None)


def _openings(readings: Sequence[Reading]) -> dict[tuple[str, str], Openings]:
    """By kind and standing; what any kind opens stands with every kind that opens something of its own."""
    found: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    for made in readings:
        found[made.rule.opens.kind, made.rule.opens.standing].append(made)
    anyhow = {how: made for (kind, how), made in found.items() if kind == ANY}
    return {
        (kind, how): Openings(made if kind == ANY else [*made, *anyhow.get(how, ())])
        for (kind, how), made in found.items()
    }


def _by_kind(wanted: Sequence[Match]) -> Mapping[str, Test]:
    """For each kind, whether any of the matches means a fact with some codes."""
    found: dict[str, list[Test]] = defaultdict(list)
    for match in wanted:
        found[match.kind].append(_test(match))
    return {kind: tests[0] if len(tests) == 1 else _any(tests) for kind, tests in found.items()}


def _is(wanted: Mapping[str, Test], line: Line) -> bool:
    """Whether a line is one of those that are meant."""
    test = wanted.get(line.kind)
    return test is not None and (test is always or test(line.coded))


def _any(tests: Sequence[Test]) -> Test:
    return lambda coded: any(test(coded) for test in tests)


def _test(match: Match) -> Test:
    """Whether the codes of a fact are those that the rule means."""
    where, unless, together = tuple(match.where.items()), tuple(match.unless.items()), match.together
    if together is not None:
        others = _test(match.model_copy(update={"together": None}))
        return lambda coded: others(coded) and took_part(together, coded)
    if not where and not unless:
        return always
    if len(where) == 1 and not unless:
        ((field, wanted),) = where
        return lambda coded: coded.get(field) in wanted
    return lambda coded: (
        all(coded.get(name) in codes for name, codes in where)
        and not any(coded.get(name) in codes for name, codes in unless)
    )


def local_day_of(moment: datetime) -> date:
    """The local day on which a moment falls: every calendar keeps the time of London."""
    return moment.astimezone(HERE).date()


def always(coded: Mapping[str, Any]) -> bool:
    return True
