"""Checkpoints: what the watch signs, after reading everything again.

Before it signs, the log is re-read and re-hashed, and compared with the last head, which stands, signed, in a file
outside the database and its backups. A database restored from a backup, cut or rewritten freezes checkpoints, never
intake; so does a head that is missing or was not signed here: it is written when the record begins. When it has
signed, the witnesses are asked to sign too; a witness that does not answer stops nothing.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from onrecord.ledger.actions.witness import gather, name_witnesses
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.home import Damaged, home, origin, read_json, write_whole
from onrecord.ledger.gateway.keys import signer
from onrecord.ledger.models import StoredCheckpoint
from onrecord.ledger.queries import as_stored, leaves, newest_checkpoint, size
from onrecord.ledger.rules.merkle import Frontier, leaf_hash
from onrecord.ledger.rules.note import BadNote, Checkpoint, open_note


class Frozen(RuntimeError):
    """The log is not what was signed before. No further checkpoint is signed until a person has looked."""


def checkpoint(using: str = "default") -> str:
    """Sign the log as it stands; the signed note. Raises Frozen, and signs nothing, if it does not extend the last."""
    if using == "default":
        name_witnesses()
    with _one_at_a_time(using):
        made = Checkpoint(log_origin(using), *_reread(using, _last_head(using)))
        note = _remember(using, made)
        StoredCheckpoint.objects.using(using).create(made_at=_next_time(using), size=made.size, note=note)
    gather(using, note)
    return note


def first_head(using: str) -> None:
    """Write down, once, that nothing is signed yet. From then on a head that is missing is a fault."""
    if not head_path(using).exists() and newest_checkpoint(using) is None:
        _remember(using, Checkpoint(log_origin(using), 0, Frontier().root()))


def _remember(using: str, made: Checkpoint) -> str:
    """Sign a head and keep it outside the database; the signed note."""
    note = signer("checkpoint").sign(made.text())
    write_whole(head_path(using), {"note": note}, mode=0o644)
    return note


def log_origin(using: str) -> str:
    """The origin a log signs under: the record's own, or that of its reads."""
    return origin() if using == "default" else f"{origin()}/{using}"


def head_path(using: str) -> Path:
    """The file that remembers the last signed head, outside the database."""
    return home() / f"head-{using}.json"


def head_note(using: str) -> str:
    """The note kept outside the database, as it stands. Frozen, where there is none."""
    try:
        return str((read_json(head_path(using)) or {})["note"])
    except (KeyError, Damaged):
        raise Frozen(f"{head_path(using).name} is missing or empty. Put it back. {HEAD}") from None


def _last_head(using: str) -> Checkpoint:
    try:
        return Checkpoint.read(open_note(head_note(using), signer("checkpoint").verifier()))
    except Damaged as missing:
        raise Frozen(str(missing)) from None
    except BadNote:
        raise Frozen(f"{head_path(using).name} is not what was signed here. {HEAD}") from None


def _reread(using: str, head: Checkpoint) -> tuple[int, bytes]:
    """Size and root of the log, every leaf hashed again; Frozen where it does not continue what was signed."""
    tree, at_signed, before = Frontier(), Frontier().root(), size(using)
    for row in leaves(using):
        if row.seq != tree.size or leaf_hash(as_stored(row.payload)) != as_stored(row.leaf_hash):
            raise Frozen(f"Entry {row.seq} of {using} is missing or was changed. Run `onrecord verify`.")
        tree = tree.grow([as_stored(row.leaf_hash)])
        if tree.size == head.size:
            at_signed = tree.root()
    if tree.size < head.size:
        raise Frozen(f"{using} held {head.size} entries when last signed and holds {tree.size} now. {RESTORED}")
    if at_signed != head.root:
        raise Frozen(f"The first {head.size} entries of {using} are not those that were signed. {RESTORED}")
    if not before <= tree.size <= size(using):  # reports may come in while this reads
        raise Frozen(f"The head of {using} says {size(using)} entries; there are {tree.size}. Run `onrecord verify`.")
    return tree.size, tree.root()


def _next_time(using: str) -> datetime:
    """Now, or just after the newest checkpoint where a played clock stands still."""
    newest = newest_checkpoint(using)
    return max(now(), newest.made_at + timedelta(microseconds=1)) if newest else now()


HEAD = "It remembers what was signed, outside the database; without it a cut record could be signed as whole."
RESTORED = "Was the database restored from a backup? Reports are still taken. Nothing is signed until this is settled."


@contextmanager
def _one_at_a_time(using: str) -> Iterator[None]:
    home().mkdir(parents=True, exist_ok=True)
    with (home() / f"head-{using}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
