"""The fold: from lines and rulebook to what is owed.

A rule opens a duty on a fact; only a recorded response that names that fact discharges it; the edition in force when
the duty arose stays the one it is judged by. Nothing else moves a clock: reading, reassigning and relabelling are not
looked at here at all.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache, partial
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID, uuid5

from onrecord.access.facts import ReadingStopped
from onrecord.duties.rules.again import Move, due_again, moves
from onrecord.duties.rules.arisen import Sorts, nobody, put_right_at, theirs
from onrecord.duties.rules.around import Around
from onrecord.duties.rules.law import Adopted, Law, Reading, local_day_of
from onrecord.duties.rules.quorum import CHECKED
from onrecord.duties.rules.walls import behind, owing
from onrecord.ledger.rules.effect import (
    ANSWERS,
    CORRECTED,
    KIND,
    SETTING_ASIDE,
    SINCE,
    Line,
    Standing,
    standing,
)
from onrecord.rulebook.facts import Rule

SPACE = UUID("6f6e7265-636f-5264-8000-647574696573")
UNDOING = frozenset({ReadingStopped.kind})
"""What says that an answer did not last: from then on it answers nothing, and no clock has stood meanwhile."""
SETTLING = frozenset({*ANSWERS, *SETTING_ASIDE, CORRECTED, CHECKED, *UNDOING})
"""What decides which other facts count, and as what."""
OPEN, LATE, MET, MET_LATE, ENDED = "open", "late", "met", "met_late", "ended"


class Duty(NamedTuple):
    """One occurrence of something owed: the rule that one fact opened, in which round, and what became of it."""

    reading: Reading
    line: Line
    occurrence: int
    started_at: datetime
    due_at: datetime
    state: str
    closed_by: Standing | None
    """The response that discharged it, or ended it for good; None while it is open."""
    wall: UUID | None = None
    """The report behind whose wall it stands; None for almost every duty."""

    @property
    def rule(self) -> Rule:
        """The rule that says so."""
        return self.reading.rule

    @property
    def edition(self) -> str:
        """The digest of the edition that it is judged by."""
        return self.reading.digest

    @property
    def opening(self) -> UUID:
        """The id of the fact that opened it."""
        return self.line.id

    @property
    def opening_seq(self) -> int:
        """The number of that fact in the ledger."""
        return self.line.seq

    @property
    def mentions(self) -> tuple[UUID, ...]:
        """Whom it is about."""
        return self.line.mentions

    @property
    def done_at(self) -> datetime | None:
        """When the response that closed it came to count."""
        return self.closed_by.effective_at if self.closed_by else None

    @property
    def done_by(self) -> UUID | None:
        """The id of that response."""
        return self.closed_by.line.id if self.closed_by else None

    @property
    def undone(self) -> bool:
        """Whether it was answered by what says that what is owed is never done."""
        return self.closed_by is not None and self.state != ENDED and self.reading.only_by_two(self.closed_by.line)

    @property
    def over(self) -> bool:
        """Whether it comes back no more, because two agreed to what closed it."""
        return self.closed_by is not None and self.reading.ended_only_by_two(self.closed_by.line)

    @property
    def role(self) -> str:
        """The role that owes it."""
        return owing(self.rule, sealed=self.wall is not None).role

    @property
    def owed_of(self) -> str:
        """Who owes it: an agency's id for `recording` rules, else a sort of agency."""
        return owing(self.rule, sealed=True).of if self.wall is not None else self.reading.owing(self.line)

    @property
    def key(self) -> UUID:
        """The duty's own id: the same rule, fact and occurrence are the same duty, whoever computes it."""
        return key_of(self.rule.id, self.opening, self.occurrence)


_duty: Callable[[tuple[object, ...]], Duty] = partial(tuple.__new__, Duty)
"""A duty of its values, in order: there are half a million to make, and by name each takes twice as long."""


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
    asked: UUID | None = None,
    sorts: Sorts = nobody,
) -> list[Duty]:
    """Every duty that had arisen at `as_at`, as known at `known_at` (aware), by opening fact, rule and occurrence.

    `lines` must hold, with each fact that opens a duty, everything that answers it. Facts of the kinds in
    `closed` stand behind a wall until it is said that they are open. `asked` is taken as if two had agreed to it.
    `sorts` tells the sort of each agency, so that whoever owes what arose later may have answered it before.
    """
    law = adopted if isinstance(adopted, Law) else Law(adopted)
    given = [line for line in lines if line.recorded_at <= known_at]
    kinds = set(map(KIND, given))
    openers = law.openers(kinds, "in_effect")
    matters = openers | law.answering | SETTLING  # of a million lines most neither open nor answer anything
    mattering = [line for line in given if line.kind in matters or line.proposed]
    counting = standing(mattering, known_at)
    answers = _answers(counting, law, as_at)
    aside = {} if SETTING_ASIDE.isdisjoint(kinds) else moves(mattering, known_at)
    known, later = Around(given, counting, as_at, known_at, asked), put_right_at(counting) if CORRECTED in kinds else {}
    duties: list[Duty] = []
    for line, since in counting:
        if line.kind in openers and (readings := law.opened_by(line, since, "in_effect")):
            said, today = answers.get(line.id.int, ()), local_day_of(since)
            arises_later = bool(said) and (line.proposed or line.id in later)
            for reading in readings:
                start = since if reading.clock == "recorded" else _start(reading, line, since, known)
                day = today if start is since else local_day_of(start)
                answering = theirs(reading, known.by_id[line.id], since, later, said, sorts) if arises_later else said
                _occurrences(duties, reading, line, start, day, answering, as_at, known)
                if aside and line.id.int in aside:
                    _stand_again(duties, reading, line, aside[line.id.int], as_at, known)
    proposed = [line for line in mattering if line.proposed]
    for line in proposed:
        start, answering = line.recorded_at, answers.get(line.id.int, ())
        for reading in law.opened_by(line, start, "proposed"):
            _occurrences(duties, reading, line, start, local_day_of(start), answering, as_at, known)
    if proposed:
        duties.sort(key=attrgetter("opening_seq", "rule.id", "occurrence"))
    walls = behind(given, closed)
    return [duty._replace(wall=walls.get(duty.opening)) for duty in duties] if walls else duties


def _answers(counting: list[Standing], law: Law, as_at: datetime) -> Mapping[int, list[Standing]]:
    """What answers each fact by `as_at`, in the order in which it came to count; only kinds that some rule looks at.

    By the number of the fact's id: an id works its hash out anew each time it is asked for.
    """
    found: dict[int, list[Standing]] = defaultdict(list)
    wanted, undone = law.answering, set[UUID]()
    for counted in sorted(counting, key=SINCE):  # of what counts from the same moment, the ledger's order is kept
        line, since = counted
        if since > as_at:
            break
        if line.kind in wanted:
            for target in line.regarding:
                found[target.int].append(counted)
        elif line.kind in UNDOING:
            undone.update(line.regarding)
    for answers in found.values() if undone else ():
        answers[:] = [one for one in answers if one.line.id not in undone]
    return found


def _stand_again(
    found: list[Duty], reading: Reading, line: Line, moved: Sequence[Move], as_at: datetime, known: Around
) -> None:
    """Give the last duty of this rule the time that was left, if its answer was set aside: nobody was late till then.

    One that was never answered is due when it was.
    """
    if not found or found[-1].line is not line or found[-1].reading is not reading or found[-1].closed_by:
        return
    last, before = found[-1], found[-2].closed_by if found[-1].occurrence > 1 else None
    limit = reading.every if before else reading.within
    answers = [one for one in moved if known.answers(reading, line, one.line, before.line if before else None)]
    again = due_again(limit, last.due_at, answers, named=bool(reading.until))
    if again != last.due_at:
        found[-1] = last._replace(due_at=again, state=_state(again, None, as_at))


def _start(reading: Reading, line: Line, since: datetime, known: Around) -> datetime:
    """From when the limit runs, for a rule that does not count from the recording of the fact itself.

    A date on which the rule had no limit opens no way out: then the limit runs from the recording.
    """
    if reading.clock == "happened":
        start = line.happened_at
    elif reading.clock == "first":
        start = known.first_of(reading, line, since)
    else:
        start = min((known.at[target] for target in line.regarding if target in known.at), default=since)
    return since if reading.within.due(start, local_day_of(start)) is None else start


def _occurrences(
    found: list[Duty],
    reading: Reading,
    line: Line,
    start: datetime,
    day: date,
    answers: Sequence[Standing],
    as_at: datetime,
    known: Around,
) -> None:
    """Add the duty, and where it repeats, the next one each time it is done: one open at a time."""
    repeats, until, occurrence, named, within = reading.repeats, reading.until, 1, line, reading.within
    while start <= as_at:
        due = within.due_by(start, day, named.coded.get(until), reading.grace) if until else within.due(start, day)
        if due is None:
            break
        before = None if named is line else named
        done = (
            next((one for one in answers if known.answers(reading, line, one.line, before)), None) if answers else None
        )
        end = _first(answers, reading, known.asked) if repeats else None
        if end and (not done or _order(end) < _order(done)):
            found.append(_duty((reading, line, occurrence, start, due, ENDED, end, None)))
            break
        found.append(_duty((reading, line, occurrence, start, due, _state(due, done, as_at), done, None)))
        if done is None or not repeats or end is done:
            break
        named, start = done
        answers = [later for later in answers if _order(later) > _order(done)]
        occurrence, day, within = occurrence + 1, local_day_of(start), reading.every


def _first(answers: Sequence[Standing], reading: Reading, asked: UUID | None) -> Standing | None:
    """The first response by which a duty that comes back is ended."""
    return next((counted for counted in answers if reading.ended_by(counted.line, asked)), None)


def _order(counted: Standing) -> tuple[datetime, int]:
    return counted.effective_at, counted.line.seq


def _state(due: datetime, done: Standing | None, as_at: datetime) -> str:
    if done is None:
        return LATE if as_at >= due else OPEN
    return MET_LATE if done.effective_at >= due else MET
