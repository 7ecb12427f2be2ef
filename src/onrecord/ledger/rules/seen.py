"""What a page has looked up about one entry, once, for itself and for the panels that later stages add to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from onrecord.ledger.facts import Entry
from onrecord.ledger.rules.corrections import PutRight, fixes_of, put_right
from onrecord.ledger.rules.effect import Line, below


@dataclass(frozen=True)
class Seen:
    """An entry, the lines round it that the viewer may know of, and those of them that were opened.

    `people` is everybody judged to be the child whom the entry names. What one panel of the page looked up about it is
    `shared` with the next.
    """

    root: UUID
    lines: Sequence[Line]
    opened: Mapping[UUID, Entry]
    people: frozenset[UUID] = frozenset()
    shared: dict[str, Any] = field(default_factory=dict, compare=False)

    @property
    def thread(self) -> list[Line]:
        """The line of the entry, first, and of everything that answers it."""
        return below(self.lines, self.root)

    @property
    def of_child(self) -> list[Line]:
        """The lines about the child, under whatever mention, and of everything that answers them."""
        return under(self.lines, self.people)

    def right(self, uid: UUID, known_at: datetime) -> PutRight:
        """One of the opened entries as it stands now. Its corrections were opened with it."""
        return put_right(self.opened[uid], fixes_of(self.lines, known_at), self.opened)


def under(lines: Sequence[Line], mentions: frozenset[UUID]) -> list[Line]:
    """Those lines, given in ledger order, that are about these mentions, and everything among them that answers one."""
    found: set[UUID] = set()
    kept = []
    for line in lines:
        if mentions.intersection(line.mentions) or found.intersection(line.regarding):
            found.add(line.id)
            kept.append(line)
    return kept
