"""Verify: read everything again and say, check by check, what was proved. It trusts no table it can recompute."""

import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from cryptography.exceptions import InvalidTag

from onrecord.ledger.actions.checkpoint import Frozen, head_note, head_path, log_origin
from onrecord.ledger.actions.rebuild import NotReplayed, rebuild
from onrecord.ledger.facts import KeyAnnounced
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.home import Damaged
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.models import Opening, StoredCheckpoint, StoredLeaf
from onrecord.ledger.queries import BATCH, as_stored, file_fault, opened, size, unsealed
from onrecord.ledger.rules.catalogue import UnknownKind
from onrecord.ledger.rules.leaf import BadLeaf, Leaf, digests
from onrecord.ledger.rules.merkle import Frontier, leaf_hash
from onrecord.ledger.rules.note import BadNote, Checkpoint, Verifier, open_note

FRESH = timedelta(hours=25)
UNOPENED = (Damaged, InvalidTag, LookupError, ValueError, TypeError, zlib.error)
"""What reading an entry raises where it is not what this program wrote."""

NAMES = {
    1: "Entries are numbered without a hole, as many as were signed",
    2: "Every entry's bytes give its hash",
    3: "The root computed again is the root that was signed",
    4: "The newest checkpoint is signed by the announced key, and fresh",
    5: "Every earlier checkpoint is part of the same history",
    6: "Every id is unique, every entry canonical and of a known kind",
    8: "Every sealed field and file opens to what its entry commits to",
    9: "The read tables equal a replay of the record",
}


@dataclass(frozen=True)
class Check:
    """One check of the ledger study's ten: its number, what it proves, and every fault it found."""

    number: int
    proves: str
    faults: tuple[str, ...]


class _Findings:
    """Faults by check number. Only the first few of a kind are spelled out; all are counted."""

    SHOWN = 5

    def __init__(self) -> None:
        self.faults: dict[int, list[str]] = {number: [] for number in NAMES}
        self.count: Counter[int] = Counter()

    def add(self, number: int, fault: str) -> None:
        self.count[number] += 1
        if self.count[number] <= self.SHOWN:
            self.faults[number].append(fault)

    def checks(self, numbers: tuple[int, ...]) -> list[Check]:
        for number, count in self.count.items():
            if count > self.SHOWN:
                self.faults[number].append(f"and {count - self.SHOWN} more")
        return [Check(number, NAMES[number], tuple(self.faults[number])) for number in numbers]


def verify(using: str = "default", progress: Callable[[int, int], None] = lambda done, of: None) -> list[Check]:
    """Run the checks on a ledger. For each: its number, what it proves, and the faults found (none: it holds)."""
    found = _Findings()
    head = _head(using, found)  # before the walk: reports may come in, and be signed, while it reads
    notes = list(StoredCheckpoint.objects.using(using).order_by("made_at"))
    sizes = {note.size for note in notes} | ({head.size} if head else set())
    roots, keys = _walk(using, sizes, found, progress)
    _checkpoints(using, notes, roots, keys, found)
    _outside_head(using, head, roots, keys, found)
    if using != "default":
        return found.checks((1, 2, 3, 4, 5, 6, 8))
    _read_tables(found, progress)
    return found.checks(tuple(NAMES))


def _read_tables(found: _Findings, progress: Callable[[int, int], None]) -> None:
    """Check 9. What cannot be replayed is not proved, and so is a fault."""
    try:
        equal = rebuild(check=True, progress=progress)
    except NotReplayed as fault:
        found.add(9, f"the record cannot be replayed: {fault}")
        return
    except UNOPENED as fault:
        found.add(9, f"the record cannot be replayed: an entry does not open ({type(fault).__name__})")
        return
    for table, same in equal.items():
        if not same:
            found.add(9, f"the table {table} is not what the record says; `onrecord rebuild` makes it again")


def _walk(
    using: str, sizes: set[int], found: _Findings, progress: Callable[[int, int], None]
) -> tuple[dict[int, bytes], list[str]]:
    """Read every entry; the roots at the sizes asked for and at the end, and the checkpoint keys announced."""
    tree, roots, keys, total, following = Frontier(), {0: Frontier().root()}, [], size(using), 0
    for row, sealed in _stored(using):
        if row.seq != following:
            found.add(1, f"entry {following} is missing: the next one found is {row.seq}")
        following = row.seq + 1
        if leaf_hash(as_stored(row.payload)) != as_stored(row.leaf_hash):
            found.add(2, f"entry {row.seq} was changed after it was hashed")
        keys += _entry(row, sealed, found)
        tree = tree.grow([leaf_hash(as_stored(row.payload))])
        if tree.size in sizes:
            roots[tree.size] = tree.root()
        if tree.size % 500 == 0:
            progress(tree.size, total)
    if not total <= tree.size <= size(using):
        found.add(1, f"the head says {size(using)} entries; there are {tree.size}")
    strays = Opening.objects.using(using).exclude(uid__in=StoredLeaf.objects.using(using).values("uid")).count()
    if strays:
        found.add(8, f"{strays} sealed rows belong to no entry")
    return roots | {tree.size: tree.root()}, keys


def _stored(using: str) -> Iterator[tuple[StoredLeaf, bytes | None]]:
    """Every leaf in order with what is sealed under its id, if anything is."""
    first = 0
    while rows := list(StoredLeaf.objects.using(using).filter(seq__gte=first).order_by("seq")[:BATCH]):
        sealed = Opening.objects.using(using).in_bulk([row.uid for row in rows])
        for row in rows:
            yield row, as_stored(sealed[row.uid].sealed) if row.uid in sealed else None
        first = rows[-1].seq + 1


def _entry(row: StoredLeaf, sealed: bytes | None, found: _Findings) -> list[str]:
    """Checks 6 and 8 on one entry; the checkpoint key it announces, if it does."""
    try:
        leaf = Leaf.read(as_stored(row.payload))
        catalogue()[leaf.kind]
    except (BadLeaf, UnknownKind) as fault:
        found.add(6, f"entry {row.seq}: {fault}")
        return []
    if leaf.id != row.uid:
        found.add(6, f"entry {row.seq} stands under an id that is not its own")
    if sealed is None:
        found.add(8, f"entry {row.seq}: what it said is gone, and no erasure is listed")
        return []
    try:
        if digests(unsealed(row.uid, sealed)) != leaf.digests:
            found.add(8, f"entry {row.seq}: what is sealed is not what the entry commits to")
        fact = opened(row.seq, row.uid, as_stored(row.payload), sealed).saying.fact
    except UNOPENED as fault:
        found.add(8, f"entry {row.seq} does not open: {type(fault).__name__}")
        return []
    if trouble := file_fault(row.uid, fact):
        found.add(8, f"entry {row.seq}: {trouble}")
    return [fact.vkey] if isinstance(fact, KeyAnnounced) and fact.use == "checkpoint" else []


def _checkpoints(
    using: str, notes: list[StoredCheckpoint], roots: dict[int, bytes], keys: list[str], found: _Findings
) -> None:
    """Checks 1, 3, 4 and 5: every checkpoint kept here and the head kept outside the database."""
    for note in notes:
        newest = note is notes[-1]
        try:
            signed = Checkpoint.read(_signed_by(note.note, keys))
        except BadNote as fault:
            found.add(4 if newest else 5, f"the checkpoint of {note.made_at:%Y-%m-%d %H:%M:%S}: {fault}")
            continue
        if signed.origin != log_origin(using):
            found.add(4, f"a checkpoint is signed for {signed.origin}, not for this record")
        if signed.size not in roots:
            found.add(1, f"{signed.size} entries were signed; the record holds {max(roots)}")
        elif roots[signed.size] != signed.root:
            found.add(3 if newest else 5, f"the root at {signed.size} entries is not the one that was signed")
    if not notes:
        found.add(4, "nothing has been signed yet: run `onrecord checkpoint`")
    elif now() - notes[-1].made_at > FRESH:
        found.add(4, f"the newest checkpoint is from {notes[-1].made_at:%Y-%m-%d %H:%M}: is the watch running?")


def _head(using: str, found: _Findings) -> Checkpoint | None:
    """The head kept outside the database, if there is one. Who signed it is asked when the keys have been read."""
    try:
        return Checkpoint.read(head_note(using).partition("\n\n")[0] + "\n")
    except (Frozen, BadNote) as fault:
        found.add(4, str(fault))
        return None


def _outside_head(
    using: str, head: Checkpoint | None, roots: dict[int, bytes], keys: list[str], found: _Findings
) -> None:
    if head is None:
        return
    try:
        _signed_by(head_note(using), keys)
    except (Frozen, BadNote) as fault:
        found.add(4, f"{head_path(using).name}: {fault}")
    if head.size > max(roots):
        found.add(1, f"{head.size} entries had been signed; the record holds {max(roots)}")
    elif head.size in roots and roots[head.size] != head.root:
        found.add(5, f"the first {head.size} entries are not those that were signed")


def _signed_by(note: str, keys: list[str]) -> str:
    for vkey in reversed(keys):
        try:
            return open_note(note, Verifier.read(vkey))
        except BadNote:
            continue
    raise BadNote("it is not signed by a key this record announced")
