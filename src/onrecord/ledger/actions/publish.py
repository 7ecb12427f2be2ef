"""Publish: the record as files that anybody can check without us, and copy. Leaves only: no name and no word.

Everything is read and hashed again, and compared with what was signed, before the first file is written. The signed
checkpoint is written last, so that a copy made meanwhile is never ahead of its own tiles.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from onrecord.ledger.gateway.keys import signer, verifiers
from onrecord.ledger.gateway.published import Differs, add_file, file_of, put_file
from onrecord.ledger.models import StoredLeaf
from onrecord.ledger.queries import as_stored, leaves, log_origin, newest_checkpoint, policies, witnessed_note
from onrecord.ledger.rules.merkle import Frontier, leaf_hash
from onrecord.ledger.rules.note import BadNote, Checkpoint, signed_text
from onrecord.ledger.rules.tiles import ENTRIES, WIDTH, Tiler, bundle, tile_path

Progress = Callable[[int, int], None]


class NotPublished(ValueError):
    """The record cannot be published into this folder. Nothing that stood there was changed."""


@dataclass(frozen=True)
class Published:
    """What stands in the folder now: a record's origin, how many entries, and how many files were added."""

    origin: str
    size: int
    added: int
    marks: tuple[str, str]
    """Read aloud to whoever trusts it: of the key that signs checkpoints, and of the one that signs receipts."""


def publish(folder: Path, using: str = "default", progress: Progress = lambda done, of: None) -> Published:
    """Add to the folder what was signed since, up to the newest checkpoint. Raises NotPublished."""
    newest = newest_checkpoint(using)
    if newest is None:
        raise NotPublished("Nothing has been signed yet: run `onrecord checkpoint` first.")
    signed = _opened(newest.note)
    _extends(folder, signed, log_origin(using))
    if _root(using, signed.size, progress) != signed.root:
        raise NotPublished(f"The first {signed.size} entries are not those that were signed. Run `onrecord verify`.")
    try:
        added = sum(add_file(folder, path, data) for path, data in _files(using, signed.size, progress))
        added += sum(add_file(folder, f"policy/{name}", text.encode()) for name, text in policies().items())
    except Differs as fault:
        raise NotPublished(str(fault)) from None
    log, receipts = signer("checkpoint").verifier(), signer("receipt").verifier()
    put_file(folder, "log.vkey", f"{log}\n".encode())
    put_file(folder, "receipt.vkey", f"{receipts}\n".encode())
    put_file(folder, "checkpoint", witnessed_note(newest, using).encode())
    return Published(signed.origin, signed.size, added, (log.mark(), receipts.mark()))


def _opened(note: str) -> Checkpoint:
    try:
        return Checkpoint.read(signed_text(note, verifiers("checkpoint")))
    except BadNote as fault:
        raise NotPublished(f"The newest checkpoint is not as it was signed here: {fault}.") from None


def _extends(folder: Path, signed: Checkpoint, origin: str) -> None:
    """That the folder is empty, or holds this record at no larger size."""
    if signed.origin != origin:
        raise NotPublished(f"The newest checkpoint is signed for {signed.origin}, not for {origin}.")
    there = file_of(folder, "checkpoint")
    if there is None:
        return
    try:
        before = Checkpoint.read(there.decode().partition("\n\n")[0] + "\n")
    except (BadNote, UnicodeDecodeError):
        raise NotPublished(f"{folder}/checkpoint is not a checkpoint. Choose another folder.") from None
    if before.origin != origin:
        raise NotPublished(f"{folder} holds {before.origin}. Choose another folder for {origin}.")
    if before.size > signed.size:
        raise NotPublished(f"{folder} holds {before.size} entries; only {signed.size} are signed here. Nothing is cut.")


def _root(using: str, size: int, progress: Progress) -> bytes:
    """The root over the first entries, each hashed again. No root where one of them is missing."""
    tree = Frontier()
    for row in islice(leaves(using), size):
        if row.seq != tree.size:
            break
        tree = tree.grow([leaf_hash(as_stored(row.payload))])
        if tree.size % WIDTH == 0:
            progress(tree.size, 2 * size)
    return tree.root() if tree.size == size else b""


def _files(using: str, size: int, progress: Progress) -> Iterator[tuple[str, bytes]]:
    """Every tile and every bundle of entries of a record of this size."""
    rows, tiler = iter(islice(leaves(using), size)), Tiler()
    number = 0
    while batch := _batch(rows):
        for entry in batch:
            yield from tiler.add(leaf_hash(entry))
        yield tile_path(ENTRIES, number, len(batch)), bundle(batch)
        number += 1
        progress(size + min(number * WIDTH, size), 2 * size)
    yield from tiler.rest()


def _batch(rows: Iterator[StoredLeaf]) -> list[bytes]:
    return [as_stored(row.payload) for row in islice(rows, WIDTH)]
