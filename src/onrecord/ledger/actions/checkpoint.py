"""Checkpoints: what the watch signs, after reading everything again.

Before it signs, the log is re-read and re-hashed, and compared with the last head, which stands, signed, in a file
outside the database and its backups; with what witnesses hold that was signed here; and with the receipts that were
given since. A database restored from a backup, cut or rewritten freezes checkpoints, never intake; so does a head that
is missing or was not signed here: it is written when the record begins. What settles it is a new epoch, which takes
somebody outside. When it has signed, the witnesses are asked to sign too; a witness that does not answer stops nothing.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from onrecord.ledger.actions.clock import note_clock
from onrecord.ledger.actions.epoch import begin_agreed
from onrecord.ledger.actions.heads import RESTORED, Frozen, Signed, newest_head, one_at_a_time, remember, signed_before
from onrecord.ledger.actions.policy import name_witnesses
from onrecord.ledger.actions.witness import gather
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.given import settle_given
from onrecord.ledger.models import StoredCheckpoint
from onrecord.ledger.queries import as_stored, given_receipts, leaves, newest_checkpoint, size
from onrecord.ledger.rules.merkle import Frontier, leaf_hash
from onrecord.ledger.rules.note import Checkpoint


def checkpoint(using: str = "default") -> str:
    """Sign the log as it stands; the signed note. Raises Frozen, and signs nothing, if it does not extend the last."""
    if using == "default":
        note_clock()
        name_witnesses()
    with one_at_a_time(using):
        begin_agreed(using)
        signed = signed_before(using)
        here = _given() if using == "default" else {}
        made = Checkpoint(signed[0].made.origin, *_reread(using, signed))
        newest_head(using, signed)
        note = remember(using, made)
        StoredCheckpoint.objects.using(using).create(made_at=_next_time(using), size=made.size, note=note)
        settle_given(uid for uid, seq in here.items() if seq < made.size)
    gather(using, note)
    return note


def _given() -> dict[UUID, int]:
    """The numbers of the entries whose receipts wait for a checkpoint. Frozen, where the record lacks one of them."""
    found = given_receipts()
    if found.lost:
        raise Frozen(f"The record lacks what {len(found.lost)} receipts were given for: {found.lost[0]}. {RESTORED}")
    return found.here


def _reread(using: str, signed: Sequence[Signed]) -> tuple[int, bytes]:
    """Size and root of the log, every leaf hashed again; Frozen where it does not continue what was signed."""
    tree, before = Frontier(), size(using)
    roots = {0: tree.root()}
    sizes = {one.made.size for one in signed}
    for row in leaves(using):
        if row.seq != tree.size or leaf_hash(as_stored(row.payload)) != as_stored(row.leaf_hash):
            raise Frozen(f"Entry {row.seq} of {using} is missing or was changed. Run `onrecord verify`.")
        tree = tree.grow([as_stored(row.leaf_hash)])
        if tree.size in sizes:
            roots[tree.size] = tree.root()
    for one in signed:
        _continues(using, one, tree.size, roots)
    if not before <= tree.size <= size(using):  # reports may come in while this reads
        raise Frozen(f"The head of {using} says {size(using)} entries; there are {tree.size}. Run `onrecord verify`.")
    return tree.size, tree.root()


def _continues(using: str, one: Signed, held: int, roots: dict[int, bytes]) -> None:
    """Frozen, unless the log begins with what was signed."""
    known = f" So says a checkpoint signed here, which {one.by} holds." if one.by else ""
    if held < one.made.size:
        raise Frozen(f"{using} held {one.made.size} entries when last signed and holds {held} now.{known} {RESTORED}")
    if roots[one.made.size] != one.made.root:
        raise Frozen(f"The first {one.made.size} entries of {using} are not those that were signed.{known} {RESTORED}")


def _next_time(using: str) -> datetime:
    """Now, or just after the newest checkpoint where a played clock stands still."""
    newest = newest_checkpoint(using)
    return max(now(), newest.made_at + timedelta(microseconds=1)) if newest else now()
