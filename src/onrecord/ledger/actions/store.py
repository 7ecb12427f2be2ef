"""The one way into the ledger's tables, on SQLite and on PostgreSQL.

The first statement of an append locks the head row, so entries are numbered in the order they commit. On PostgreSQL the
program's own role may only call two functions; on SQLite triggers refuse whatever is not the next entry.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connections

from onrecord.ledger.gateway.rows import insert
from onrecord.ledger.models import Head, Opening, StoredLeaf


@dataclass(frozen=True)
class NewRow:
    """A row to be added: a leaf and its sealed openings."""

    seq: int
    uid: UUID
    payload: bytes
    leaf_hash: bytes
    sealed: bytes
    key_id: str


def lock_head(using: str) -> tuple[int, datetime]:
    """Lock the head row until the transaction ends; the ledger's size and the newest `recorded_at`."""
    if connections[using].vendor == "postgresql":
        with connections[using].cursor() as cursor:
            cursor.execute("SELECT size, recorded_at FROM ledger_lock()")
            size, recorded_at = cursor.fetchone()
            return size, recorded_at
    return Head.objects.using(using).values_list("size", "recorded_at").get(id=1)


def add_rows(using: str, rows: Sequence[NewRow], recorded_at: datetime) -> None:
    """Add rows after the head, and move the head. Only inside the transaction that locked it."""
    if connections[using].vendor == "postgresql":
        with connections[using].cursor() as cursor:
            cursor.executemany(
                "SELECT ledger_append(%s, %s, %s, %s, %s, %s, %s)",
                [(row.seq, row.uid, row.payload, row.leaf_hash, row.sealed, row.key_id, recorded_at) for row in rows],
            )
        return
    leaves = (StoredLeaf(seq=row.seq, uid=row.uid, payload=row.payload, leaf_hash=row.leaf_hash) for row in rows)
    insert(leaves, using)
    insert((Opening(uid=row.uid, sealed=row.sealed, key_id=row.key_id) for row in rows), using)
    Head.objects.using(using).filter(id=1).update(size=rows[-1].seq + 1, recorded_at=recorded_at)
