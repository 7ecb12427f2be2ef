"""The one way into the ledger's tables, on SQLite and on PostgreSQL.

The first statement of an append locks the head row, so entries are numbered in the order they commit. On PostgreSQL the
program's own role may only call two functions; on SQLite a view takes what comes in, and triggers refuse whatever is
not the next entry.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from onrecord.ledger.gateway.rows import call, connection_of, fetch
from onrecord.ledger.models import Head

ADD = {
    "postgresql": "SELECT ledger_append(%s, %s, %s, %s, %s, %s, %s)",
    "sqlite": "INSERT INTO ledger_in VALUES (%s, %s, %s, %s, %s, %s, %s)",
}
RESEAL = {
    "postgresql": "SELECT ledger_reseal(%s, %s, %s, %s)",
    "sqlite": "INSERT INTO ledger_reseal_in VALUES (%s, %s, %s, %s)",
}


class NewRow(NamedTuple):
    """A row to be added: a leaf and its sealed openings."""

    seq: int
    uid: UUID
    payload: bytes
    leaf_hash: bytes
    sealed: bytes
    key_id: str


class NewSeal(NamedTuple):
    """An opening sealed again without what was erased, in the name of the entry that says so."""

    erasure: UUID
    uid: UUID
    sealed: bytes
    key_id: str


def hold(using: str = "default") -> None:
    """Let nothing else be appended until the transaction ends: what is decided inside is decided on all there is.

    To be taken first: whoever locked a row before the head could wait for somebody who has the head and wants the row.
    """
    if not connection_of(using).in_atomic_block:
        raise transaction.TransactionManagementError("The ledger is held for the length of a transaction.")
    lock_head(using)


def lock_head(using: str) -> tuple[int, datetime]:
    """Lock the head row until the transaction ends; the ledger's size and the newest `recorded_at`."""
    if connection_of(using).vendor == "postgresql":
        with connection_of(using).cursor() as cursor:
            cursor.execute("SELECT size, recorded_at FROM ledger_lock()")
            size, recorded_at = cursor.fetchone()
            return size, recorded_at
    _, size, recorded_at = fetch(Head, "WHERE t.id = 1", (), using)[0]
    return size, recorded_at


def add_rows(using: str, rows: Sequence[NewRow], recorded_at: datetime) -> None:
    """Add rows after the head, and move the head. Only inside the transaction that locked it."""
    call(ADD[connection_of(using).vendor], [(*row, recorded_at) for row in rows], using)


def reseal(seals: Sequence[NewSeal], using: str = "default") -> None:
    """Put these openings in the place of those that stand. Only in the transaction that appended their erasures."""
    call(RESEAL[connection_of(using).vendor], seals, using)
