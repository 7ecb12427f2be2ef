"""The fold: from lines and rulebook to what is owed.

A rule opens a duty on a fact; only a recorded response that names that fact discharges it; the edition in force when
the duty arose stays the one it is judged by. Nothing else moves a clock: reading, reassigning and relabelling are not
looked at here at all.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid5

from onrecord.ledger.rules.effect import Line, Standing, standing
from onrecord.rulebook.facts import ANY, RECORDING, Match, Rule, Rulebook, Value
from onrecord.rulebook.rules import due_at, local_day, matches, value_on

SPACE = UUID("6f6e7265-636f-5264-8000-647574696573")
OPEN, LATE, MET, MET_LATE, ENDED = "open", "late", "met", "met_late", "ended"


class Adopted(NamedTuple):
    """An edition, and when it was adopted."""

    at: datetime
    rulebook: Rulebook


class Duty(NamedTuple):
    """One occurrence of something owed. `owed_of` is an agency's id for `recording` rules, else a sort of agency."""

    rule: Rule
    edition: str
    opening: UUID
    opening_seq: int
    occurrence: int
    started_at: datetime
    due_at: datetime
    state: str
    done_at: datetime | None
    done_by: UUID | None
    mentions: tuple[UUID, ...]
    owed_of: str

    @property
    def key(self) -> UUID:
        """The duty's own id: the same rule, fact and occurrence are the same duty, whoever computes it."""
        return uuid5(SPACE, f"{self.rule.id}/{self.opening}/{self.occurrence}")


def in_force(adopted: Sequence[Adopted], moment: datetime) -> Rulebook | None:
    """The edition in force at a moment: the last one adopted by then."""
    return next((made.rulebook for made in reversed(adopted) if made.at <= moment), None)


def fold(lines: Iterable[Line], adopted: Sequence[Adopted], as_at: datetime, known_at: datetime) -> list[Duty]:
    """Every duty that had arisen at `as_at`, as known at `known_at` (aware), by opening fact, rule and occurrence.

    `lines` must hold, with each fact that opens a duty, everything that answers it.
    """
    given = list(lines)
    counting = standing(given, known_at)
    answers = _answers(counting)
    recorded = {line.id: since for line, since in counting}
    index = _Index(adopted)
    duties: list[Duty] = []
    for line, since in counting:
        for edition, rule in index.opened_by(line, since, "in_effect"):
            start = _start(rule, line, since, recorded)
            duties += _occurrences(rule, edition, line, start, answers.get(line.id, ()), as_at)
    for line in given:
        if line.proposed and line.recorded_at <= known_at:
            for edition, rule in index.opened_by(line, line.recorded_at, "proposed"):
                duties += _occurrences(rule, edition, line, line.recorded_at, answers.get(line.id, ()), as_at)
    return sorted(duties, key=lambda duty: (duty.opening_seq, duty.rule.id, duty.occurrence))


class _Index:
    """The rules of each edition by the kind that opens them."""

    def __init__(self, adopted: Sequence[Adopted]) -> None:
        self.adopted = sorted(adopted, key=lambda made: made.at)
        self.by_kind: list[dict[str, list[Rule]]] = []
        for made in self.adopted:
            rules: dict[str, list[Rule]] = defaultdict(list)
            for rule in made.rulebook.rules:
                rules[rule.opens.kind].append(rule)
            self.by_kind.append(rules)

    def opened_by(self, line: Line, moment: datetime, how: str) -> Iterator[tuple[Rulebook, Rule]]:
        place = len(self.adopted) - 1
        while place >= 0 and self.adopted[place].at > moment:
            place -= 1
        if place < 0:
            return
        rules = self.by_kind[place]
        for rule in (*rules.get(line.kind, ()), *rules.get(ANY, ())):
            if matches(rule.opens, line.kind, line.coded, how):
                yield self.adopted[place].rulebook, rule


def _answers(counting: list[Standing]) -> dict[UUID, list[Standing]]:
    """What answers each fact, in the order in which it came to count."""
    found: dict[UUID, list[Standing]] = defaultdict(list)
    for counted in counting:
        for target in counted.line.regarding:
            found[target].append(counted)
    for answers in found.values():
        answers.sort(key=lambda counted: (counted.effective_at, counted.line.seq))
    return found


def _start(rule: Rule, line: Line, since: datetime, recorded: Mapping[UUID, datetime]) -> datetime:
    """From when the limit runs: the rule says."""
    if rule.clock == "happened":
        return line.happened_at
    if rule.clock == "regarded":
        return min((recorded[target] for target in line.regarding if target in recorded), default=since)
    return since


def _occurrences(
    rule: Rule, edition: Rulebook, line: Line, start: datetime, answers: Sequence[Standing], as_at: datetime
) -> Iterator[Duty]:
    """The duty, and where it repeats, the next one each time it is done: one open at a time."""
    values: Sequence[Value] = rule.within
    occurrence: int = 1
    after: tuple[datetime, int] | None = None
    while start <= as_at:
        value = value_on(values, local_day(start, edition.calendar))
        if value is None or value.term is None:
            return
        due = due_at(value.term, start, edition.calendar)
        done = _first(answers, rule.discharged_by, after, as_at)
        end = _first(answers, rule.repeats.ended_by, after, as_at) if rule.repeats else None
        if end and (not done or _order(end) < _order(done)):
            yield _duty(rule, edition, line, occurrence, start, due, ENDED, end)
            return
        state = _state(due, done, as_at)
        yield _duty(rule, edition, line, occurrence, start, due, state, done)
        if done is None or rule.repeats is None:
            return
        after, values, occurrence = _order(done), rule.repeats.every, occurrence + 1
        start = done.effective_at


def _first(
    answers: Sequence[Standing], wanted: Sequence[Match], after: tuple[datetime, int] | None, as_at: datetime
) -> Standing | None:
    """The first recorded response, after the one that closed the last occurrence."""
    for counted in answers:
        if (after is None or _order(counted) > after) and counted.effective_at <= as_at:
            line = counted.line
            if any(matches(match, line.kind, line.coded, "in_effect") for match in wanted):
                return counted
    return None


def _order(counted: Standing) -> tuple[datetime, int]:
    return counted.effective_at, counted.line.seq


def _state(due: datetime, done: Standing | None, as_at: datetime) -> str:
    if done is None:
        return LATE if as_at >= due else OPEN
    return MET_LATE if done.effective_at >= due else MET


def _duty(
    rule: Rule,
    edition: Rulebook,
    line: Line,
    occurrence: int,
    start: datetime,
    due: datetime,
    state: str,
    done: Standing | None,
) -> Duty:
    owed_of = line.agency if rule.owed_by.of == RECORDING else rule.owed_by.of
    done_at, done_by = (done.effective_at, done.line.id) if done else (None, None)
    opened = (line.id, line.seq, occurrence, start, due, state, done_at, done_by)
    return Duty(rule, edition.digest, *opened, line.mentions, owed_of)
