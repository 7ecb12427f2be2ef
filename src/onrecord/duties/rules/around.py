"""What is known around a fact that opens a duty, looked up only where a rule asks. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from uuid import UUID

from onrecord.duties.rules.law import Reading, local_day_of
from onrecord.duties.rules.quorum import CHECKED, vouched
from onrecord.duties.rules.since import first_day, is_further, roots_of
from onrecord.ledger.rules.effect import CORRECTED, Line, Standing, standing

VOUCHING = frozenset({CHECKED, CORRECTED})
"""What decides whether another agency says that people met as it is written down."""


class Around:
    """What is known around an opening fact at `as_at`. `asked` is taken as agreed to by two."""

    def __init__(
        self,
        given: Sequence[Line],
        counting: Sequence[Standing],
        as_at: datetime,
        known_at: datetime,
        asked: UUID | None,
    ) -> None:
        """Keep what is given, and of that what counts; nothing is looked up yet."""
        self._given, self._counting, self._as_at, self._known_at, self.asked = given, counting, as_at, known_at, asked

    @cached_property
    def at(self) -> Mapping[UUID, datetime]:
        """When each fact came to count."""
        return {line.id: since for line, since in standing(self._given, self._known_at)}

    @cached_property
    def by_id(self) -> Mapping[UUID, Line]:
        """Each fact by its id."""
        return {line.id: line for line in self._given}

    def first_of(self, reading: Reading, line: Line, since: datetime) -> datetime:
        """When the first came to count of an unbroken row of facts that open the same, each in place of the last."""
        same = {one.line.id: one for one in self._counting if one.line.kind == line.kind}
        before: Standing | None = Standing(line, since)
        while before:
            line, since = before
            earlier = (same[target] for target in line.regarding if target in same)
            before = next((one for one in earlier if reading.opens(one.line.coded)), None)
        return since

    @cached_property
    def _vouching(self) -> Mapping[UUID, list[Line]]:
        found: dict[UUID, list[Line]] = {}
        for line, since in self._counting:
            for target in line.regarding if line.kind in VOUCHING and since <= self._as_at else ():
                found.setdefault(target, []).append(line)
        return found

    def answers(self, reading: Reading, opening: Line, line: Line, before: Line | None) -> bool:
        """Whether a step, by its codes and by when it was taken, answers what a line opened, after another answer."""
        if not (reading.answers(line, self.asked) or (reading.answers_if_vouched(line) and self._vouched(line))):
            return False
        if line.happened_at >= opening.recorded_at:  # so it is of almost everything, and nothing more is looked up
            return is_further(line, before)
        first = first_day(reading.rule, opening, roots_of(opening, self.by_id))
        return local_day_of(line.happened_at) >= first and is_further(line, before)

    def _vouched(self, line: Line) -> bool:
        return vouched(self._vouching.get(line.id, ()), line, line)
