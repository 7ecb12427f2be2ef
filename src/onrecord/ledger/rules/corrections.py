"""What was put right: the corrected fact stands first, and what was first said stays beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from onrecord.ledger.facts import Entry, Person, Saying
from onrecord.ledger.rules.answers import answers
from onrecord.ledger.rules.effect import CORRECTED, Line, corrected_fact, standing
from onrecord.ledger.rules.sentence import sentence
from onrecord.ledger.rules.shape import parts


@dataclass(frozen=True)
class PutRight:
    """An entry as it stands now, as it was first recorded, and the fields that were put right."""

    entry: Entry
    first: Entry
    fields: tuple[str, ...] = ()

    @property
    def first_sentence(self) -> str:
        """What was first said, in the sentence of the chronology; "" where nothing was put right."""
        return sentence(self.first) if self.fields else ""

    @property
    def first_name(self) -> str:
        """How the child was first called; "" where that was not put right."""
        child = getattr(self.first.saying.fact, "child", None)
        return child.spoken() if "child" in self.fields and isinstance(child, Person) else ""

    @property
    def first_said(self) -> list[tuple[str, str]]:
        """Question and first answer of every field that was put right."""
        labels = {part.label for part in parts(type(self.first.saying.fact)) if part.name in self.fields}
        return [(label, said) for label, said in answers(self.first.saying.fact) if label in labels]


def fixes_of(lines: Iterable[Line], known_at: datetime) -> dict[UUID, list[UUID]]:
    """The corrections that count, by the entry each puts right, in the order in which they took effect."""
    found: dict[UUID, list[UUID]] = {}
    counting = [made for made in standing(lines, known_at) if made.line.kind == CORRECTED]
    for line, _ in sorted(counting, key=lambda made: (made.effective_at, made.line.seq)):
        for target in line.regarding:
            found.setdefault(target, []).append(line.id)
    return found


def put_right(made: Entry, fixes: Mapping[UUID, Sequence[UUID]], opened: Mapping[UUID, Entry]) -> PutRight:
    """An entry with the corrections that count. `opened` holds those corrections."""
    fact, names = corrected_fact(made, [opened[uid] for uid in fixes.get(made.id, ())])
    return PutRight(replace(made, saying=replace(made.saying, fact=fact)), made, names)


def put_so(stands: Entry, fix: Saying) -> Entry:
    """An entry as it would stand with one more correction. Raises Refused for a value that it cannot hold."""
    made, _ = corrected_fact(stands, [Entry(stands.seq + 1, stands.recorded_at, replace(fix, lowering=None))])
    return replace(stands, saying=replace(stands.saying, fact=made))
