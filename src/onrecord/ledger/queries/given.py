"""Receipts that were given, held against the record."""

from typing import NamedTuple
from uuid import UUID

from onrecord.ledger.gateway.given import LENGTH, given
from onrecord.ledger.models import StoredLeaf


class Given(NamedTuple):
    """What became of the receipts that wait for a checkpoint: the numbers of those here, and the ids of those lost."""

    here: dict[UUID, int]
    lost: tuple[UUID, ...]


def given_receipts() -> Given:
    """The receipts whose entries stand in no signed checkpoint yet. Lost is also what the record holds otherwise."""
    wanted = given()  # before the record is read: what comes in meanwhile is not missing
    rows = StoredLeaf.objects.in_bulk(list(wanted), field_name="uid") if wanted else {}
    lost = [uid for uid, promised in wanted.items() if not _stands(rows.get(uid), promised)]
    return Given({uid: row.seq for uid, row in rows.items() if uid not in lost}, tuple(sorted(lost)))


def _stands(row: StoredLeaf | None, promised: str) -> bool:
    """Whether the record holds what the receipt is of. A note that a crash cut short says only which entry."""
    return row is not None and (len(promised) != LENGTH or bytes(row.leaf_hash).hex() == promised)
