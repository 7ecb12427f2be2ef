"""What somebody with the database's own password can do: take the guards down, and write."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import connections, transaction

from onrecord.ledger.actions.heads import first_head
from onrecord.ledger.gateway.head import head_path

GUARDED = (
    "ledger_leaf",
    "ledger_opening",
    "ledger_resealing",
    "ledger_checkpoint",
    "ledger_cosignature",
    "ledger_head",
)


def run(statement: str, values: Sequence[Any] = (), using: str = "default") -> int:
    """Run a statement in a savepoint; how many rows it touched."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


@contextmanager
def unguarded(using: str = "default") -> Iterator[None]:
    """Inside, the record's tables are tables like any other. Afterwards the guards stand again."""
    if connections[using].vendor == "postgresql":
        _switch(using, "DISABLE")
        yield
        _switch(using, "ENABLE")
        return
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
    for name, _ in triggers:
        run(f"DROP TRIGGER {name}", using=using)
    yield
    for _, statement in triggers:
        run(statement, using=using)


def cut_tail(entries: int, using: str = "default") -> None:
    """Take the newest entries out, openings and all, and move the head back: what a restored backup looks like."""
    with unguarded(using):
        kept = f"(SELECT max(seq) + 1 - {entries} FROM ledger_leaf)"
        run(f"DELETE FROM ledger_opening WHERE uid IN (SELECT uid FROM ledger_leaf WHERE seq >= {kept})", using=using)
        run(f"DELETE FROM ledger_leaf WHERE seq >= {kept}", using=using)
        run("UPDATE ledger_head SET size = (SELECT max(seq) + 1 FROM ledger_leaf)", using=using)


def forget_signatures(using: str = "default") -> None:
    """Nothing was ever signed, says the installation: what only somebody who holds the checkpoint key can pretend."""
    with unguarded(using):
        run("DELETE FROM ledger_checkpoint", using=using)
    head_path(using).unlink()
    first_head(using)


def uid_value(uid: UUID, using: str = "default") -> str:
    """An id as the database stores it."""
    return str(uid) if connections[using].vendor == "postgresql" else uid.hex


def everything(using: str = "default") -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, blobs as bytes."""
    found = {}
    for table in connections[using].introspection.table_names():
        with connections[using].cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = [tuple(bytes(cell) if isinstance(cell, memoryview) else cell for cell in row) for row in cursor]
        found[table] = sorted(rows, key=repr)
    return found


def record(using: str = "default") -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the guarded tables."""
    return {table: rows for table, rows in everything(using).items() if table in GUARDED}


def _switch(using: str, how: str) -> None:
    for table in GUARDED:
        run(f"ALTER TABLE {table} {how} TRIGGER USER", using=using)
