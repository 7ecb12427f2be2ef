"""What a saying is weighed among, as far as somebody may know: looked up once and opened once, and handed on."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from onrecord.access.queries import behind_wall
from onrecord.access.rules import Viewer
from onrecord.duties.rules.born import born_by
from onrecord.ledger.facts import Corrected, Entry, Saying
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.queries import entries, hanging
from onrecord.ledger.rules.effect import Line
from onrecord.linkage.facts import LinkJudged
from onrecord.linkage.queries import clusters, clusters_if

Moved = tuple[frozenset[UUID], frozenset[UUID]]


class Whom(NamedTuple):
    """Everybody judged to be one of whom a saying is about, or who would be: and as whom it would move them."""

    people: frozenset[UUID]
    about: frozenset[UUID] = frozenset()
    moved: frozenset[Moved] = frozenset()


@dataclass(frozen=True)
class Among:
    """The lines that weigh, in ledger order, and the entries of which the words weigh too, opened."""

    kind: str
    whom: Whom
    regarding: tuple[UUID, ...]
    lines: list[Line]
    puts_right: str = ""
    opened: Mapping[UUID, Entry] = field(default_factory=dict)

    @property
    def children(self) -> frozenset[UUID]:
        """Whose birth date it is: also of a report that is closed to whoever made it and puts it right."""
        return self.whom.people | self.whom.about

    def of(self, people: Collection[UUID]) -> list[Line]:
        """The lines about these people, and of everything that answers any of them."""
        wanted, found = set(people), set[UUID]()
        for line in self.lines:
            if not (wanted.isdisjoint(line.mentions) and found.isdisjoint(line.regarding)):
                found.add(line.id)
        return [line for line in self.lines if line.id in found]

    def to_open(self, now: datetime) -> set[UUID]:
        """What has to be opened to weigh it: of who is who, and of another birth date."""
        if self.whom.moved:
            return born_by(self.lines, self.whom.people, now) | {line.id for line in self.lines if guarded(line)}
        if self.kind == Corrected.kind and self.puts_right == "child":
            return born_by(self.lines, self.children, now, self.regarding)
        return set()


def guarded(line: Line) -> frozenset[str]:
    """The warnings of an entry of which only its words tell whether they were left out."""
    return frozenset(catalogue()[line.kind].guarded - line.coded.keys())


def whom_of(kind: str, about: Iterable[UUID], verdict: str) -> Whom:
    """Whom a saying of a kind is about. `verdict` is what it judges of two, where it does."""
    both = tuple(about)
    if kind != LinkJudged.kind or len(both) != 2:
        return Whom(frozenset(mention for same in clusters(both).values() for mention in same), frozenset(both))
    before, after = clusters_if(both[0], both[1], verdict)
    moved = frozenset((before[one], after[one]) for one in before if before[one] != after[one])
    return Whom(frozenset(both).union(*(people for pair in moved for people in pair)), frozenset(both), moved)


def gathered(kind: str, whom: Whom, regarding: Iterable[UUID], closed: Collection[UUID], puts_right: str = "") -> Among:
    """What a saying is weighed among, without whoever is closed to somebody. It asks once, and opens nothing."""
    seen, targets = whom._replace(people=whom.people.difference(closed)), tuple(regarding)
    return Among(kind, seen, targets, hanging(targets, seen.people), puts_right)


def among(viewer: Viewer, saying: Saying, now: datetime) -> Among:
    """The same for something that is being said, opened."""
    fact = saying.fact
    whom = whom_of(fact.kind, saying.about, fact.verdict if isinstance(fact, LinkJudged) else "")
    puts_right = fact.field if isinstance(fact, Corrected) else ""
    made = gathered(fact.kind, whom, saying.regarding, behind_wall(viewer, whom.people), puts_right)
    return replace(made, opened={one.id: one for one in entries(made.to_open(now))})
