"""Verify: read everything again and say, check by check, what was proved. It trusts no table it can recompute."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from onrecord.ledger.actions.checks import FRESH, NAMES, OF_READS, Check, Findings, Progress
from onrecord.ledger.actions.openings import Openings
from onrecord.ledger.actions.outside import brackets, check_left, check_quorum, check_receipts, cosigned
from onrecord.ledger.actions.rebuild import NotReplayed, rebuild
from onrecord.ledger.actions.witness import left_here
from onrecord.ledger.facts import KeyAnnounced
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.guards import strange_guards
from onrecord.ledger.gateway.head import head_note, head_path, head_text
from onrecord.ledger.gateway.home import Damaged
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.gateway.trouble import UNOPENED, UNREAD
from onrecord.ledger.models import Head, Opening, StoredCheckpoint, StoredLeaf
from onrecord.ledger.queries import (
    BATCH,
    Epoch,
    answers_to,
    as_stored,
    begun_epochs,
    ended_epochs,
    file_fault,
    first_origin,
    log_origin,
    opened,
    proposed_epochs,
    size,
    unsealed,
)
from onrecord.ledger.rules.bracket import ALLOWED, Brackets
from onrecord.ledger.rules.catalogue import UnknownKind
from onrecord.ledger.rules.epochs import faults as epoch_faults
from onrecord.ledger.rules.leaf import BadLeaf, Leaf
from onrecord.ledger.rules.merkle import Frontier, leaf_hash
from onrecord.ledger.rules.note import BadNote, Checkpoint, Verifier, followed, signed_text

TO_SECONDS = "%Y-%m-%d %H:%M:%S"


@dataclass
class _Read:
    """What a walk over the record found: roots by size, the checkpoint keys announced, and the time it stands at."""

    between: Brackets
    openings: Openings
    roots: dict[int, bytes] = field(default_factory=lambda: {0: Frontier().root()})
    keys: list[str] = field(default_factory=list)
    newest: datetime | None = None


def verify(using: str = "default", progress: Progress = lambda done, of: None) -> list[Check]:
    """Run the checks on a ledger. For each: its number, what it proves, and the faults found (none: it holds)."""
    found, numbers = Findings(), OF_READS if using != "default" else tuple(NAMES)
    try:
        _verify(using, found, progress)
    except UNREAD as fault:
        found.broken_off(f"not proved: a row of the tables is not what this program writes ({type(fault).__name__})")
    return found.checks(numbers)


def _verify(using: str, found: Findings, progress: Progress) -> None:
    left = left_here(using)  # before the head, which is written first
    head = _head(using, found)  # before the walk: reports may come in, and be signed, while it reads
    ended = _ended(using, found)
    notes = list(StoredCheckpoint.objects.using(using).order_by("made_at"))
    signed = cosigned(using, notes, found)
    made = _Read(brackets(signed, ended), Openings(using))
    _walk(using, {note.size for note in notes} | ({head.size} if head else set()), made, found, progress)
    made.keys = followed(made.keys, [note.note for note in notes])
    _checkpoints(using, notes, made, ended, found)
    _outside_head(using, head, made, found)
    check_left(left, head, made.keys, found)
    _trying(4, found, partial(_epochs, using, found), "what is on record of epochs")
    _trying(4, found, partial(check_quorum, signed, log_origin(using), now(), found))
    for name in strange_guards(using):
        found.add(9 if using == "default" else 1, f"{name} acts on the tables of {using}, and nobody here made it")
    if using == "default":
        _read_tables(found, progress)
        _trying(10, found, partial(check_receipts, notes, signed, now(), found))


def _trying(number: int, found: Findings, check: Callable[[], None], what: str = "the policy on record") -> None:
    """A check that opens entries. Where they do not open, nothing is proved."""
    try:
        check()
    except UNOPENED as fault:
        found.add(number, f"{what} does not open: {type(fault).__name__}")


def _ended(using: str, found: Findings) -> dict[str, Epoch]:
    """The epochs that ended, as their own entries say; none where one of those does not open."""
    try:
        return ended_epochs(using)
    except UNOPENED:
        found.add(4, "what is on record of epochs does not open")
        return {}


def _epochs(using: str, found: Findings) -> None:
    """Check 4: every epoch was agreed to, follows the one before, and the head is signed for the last of them."""
    first, begun, asked = first_origin(using), begun_epochs(using), proposed_epochs(using)
    for fault in epoch_faults(first, begun, asked, answers_to(asked) if begun else []):
        found.add(4, fault)
    last, signs_as = [first, *(one.followed_by for one in ended_epochs(using).values())][-1], log_origin(using)
    if signs_as != last:
        found.add(4, f"the head is signed for {signs_as}; by what is on record this log signs as {last}")


def _read_tables(found: Findings, progress: Progress) -> None:
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


def _walk(using: str, sizes: set[int], made: _Read, found: Findings, progress: Progress) -> None:
    """Read every entry: its hash, what it says, its time; the roots at the sizes asked for and at the end."""
    tree, total, following = Frontier(), size(using), 0
    for row, sealed in _stored(using):
        if row.seq != following:
            found.add(1, f"entry {following} is missing: the next one found is {row.seq}")
        following = row.seq + 1
        if leaf_hash(as_stored(row.payload)) != as_stored(row.leaf_hash):
            found.add(2, f"entry {row.seq} was changed after it was hashed")
        _entry(row, sealed, made, found)
        tree = tree.grow([leaf_hash(as_stored(row.payload))])
        if tree.size in sizes:
            made.roots[tree.size] = tree.root()
        if tree.size % 500 == 0:
            progress(tree.size, total)
    _head_row(using, total, tree.size, found)
    strays = Opening.objects.using(using).exclude(uid__in=StoredLeaf.objects.using(using).values("uid")).count()
    if strays:
        found.add(8, f"{strays} sealed rows belong to no entry")
    made.openings.judge(found)
    made.roots[tree.size] = tree.root()


def _head_row(using: str, before: int, walked: int, found: Findings) -> None:
    """Checks 1 and 7 of the row from which the next entry has its number, and before whose time it is not dated."""
    says, at = Head.objects.using(using).values_list("size", "recorded_at").get(id=1)
    if not before <= walked <= says:
        found.add(1, f"the head says {says} entries; there are {walked}")
    if at - ALLOWED > now():
        found.add(7, f"what is recorded next would be dated {at:{TO_SECONDS}}, which is still to come")


def _stored(using: str) -> Iterator[tuple[StoredLeaf, bytes | None]]:
    """Every leaf in order with what is sealed under its id, if anything is."""
    first = 0
    while rows := list(StoredLeaf.objects.using(using).filter(seq__gte=first).order_by("seq")[:BATCH]):
        sealed = Opening.objects.using(using).in_bulk([row.uid for row in rows])
        for row in rows:
            yield row, as_stored(sealed[row.uid].sealed) if row.uid in sealed else None
        first = rows[-1].seq + 1


def _entry(row: StoredLeaf, sealed: bytes | None, made: _Read, found: Findings) -> None:
    """Checks 6, 7 and 8 on one entry, and the checkpoint key it announces, if it does."""
    try:
        leaf = Leaf.read(as_stored(row.payload))
        catalogue()[leaf.kind]
    except (BadLeaf, UnknownKind) as fault:
        found.add(6, f"entry {row.seq}: {fault}")
        return
    if leaf.id != row.uid:
        found.add(6, f"entry {row.seq} stands under an id that is not its own")
    _time(row.seq, leaf.recorded_at, made, found)
    if sealed is None:
        found.add(8, f"entry {row.seq}: what it said is gone, and no erasure is listed")
        return
    try:
        made.openings.opening(row.seq, leaf, unsealed(row.uid, sealed))
        said = opened(row.seq, row.uid, as_stored(row.payload), sealed)
    except UNOPENED as fault:
        found.add(8, f"entry {row.seq} does not open: {type(fault).__name__}")
        return
    fact = said.saying.fact
    made.openings.entry(said)
    if fact.keeps_file:
        made.openings.file(said, file_fault(row.uid, fact))
    if isinstance(fact, KeyAnnounced) and fact.use == "checkpoint":
        made.keys.append(fact.vkey)


def _time(seq: int, recorded_at: datetime, made: _Read, found: Findings) -> None:
    """Check 7 on one entry."""
    if made.newest and recorded_at < made.newest:
        found.add(7, f"entry {seq} is dated {recorded_at:{TO_SECONDS}}, before the one that it follows")
    if recorded_at - ALLOWED > now():
        found.add(7, f"entry {seq} is dated {recorded_at:{TO_SECONDS}}, which is still to come")
    if trouble := made.between.fault(seq, recorded_at):
        found.add(7, f"entry {seq} {trouble}")
    made.newest = recorded_at


def _checkpoints(
    using: str, notes: list[StoredCheckpoint], made: _Read, ended: dict[str, Epoch], found: Findings
) -> None:
    """Checks 1, 3, 4 and 5: every checkpoint kept here. Of an ended epoch, those of what still stands here."""
    origins = {first_origin(using), *ended, *(one.followed_by for one in ended.values())}
    for note in notes:
        newest = note is notes[-1]
        try:
            signed = Checkpoint.read(_signed_by(note.note, made.keys))
        except BadNote as fault:
            found.add(4 if newest else 5, f"the checkpoint of {note.made_at:{TO_SECONDS}}: {fault}")
            continue
        if signed.size != note.size:
            found.add(5, f"a checkpoint of {signed.size} entries stands in its table as one of {note.size}")
        if signed.origin not in origins:
            found.add(4, f"a checkpoint is signed for {signed.origin}, not for this record")
        elif signed.origin in ended and signed.size > ended[signed.origin].kept:
            continue
        if signed.size not in made.roots:
            found.add(1, f"{signed.size} entries were signed; the record holds {max(made.roots)}")
        elif made.roots[signed.size] != signed.root:
            found.add(3 if newest else 5, f"the root at {signed.size} entries is not the one that was signed")
    _fresh(notes, found)


def _fresh(notes: list[StoredCheckpoint], found: Findings) -> None:
    if not notes:
        found.add(4, "nothing has been signed yet: run `onrecord checkpoint`")
    elif notes[-1].made_at - ALLOWED > now():
        found.add(4, f"the newest checkpoint is dated {notes[-1].made_at:{TO_SECONDS}}, which is still to come")
    elif now() - notes[-1].made_at > FRESH:
        found.add(4, f"the newest checkpoint is from {notes[-1].made_at:%Y-%m-%d %H:%M}: is the watch running?")


def _head(using: str, found: Findings) -> Checkpoint | None:
    """The head kept outside the database, if there is one. Who signed it is asked when the keys have been read."""
    try:
        return Checkpoint.read(head_text(using))
    except (Damaged, BadNote) as fault:
        found.add(4, str(fault))
        return None


def _outside_head(using: str, head: Checkpoint | None, made: _Read, found: Findings) -> None:
    if head is None:
        return
    try:
        _signed_by(head_note(using), made.keys)
    except (Damaged, BadNote) as fault:
        found.add(4, f"{head_path(using).name}: {fault}")
    if head.size > max(made.roots):
        found.add(1, f"{head.size} entries had been signed; the record holds {max(made.roots)}")
    elif head.size in made.roots and made.roots[head.size] != head.root:
        found.add(5, f"the first {head.size} entries are not those that were signed")


def _signed_by(note: str, keys: list[str]) -> str:
    return signed_text(note, [Verifier.read(vkey) for vkey in reversed(keys)])
