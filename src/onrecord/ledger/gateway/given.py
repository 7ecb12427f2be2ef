"""Receipts that were given and are not in a signed checkpoint yet, noted outside the database and its backups.

Until a checkpoint holds an entry, nothing but its receipt shows that it was there. So each receipt leaves a small file
with the entry's leaf hash, and the watch signs nothing while the record lacks what a receipt was given for.
"""

from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

import structlog
from django.db import transaction

from onrecord.ledger.gateway.home import home

log = structlog.get_logger()
LENGTH = 64
"""Of a leaf hash as it is written here. A crash can leave less of it."""


def note_given(uid: UUID, leaf_hash: bytes, using: str) -> None:
    """Note that a receipt is given, once its entry is recorded for good."""
    transaction.on_commit(lambda: _note(uid, leaf_hash), using=using)


def _note(uid: UUID, leaf_hash: bytes) -> None:
    """Write the note. A disc that takes no more stops no report: that is logged."""
    try:
        _folder().mkdir(mode=0o700, exist_ok=True)
        (_folder() / str(uid)).write_text(leaf_hash.hex())
    except OSError as error:
        log.error("a receipt that was given is not noted", error=type(error).__name__)


def given() -> dict[UUID, str]:
    """The leaf hash, in hexadecimal, of every entry whose receipt waits for a checkpoint."""
    found = {}
    for path in _folder().iterdir() if _folder().is_dir() else ():
        try:
            found[UUID(path.name)] = path.read_text()
        except (ValueError, OSError):
            log.error("what stands among the receipts is none", name=path.name)
    return found


def settle_given(uids: Iterable[UUID]) -> None:
    """Forget receipts whose entries stand in a signed checkpoint."""
    for uid in uids:
        (_folder() / str(uid)).unlink(missing_ok=True)


def set_apart(uids: Iterable[UUID]) -> None:
    """Keep the notes of receipts whose entries are lost in a folder of their own: somebody has to ask who reported."""
    apart = home() / "given-lost"
    apart.mkdir(mode=0o700, exist_ok=True)
    for uid in uids:
        (_folder() / str(uid)).replace(apart / str(uid))


def _folder() -> Path:
    return home() / "given"
