"""Who said that two mentions are one child, or are not: shown to the front door that decides, beside what it moves."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onrecord.access.queries import called
from onrecord.ledger.rules.effect import Line, standing
from onrecord.linkage.facts import LinkJudged
from onrecord.linkage.queries import clusters

SAME, DIFFERENT = "same", "different"


@dataclass(frozen=True)
class Judges:
    """The last word on each mention that a child was held to, and on each that is kept apart all the same."""

    last: Mapping[UUID, Line]
    apart: Mapping[UUID, Line]
    """By a mention that was judged the same child: the "different" because of which it is not joined."""

    @property
    def people(self) -> set[str]:
        """Who they are, by sign-in name."""
        return {line.by for line in (*self.last.values(), *self.apart.values())}


def judges(child: UUID, people: Collection[UUID], lines: Iterable[Line], now: datetime) -> Judges:
    """Who judged a child and others, among the lines about `people`: the child, and everybody judged to be it."""
    said: dict[frozenset[UUID], Line] = {}
    for line, _ in standing((line for line in lines if line.kind == LinkJudged.kind), now):
        said[frozenset(line.mentions)] = line
    last = {other: line for pair, line in said.items() if child in pair for other in pair - {child}}
    loose = [other for other, line in last.items() if line.coded["verdict"] == SAME and other not in people]
    groups = clusters(loose) if loose else {}
    parting = [(pair, line) for pair, line in said.items() if line.coded["verdict"] == DIFFERENT]
    found = ((other, line) for other in loose for pair, line in parting if pair & set(people) and pair & groups[other])
    return Judges(last, dict(found))


def in_words(line: Line | None, people: Mapping[str, str]) -> str:
    """Who said it, of which agency; "" where nobody did. The day stands beside it. `people` are names."""
    return f"{people.get(line.by, line.by)}, {called(line.agency)}" if line else ""
