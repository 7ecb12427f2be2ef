"""Check 8: every opening is what its leaf commits to, except by an erasure that is on record and was agreed to."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from onrecord.ledger.actions.checks import Findings
from onrecord.ledger.actions.reading import reader
from onrecord.ledger.facts import (
    BackupKeyDestroyed,
    BackupMade,
    CountsAgain,
    Declined,
    Entry,
    Erasing,
    ErasureCarriedOut,
    ErasureProposed,
    Seconded,
    SetAside,
)
from onrecord.ledger.facts.erasure import FILE, READS
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.gateway.backup_keys import stands
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.gateway.trouble import UNOPENED
from onrecord.ledger.queries import entries, entry, of_kinds, unfinished
from onrecord.ledger.rules.effect import CORRECTED, Line, line_of, standing
from onrecord.ledger.rules.erasing import Went, accounted_for, as_named, is_note, note, of_correction
from onrecord.ledger.rules.leaf import Leaf, digests, fields_of

ANSWERING = frozenset({Seconded.kind, Declined.kind, SetAside.kind, CountsAgain.kind})


@dataclass(frozen=True)
class _Differs:
    """An entry whose opening is not what its leaf commits to; of what stands there now, each digest and its field."""

    seq: int
    leaf: Leaf
    now: dict[str, str]
    fields: dict[str, Any]

    def trouble(self, erased: list[Went], using: str) -> str:
        """What the erasures of it leave unsaid; "" where they account for all of it."""
        if not accounted_for(self.leaf.digests, self.now, [(one.gone, one.left) for one in erased]):
            return "what is sealed is not what the entry commits to"
        if not as_named(self.leaf.digests, self.now, erased):
            return "something else of it was erased than the erasure names"
        latest = {name: one for one in erased for name in one.fields if name in self.fields}
        kind = catalogue()[self.leaf.kind]
        try:
            reads = reader(entry(self.leaf.id, using), self.leaf)
            noted = all(is_note(kind, self.fields, name, one, reads) for name, one in latest.items())
        except UNOPENED:
            noted = False
        return "" if noted else "other words stand in the place of what was erased than say so"


@dataclass
class Openings:
    """What a walk over a log found of openings. An erasure stands after what it is of, so it is judged last.

    What is erased of the log of who read what was agreed to in the record, and is listed there under the same id.
    """

    using: str
    differ: dict[UUID, _Differs] = field(default_factory=dict)
    carried: list[Entry] = field(default_factory=list)
    destroyed: list[Entry] = field(default_factory=list)
    kept: dict[UUID, date] = field(default_factory=dict)
    files: dict[UUID, tuple[int, str]] = field(default_factory=dict)
    lines: dict[UUID, Line] = field(default_factory=dict)

    def opening(self, seq: int, leaf: Leaf, opened: Iterable[str]) -> None:
        """Note an opening, whether it is what its leaf commits to or not."""
        disclosed = list(opened)
        if digests(disclosed) != leaf.digests:
            now = {digests([one])[0]: next(iter(fields_of([one]))) for one in disclosed}
            self.differ[leaf.id] = _Differs(seq, leaf, now, fields_of(disclosed))

    def entry(self, made: Entry) -> None:
        """Note an entry by which others may have been erased."""
        regarding = made.saying.regarding
        if made.kind == ErasureCarriedOut.kind:
            self.carried.append(made)
        elif made.kind == BackupKeyDestroyed.kind:
            self.destroyed.append(made)
        elif isinstance(made.saying.fact, BackupMade):
            self.kept[made.id] = made.saying.fact.until
        elif made.kind in (ErasureProposed.kind, CORRECTED) or (
            made.kind in ANSWERING and not self.lines.keys().isdisjoint(regarding)
        ):
            self.lines[made.id] = line_of(made)

    def file(self, made: Entry, trouble: str) -> None:
        """Note what is wrong with the file of an entry: "" where nothing is."""
        self.files[made.id] = made.seq, trouble

    def judge(self, found: Findings) -> None:
        """Say what no erasure accounts for, and what an erasure says is gone and stands here still."""
        if self.using == READS and self.carried:
            self._ask_the_record(found)
        of = self._counting(found)
        for uid, one in self.differ.items():
            if trouble := one.trouble(of.get(uid, []), self.using):
                found.add(8, f"entry {one.seq}: {trouble}")
        for uid, erased in of.items():
            if any(one.gone or one.fields for one in erased) and uid not in self.differ:
                found.add(8, f"what was erased of the entry {uid} stands here still")
        self._keys(found)
        self._files({uid for uid, erased in of.items() if any(FILE in one.names for one in erased)}, found)

    def _keys(self, found: Findings) -> None:
        """Of the keys of backups: none stands that was destroyed, and none went before its day by itself."""
        for made in self.destroyed:
            fact = made.saying.fact
            if not isinstance(fact, BackupKeyDestroyed):
                continue
            if stands(fact.sealed):
                found.add(8, f"entry {made.seq}: the key of a backup was destroyed, and stands here still")
            until = max((self.kept[uid] for uid in made.saying.regarding if uid in self.kept), default=date.max)
            if fact.how == "here" and made.recorded_at.astimezone(HERE).date() <= until:
                found.add(8, f"entry {made.seq}: the key of a backup was destroyed before its day, and nobody asked")

    def _ask_the_record(self, found: Findings) -> None:
        """Take from the record who agreed to what. What is erased here is listed there, or nobody would know of it."""
        try:
            for made in of_kinds({ErasureProposed.kind, *ANSWERING}):
                self.entry(made)
            listed = {made.id: made.saying for made in entries(made.id for made in self.carried)}
        except UNOPENED as fault:
            found.add(8, f"the record, where it was agreed to erase, does not open: {type(fault).__name__}")
            return
        for made in self.carried:
            said = listed.get(made.id)
            if said is None or said.regarding != made.saying.regarding or getattr(said.fact, "log", None) != READS:
                found.add(8, f"entry {made.seq}: the record does not list what it erases here")

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
                if (fact.log or "default") == self.using:
                    of.setdefault(regarding[1], []).append(self._went(made, fact))
        listed = {made.id: made.seq for made in self.carried if getattr(made.saying.fact, "log", None) == READS}
        for uid in unfinished(listed) if self.using == "default" else ():
            found.add(8, f"entry {listed[uid]}: what it erases of the log of who read what stands there still")
        return of

    def _went(self, made: Entry, fact: ErasureCarriedOut) -> Went:
        """What an erasure that was agreed to says, beside what was asked: its note says when it was carried out."""
        proposal = self.lines[made.saying.regarding[0]]
        at = made.saying.happened.earliest.astimezone(HERE).date()
        said = note(proposal.coded["basis"], proposal.coded["owner_name"], at)
        wanted = self._asked(made.saying.regarding[1], proposal, fact.log)
        return Went(
            fact.fields_gone, fact.gone, fact.left, tuple(one for one in wanted if one.field in fact.fields_gone), said
        )

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
        if not {part.field for part in self._asked(regarding[1], proposal, fact.log)}.issuperset(fact.fields_gone):
            return "it erases more than was proposed"
        if (fact.basis, fact.owner) != (proposal.coded["basis"], proposal.coded["owner"]):
            return "it names another law or another agency than was proposed"
        return ""

    def _asked(self, entry: UUID, proposal: Line, log: str | None) -> list[Erasing]:
        """What a proposal lets go of an entry: of a correction also the same as of what it puts right."""
        parts = [Erasing.model_validate(part) for part in proposal.coded["parts"]]
        asked = [part for part in parts if UUID(part.entry) == entry and part.log == log]
        fix = self.lines.get(entry)
        if fix and fix.kind == CORRECTED:
            mine = [part for part in parts if UUID(part.entry) in fix.regarding]
            asked += of_correction(fix.coded["field"], mine, entry)
        return asked
