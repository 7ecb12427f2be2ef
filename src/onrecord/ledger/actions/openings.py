"""Check 8: every opening is what its leaf commits to, except by an erasure that is on record and was agreed to."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from onrecord.ledger.actions.checks import Findings
from onrecord.ledger.facts import (
    CountsAgain,
    Declined,
    Entry,
    Erasing,
    ErasureCarriedOut,
    ErasureProposed,
    Seconded,
    SetAside,
)
from onrecord.ledger.facts.erasure import FILE
from onrecord.ledger.rules.effect import CORRECTED, Line, line_of, standing
from onrecord.ledger.rules.erasing import Went, accounted_for, as_named, of_correction
from onrecord.ledger.rules.leaf import Leaf, digests, fields_of

ANSWERING = frozenset({Seconded.kind, Declined.kind, SetAside.kind, CountsAgain.kind})


@dataclass(frozen=True)
class _Differs:
    """An entry whose opening is not what its leaf commits to; of what stands there now, each digest and its field."""

    seq: int
    leaf: tuple[str, ...]
    now: dict[str, str]

    def trouble(self, erased: list[Went]) -> str:
        """What the erasures of it leave unsaid; "" where they account for all of it."""
        if not accounted_for(self.leaf, self.now, [(one.gone, one.left) for one in erased]):
            return "what is sealed is not what the entry commits to"
        if not as_named(self.leaf, self.now, erased):
            return "something else of it was erased than the erasure names"
        return ""


@dataclass
class Openings:
    """What a walk over the record found of openings. An erasure stands after what it is of, so it is judged last."""

    differ: dict[UUID, _Differs] = field(default_factory=dict)
    carried: list[Entry] = field(default_factory=list)
    files: dict[UUID, tuple[int, str]] = field(default_factory=dict)
    lines: dict[UUID, Line] = field(default_factory=dict)

    def opening(self, seq: int, leaf: Leaf, opened: Iterable[str]) -> None:
        """Note an opening, whether it is what its leaf commits to or not."""
        disclosed = list(opened)
        if digests(disclosed) != leaf.digests:
            now = {digests([one])[0]: next(iter(fields_of([one]))) for one in disclosed}
            self.differ[leaf.id] = _Differs(seq, leaf.digests, now)

    def entry(self, made: Entry) -> None:
        """Note an entry by which others may have been erased."""
        regarding = made.saying.regarding
        if made.kind == ErasureCarriedOut.kind:
            self.carried.append(made)
        elif made.kind in (ErasureProposed.kind, CORRECTED) or (
            made.kind in ANSWERING and not self.lines.keys().isdisjoint(regarding)
        ):
            self.lines[made.id] = line_of(made)

    def file(self, made: Entry, trouble: str) -> None:
        """Note what is wrong with the file of an entry: "" where nothing is."""
        self.files[made.id] = made.seq, trouble

    def judge(self, found: Findings) -> None:
        """Say what no erasure accounts for, and what an erasure says is gone and stands here still."""
        of = self._counting(found)
        for uid, one in self.differ.items():
            if trouble := one.trouble(of.get(uid, [])):
                found.add(8, f"entry {one.seq}: {trouble}")
        for uid, erased in of.items():
            if any(one.gone or one.fields for one in erased) and uid not in self.differ:
                found.add(8, f"what was erased of the entry {uid} stands here still")
        self._files({uid for uid, erased in of.items() if any(FILE in one.names for one in erased)}, found)

    def _counting(self, found: Findings) -> dict[UUID, list[Went]]:
        """The erasures that were agreed to, by the entry of which they are. Each is carried out once."""
        of: dict[UUID, list[Went]] = {}
        done: set[tuple[UUID, ...]] = set()
        for made in self.carried:
            fact, regarding = made.saying.fact, made.saying.regarding
            if trouble := self._not_agreed(made):
                found.add(8, f"entry {made.seq}: {trouble}")
            elif regarding in done:
                found.add(8, f"entry {made.seq}: it erases once more what was agreed to once")
            elif isinstance(fact, ErasureCarriedOut):
                done.add(regarding)
                of.setdefault(regarding[1], []).append(Went(fact.fields_gone, fact.gone, fact.left))
        return of

    def _files(self, erased: set[UUID], found: Findings) -> None:
        for uid, (seq, trouble) in self.files.items():
            if uid not in erased and trouble:
                found.add(8, f"entry {seq}: {trouble}")
            if uid in erased and not trouble.endswith("is missing"):
                found.add(8, f"entry {seq}: its file {uid} was erased, and stands here still")

    def _not_agreed(self, made: Entry) -> str:
        """What keeps an erasure from counting; "" where nothing does."""
        fact, regarding = made.saying.fact, made.saying.regarding
        proposal = self.lines.get(regarding[0]) if len(regarding) == 2 else None
        if proposal is None or proposal.kind != ErasureProposed.kind or not isinstance(fact, ErasureCarriedOut):
            return "it erases what nobody proposed to erase"
        counting = {line.id for line, _ in standing(self.lines.values(), made.recorded_at)}
        if not proposal.proposed or proposal.id not in counting:
            return "it erases what no second person agreed to erase"
        if not self._asked(regarding[1], proposal).issuperset(fact.fields_gone):
            return "it erases more than was proposed"
        return ""

    def _asked(self, entry: UUID, proposal: Line) -> set[str]:
        """What a proposal lets go of an entry, by name: of a correction also the same as of what it puts right."""
        parts = [Erasing.model_validate(part) for part in proposal.coded["parts"]]
        asked = {part.field for part in parts if UUID(part.entry) == entry}
        fix = self.lines.get(entry)
        if fix and fix.kind == CORRECTED:
            mine = [part for part in parts if UUID(part.entry) in fix.regarding]
            asked |= {part.field for part in of_correction(fix.coded["field"], mine, entry)}
        return asked
