"""Check 8: every opening is what its leaf commits to, except by an erasure that is on record and was agreed to."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from onrecord.ledger.actions.checks import Findings
from onrecord.ledger.facts import CountsAgain, Declined, Entry, ErasureCarriedOut, ErasureProposed, Seconded, SetAside
from onrecord.ledger.facts.erasure import FILE
from onrecord.ledger.rules.effect import CORRECTED, Line, line_of, standing
from onrecord.ledger.rules.erasing import accounted_for
from onrecord.ledger.rules.leaf import Leaf, digests

ANSWERING = frozenset({Seconded.kind, Declined.kind, SetAside.kind, CountsAgain.kind})


@dataclass(frozen=True)
class _Differs:
    """An entry whose opening is not what its leaf commits to."""

    seq: int
    leaf: tuple[str, ...]
    now: tuple[str, ...]


@dataclass
class Openings:
    """What a walk over the record found of openings. An erasure stands after what it is of, so it is judged last."""

    differ: dict[UUID, _Differs] = field(default_factory=dict)
    carried: list[Entry] = field(default_factory=list)
    files: dict[UUID, tuple[int, str]] = field(default_factory=dict)
    lines: dict[UUID, Line] = field(default_factory=dict)

    def opening(self, seq: int, leaf: Leaf, opened: Iterable[str]) -> None:
        """Note an opening, whether it is what its leaf commits to or not."""
        now = digests(opened)
        if now != leaf.digests:
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
        of: dict[UUID, list[ErasureCarriedOut]] = {}
        for made in self.carried:
            if trouble := self._not_agreed(made):
                found.add(8, f"entry {made.seq}: {trouble}")
            elif isinstance(made.saying.fact, ErasureCarriedOut):
                of.setdefault(made.saying.regarding[1], []).append(made.saying.fact)
        for uid, one in self.differ.items():
            erased = [(fact.gone, fact.left) for fact in of.get(uid, [])]
            if not accounted_for(one.leaf, one.now, erased):
                found.add(8, f"entry {one.seq}: what is sealed is not what the entry commits to")
        for uid, facts in of.items():
            if any(fact.gone for fact in facts) and uid not in self.differ:
                found.add(8, f"what was erased of the entry {uid} stands here still")
        self._files({uid for uid, facts in of.items() if any(FILE in fact.fields_gone for fact in facts)}, found)

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
        asked = {(part["entry"], part["field"]) for part in proposal.coded["parts"]}
        entry = regarding[1]
        if fix := self.lines.get(entry):
            of = {str(target) for target in fix.regarding}
            if fix.kind == CORRECTED and any(
                uid in of and name.partition(".")[0] == fix.coded["field"] for uid, name in asked
            ):
                return ""
        if not {(str(entry), name) for name in fact.fields_gone} <= asked:
            return "it erases more than was proposed"
        return ""
