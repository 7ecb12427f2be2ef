"""The fold: from lines and rulebook to what is owed.

A rule opens a duty on a fact; only a recorded response that names that fact discharges it; the edition in force when
the duty arose stays the one it is judged by. Nothing else moves a clock: reading, reassigning and relabelling are not
looked at here at all.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID, uuid5

from onrecord.access.facts import ReadingStopped
from onrecord.duties.rules.law import Adopted, Law, Reading, Test
from onrecord.duties.rules.walls import behind, owing
from onrecord.ledger.rules.effect import ANSWERS, CORRECTED, Line, Standing, standing
from onrecord.rulebook.facts import Rule

SPACE = UUID("6f6e7265-636f-5264-8000-647574696573")
UNDOING = frozenset({ReadingStopped.kind})
"""What says that an answer did not last: from then on it answers nothing, and no clock has stood meanwhile."""
SETTLING = frozenset({*ANSWERS, CORRECTED, *UNDOING})
"""What decides which other facts count, and as what."""
OPEN, LATE, MET, MET_LATE, ENDED = "open", "late", "met", "met_late", "ended"


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
    wall: UUID | None = None
    """The report behind whose wall it stands; None for almost every duty."""

    @property
    def role(self) -> str:
        """The role that owes it."""
        return owing(self.rule, sealed=self.wall is not None).role

    @property
    def key(self) -> UUID:
        """The duty's own id: the same rule, fact and occurrence are the same duty, whoever computes it."""
        return key_of(self.rule.id, self.opening, self.occurrence)


@lru_cache(maxsize=4096)
def key_of(rule: str, opening: UUID, occurrence: int) -> UUID:
    """The id of a duty: a list asks for it several times."""
    return uuid5(SPACE, f"{rule}/{opening}/{occurrence}")


def fold(
    lines: Iterable[Line],
    adopted: Sequence[Adopted] | Law,
    as_at: datetime,
    known_at: datetime,
    closed: Collection[str] = (),
) -> list[Duty]:
    """Every duty that had arisen at `as_at`, as known at `known_at` (aware), by opening fact, rule and occurrence.

    `lines` must hold, with each fact that opens a duty, everything that answers it. Facts of the kinds in
    `closed` stand behind a wall until it is said that they are open.
    """
    law = adopted if isinstance(adopted, Law) else Law(adopted)
    given = [line for line in lines if line.recorded_at <= known_at]
    openers = law.openers({line.kind for line in given}, "in_effect")
    matters = openers | law.answering | SETTLING  # of a million lines most neither open nor answer anything
    counting = standing([line for line in given if line.kind in matters or line.proposed], known_at)
    answers = _answers(counting, law, as_at)
    recorded = _Recorded(given, known_at)
    duties: list[Duty] = []
    for line, since in counting:
        if line.kind in openers and (readings := law.opened_by(line, since, "in_effect")):
            answering = answers.get(line.id, ())
            for reading in readings:
                start = since if reading.clock == "recorded" else _start(reading, line, since, recorded)
                _occurrences(duties, reading, line, start, answering, as_at)
    proposed = [line for line in given if line.proposed]
    for line in proposed:
        for reading in law.opened_by(line, line.recorded_at, "proposed"):
            _occurrences(duties, reading, line, line.recorded_at, answers.get(line.id, ()), as_at)
    if proposed:
        duties.sort(key=attrgetter("opening_seq", "rule.id", "occurrence"))
    walls = behind(given, closed)
    if not walls:
        return duties
    return [_walled(duty, walls[duty.opening]) if duty.opening in walls else duty for duty in duties]


def _walled(duty: Duty, wall: UUID) -> Duty:
    """The same duty behind a wall: owed by another seat, due when it was due."""
    return duty._replace(wall=wall, owed_of=owing(duty.rule, sealed=True).of)


def _answers(counting: list[Standing], law: Law, as_at: datetime) -> Mapping[UUID, list[Standing]]:
    """What answers each fact, in the order in which it came to count; only kinds that some rule looks at."""
    found: dict[UUID, list[Standing]] = defaultdict(list)
    wanted, undone = law.answering, set[UUID]()
    for counted in counting:
        line = counted.line
        if line.kind in wanted:
            for target in line.regarding:
                found[target].append(counted)
        elif line.kind in UNDOING and counted.effective_at <= as_at:
            undone.update(line.regarding)
    for answers in found.values():
        if undone:
            answers[:] = [one for one in answers if one.line.id not in undone]
        if len(answers) > 1:
            answers.sort(key=_order)
    return found


class _Recorded:
    """When each fact came to count, looked up only if a rule asks."""

    def __init__(self, given: Sequence[Line], known_at: datetime) -> None:
        self._given, self._known_at = given, known_at

    @cached_property
    def at(self) -> Mapping[UUID, datetime]:
        return {line.id: since for line, since in standing(self._given, self._known_at)}


def _start(reading: Reading, line: Line, since: datetime, recorded: _Recorded) -> datetime:
    """From when the limit runs, for a rule that does not count from the recording of the fact itself.

    A date on which the rule had no limit opens no way out: then the limit runs from the recording.
    """
    if reading.clock == "happened":
        start = line.happened_at
    else:
        start = min((recorded.at[target] for target in line.regarding if target in recorded.at), default=since)
    return since if reading.within.due(start) is None else start


def _occurrences(
    found: list[Duty], reading: Reading, line: Line, start: datetime, answers: Sequence[Standing], as_at: datetime
) -> None:
    """Add the duty, and where it repeats, the next one each time it is done: one open at a time."""
    repeats, until, occurrence, after, within = reading.repeats, reading.until, 1, None, reading.within
    named = line
    while start <= as_at:
        due = within.due_by(start, named.coded.get(until), reading.grace) if until else within.due(start)
        if due is None:
            break
        done = _first(answers, reading.discharges, after, as_at) if answers else None
        end = _first(answers, reading.ends, after, as_at) if repeats else None
        if end and (not done or _order(end) < _order(done)):
            found.append(_duty(reading, line, occurrence, start, due, ENDED, end))
            break
        found.append(_duty(reading, line, occurrence, start, due, _state(due, done, as_at), done))
        if done is None or not repeats or end is done:
            break
        after, within, occurrence, start = _order(done), reading.every, occurrence + 1, done.effective_at
        named = done.line


def _first(
    answers: Sequence[Standing],
    wanted: Mapping[str, Sequence[Test]],
    after: tuple[datetime, int] | None,
    as_at: datetime,
) -> Standing | None:
    """The first recorded response, after the one that closed the last occurrence."""
    for counted in answers:
        tests = wanted.get(counted.line.kind)
        if tests and counted.effective_at <= as_at and (after is None or _order(counted) > after):
            for test in tests:
                if test(counted.line.coded):
                    return counted
    return None


def _order(counted: Standing) -> tuple[datetime, int]:
    return counted.effective_at, counted.line.seq


def _state(due: datetime, done: Standing | None, as_at: datetime) -> str:
    if done is None:
        return LATE if as_at >= due else OPEN
    return MET_LATE if done.effective_at >= due else MET


def _duty(
    reading: Reading,
    line: Line,
    occurrence: int,
    start: datetime,
    due: datetime,
    state: str,
    done: Standing | None,
) -> Duty:
    return Duty(
        reading.rule,
        reading.digest,
        line.id,
        line.seq,
        occurrence,
        start,
        due,
        state,
        done.effective_at if done else None,
        done.line.id if done else None,
        line.mentions,
        reading.owing(line),
    )
