"""How a child can be reached without danger, as it stands now. It opens what is sealed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onrecord.case.facts import ChildPlaced, SafeContactSet
from onrecord.case.rules import must_not_know
from onrecord.intake.facts import ReportReceived
from onrecord.ledger.facts import Entry
from onrecord.ledger.rules.corrections import PutRight, put_right
from onrecord.ledger.rules.effect import Line, standing

KINDS = frozenset({SafeContactSet.kind, ChildPlaced.kind, ReportReceived.kind})
"""What says who must not know."""


@dataclass(frozen=True)
class Contact:
    """The safe contact in force, if one was set; everybody who must not know; what reports say of that.

    `asked` is how a child who wrote here themselves asked to be reached, in their words; `thought_safe` how whoever
    else reported thinks that the child can be; `never_where` are those who must not know where a child lives who was
    placed.
    """

    newest: PutRight | None
    must_not_know: tuple[str, ...]
    said_in_reports: tuple[str, ...]
    asked: tuple[str, ...] = ()
    never_where: tuple[str, ...] = ()
    thought_safe: tuple[str, ...] = ()

    @property
    def fact(self) -> SafeContactSet | None:
        """What was set last; None while nothing was."""
        fact = self.newest.entry.saying.fact if self.newest else None
        return fact if isinstance(fact, SafeContactSet) else None

    @property
    def known_safe(self) -> bool:
        """Whether somebody asked, and a safe way was found."""
        return self.fact is not None and self.fact.how != "none"


def contact_ids(lines: Iterable[Line], known_at: datetime) -> list[UUID]:
    """The entries in effect that say something about it, in the order in which they took effect."""
    counting = [made for made in standing(lines, known_at) if made.line.kind in KINDS]
    return [line.id for line, _ in sorted(counting, key=lambda made: (made.effective_at, made.line.seq))]


def contact_from(wanted: Iterable[UUID], fixes: Mapping[UUID, list[UUID]], opened: Mapping[UUID, Entry]) -> Contact:
    """The contact that these entries amount to, once they are opened."""
    made = [put_right(opened[uid], fixes, opened) for uid in wanted]
    contacts = [one for one in made if isinstance(one.entry.saying.fact, SafeContactSet)]
    placed = [one.entry.saying.fact for one in made if isinstance(one.entry.saying.fact, ChildPlaced)]
    reports = [one.entry.saying.fact for one in made if isinstance(one.entry.saying.fact, ReportReceived)]
    told = [fact.must_not_know for fact in reports if fact.must_not_know]
    asked = (
        part for fact in reports if fact.said_by == "child" for part in (fact.spoken("reach"), fact.reach_how) if part
    )
    return Contact(
        contacts[-1] if contacts else None,
        tuple(must_not_know(one.entry for one in contacts)),
        tuple(dict.fromkeys(told)),
        tuple(dict.fromkeys(asked)),
        placed[-1].must_not_know if placed else (),
        tuple(dict.fromkeys(fact.child_reach for fact in reports if fact.child_reach)),
    )
