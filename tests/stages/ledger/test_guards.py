"""The database refuses to change the record, by whatever route it is asked."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from onrecord.ledger.actions import checkpoint
from onrecord.ledger.models import Head, Opening, StoredCheckpoint, StoredCosignature, StoredLeaf
from tests.partnership import FOUNDED, START, Store
from tests.stages.ledger.erasing import erased
from tests.stages.ledger.tampering import record, run, uid_value

Route = Callable[[], object]
HASH = b"\0" * 32


def leaf(**changed: object) -> StoredLeaf:
    """A row that would be the next entry, with some columns changed."""
    said = {"seq": StoredLeaf.objects.count(), "uid": uuid4(), "payload": b"{}", "leaf_hash": HASH}
    return StoredLeaf(**(said | changed))


def first() -> StoredLeaf:
    return StoredLeaf.objects.get(seq=0)


def changed(row: object, **columns: object) -> object:
    for name, value in columns.items():
        setattr(row, name, value)
    return row


def insert(how: str, seq: int, uid: UUID, tail: str = "", payload: bytes = b"{}", hashed: bytes = HASH) -> int:
    columns = "INTO ledger_leaf (seq, uid, payload, leaf_hash) VALUES (%s, %s, %s, %s)"
    return run(f"{how} {columns} {tail}", [seq, uid_value(uid), payload, hashed])


def following() -> int:
    return StoredLeaf.objects.count()


UPSERT = "ON CONFLICT (seq) DO UPDATE SET payload = excluded.payload"
ROUTES: dict[str, Route] = {
    "leaf: queryset update": lambda: StoredLeaf.objects.filter(seq=0).update(payload=b"{}"),
    "leaf: queryset delete": lambda: StoredLeaf.objects.all().delete(),
    "leaf: save": lambda: changed(first(), payload=b"{}").save(),
    "leaf: delete": lambda: first().delete(),
    "leaf: bulk update": lambda: StoredLeaf.objects.bulk_update([changed(first(), payload=b"{}")], ["payload"]),
    "leaf: bulk create over one": lambda: StoredLeaf.objects.bulk_create([leaf(seq=0)]),
    "leaf: bulk create, conflicts ignored": lambda: StoredLeaf.objects.bulk_create(
        [leaf(seq=0)], ignore_conflicts=True
    ),
    "leaf: bulk create, conflicts updated": lambda: StoredLeaf.objects.bulk_create(
        [leaf(seq=0)], update_conflicts=True, update_fields=["payload"], unique_fields=["seq"]
    ),
    "leaf: a gap": lambda: insert("INSERT", following() + 1, uuid4()),
    "leaf: a negative number": lambda: insert("INSERT", -1, uuid4()),
    "leaf: a number again": lambda: insert("INSERT", 0, uuid4()),
    "leaf: an id again": lambda: insert("INSERT", following(), first().uid),
    "leaf: a short hash": lambda: insert("INSERT", following(), uuid4(), hashed=b"short"),
    "leaf: no bytes": lambda: insert("INSERT", following(), uuid4(), payload=b""),
    "leaf: too many bytes": lambda: insert("INSERT", following(), uuid4(), payload=b"x" * 65_536),
    "leaf: upsert": lambda: insert("INSERT", 0, uuid4(), UPSERT),
    "leaf: upsert that does nothing": lambda: insert("INSERT", 0, uuid4(), "ON CONFLICT DO NOTHING"),
    "leaf: raw update": lambda: run("UPDATE ledger_leaf SET seq = seq + 1000"),
    "leaf: raw delete": lambda: run("DELETE FROM ledger_leaf WHERE seq = 1"),
    "opening: queryset update": lambda: Opening.objects.update(sealed=b"other"),
    "opening: queryset delete": lambda: Opening.objects.all().delete(),
    "opening: save": lambda: changed(Opening.objects.first(), sealed=b"other").save(),
    "opening: an id again": lambda: Opening.objects.bulk_create([Opening(uid=first().uid, sealed=b"x", key_id="x")]),
    "opening: conflicts updated": lambda: Opening.objects.bulk_create(
        [Opening(uid=first().uid, sealed=b"x", key_id="x")],
        update_conflicts=True,
        update_fields=["sealed"],
        unique_fields=["uid"],
    ),
    "checkpoint: queryset update": lambda: StoredCheckpoint.objects.update(size=0),
    "checkpoint: queryset delete": lambda: StoredCheckpoint.objects.all().delete(),
    "checkpoint: save": lambda: changed(StoredCheckpoint.objects.get(), note="other").save(),
    "checkpoint: a moment again": lambda: StoredCheckpoint.objects.create(size=1, note="", made_at=START),
    "head: size back": lambda: Head.objects.update(size=3),
    "head: size ahead": lambda: Head.objects.update(size=3_000),
    "head: time back": lambda: Head.objects.update(recorded_at=FOUNDED - timedelta(days=1)),
    "head: delete": lambda: Head.objects.all().delete(),
    "head: a second one": lambda: Head.objects.create(id=2, size=0, recorded_at=START),
    "head: another number": lambda: run("UPDATE ledger_head SET id = 2"),
}
ON_SQLITE: dict[str, Route] = {
    "leaf: insert or replace, by number": lambda: insert("INSERT OR REPLACE", 0, uuid4()),
    "leaf: insert or replace, by id": lambda: insert("INSERT OR REPLACE", following(), first().uid),
    "leaf: replace": lambda: insert("REPLACE", 0, uuid4()),
    "leaf: insert or ignore": lambda: insert("INSERT OR IGNORE", following() + 1, uuid4()),
    "leaf: update or replace": lambda: run("UPDATE OR REPLACE ledger_leaf SET seq = 0 WHERE seq = 1"),
    "leaf: update or ignore": lambda: run("UPDATE OR IGNORE ledger_leaf SET payload = 'x'"),
    "opening: replace": lambda: run("REPLACE INTO ledger_opening SELECT uid, 'x', key_id FROM ledger_opening"),
    "checkpoint: replace": lambda: run(
        "REPLACE INTO ledger_checkpoint SELECT id, 0, '', made_at FROM ledger_checkpoint"
    ),
    "head: replace": lambda: run("REPLACE INTO ledger_head SELECT 1, 0, recorded_at FROM ledger_head"),
}
ON_POSTGRESQL: dict[str, Route] = {
    f"truncate {tables}": lambda tables=tables: run(f"TRUNCATE {tables}")
    for tables in (
        "ledger_leaf",
        "ledger_opening",
        "ledger_checkpoint",
        "ledger_cosignature",
        "ledger_resealing",
        "ledger_head",
        "ledger_leaf, ledger_opening RESTART IDENTITY CASCADE",
    )
}


@pytest.mark.parametrize("name", [*ROUTES, *ON_SQLITE, *ON_POSTGRESQL])
def test_the_record_cannot_be_changed_by(name: str, store: Store) -> None:
    own = ON_POSTGRESQL if connection.vendor == "postgresql" else ON_SQLITE
    if name not in ROUTES and name not in own:
        pytest.skip(f"{connection.vendor} knows no such statement")
    checkpoint()
    before = record()
    with pytest.raises(DatabaseError), transaction.atomic():
        (ROUTES | own)[name]()
    assert record() == before


def test_the_next_entry_alone_is_let_in(store: Store) -> None:
    """The refusals above would prove nothing if every row were refused."""
    assert insert("INSERT", following(), uuid4()) == 1


def test_the_reads_ledger_is_guarded_too(store: Store) -> None:
    before = record("reads")
    with pytest.raises(DatabaseError), transaction.atomic(using="reads"):
        run("UPDATE ledger_leaf SET payload = leaf_hash", using="reads")
    assert record("reads") == before


def test_every_guarded_table_holds_something_to_change(store: Store) -> None:
    checkpoint()
    StoredCosignature.objects.create(size=1, witness="inspectorate.example", signed_at=START, line="signed")
    erased((store.report(), "words"))
    assert {table: bool(rows) for table, rows in record().items()} == dict.fromkeys(record(), True)
    assert len(record()) == 6
