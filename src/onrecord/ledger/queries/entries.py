"""Entries, opened. What comes back has names and words in it, so only stages ask, never a page by itself."""

import json
import zlib
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID, uuid5

from django.db.models import OuterRef, QuerySet, Subquery

from onrecord.ledger.facts import Entry, Lowering, Saying, When
from onrecord.ledger.gateway.keys import unseal
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.models import Head, Opening, StoredLeaf, Unprojected
from onrecord.ledger.rules.leaf import Leaf, fields_of

BATCH = 500


class NoSuchEntry(LookupError):
    """There is no entry with this id."""


def size(using: str = "default") -> int:
    """How many entries the ledger holds."""
    return Head.objects.using(using).values_list("size", flat=True).get(id=1)


def entry(uid: UUID, using: str = "default") -> Entry:
    """One entry, opened; NoSuchEntry if there is none."""
    found = entries([uid], using)
    if not found:
        raise NoSuchEntry(f"There is no entry {uid}.")
    return found[0]


def entries(uids: Iterable[UUID], using: str = "default") -> list[Entry]:
    """The entries with these ids, opened, in ledger order."""
    wanted = list(dict.fromkeys(uids))
    found: list[Entry] = []
    for start in range(0, len(wanted), BATCH):
        found += _opened(_sealed(using).filter(uid__in=wanted[start : start + BATCH]))
    return sorted(found, key=lambda made: made.seq)


def unprojected() -> int:
    """How many failures to write an entry into a read table wait to be mended."""
    return Unprojected.objects.count()


def untaken(uid: UUID, kind: str) -> UUID:
    """This id, or the first after it that nobody took for a fact of another kind.

    What the watch says has an id that can be worked out beforehand. Whoever took it must not silence the watch.
    """
    while any(made.kind != kind for made in entries([uid])):
        uid = uuid5(uid, "next")
    return uid


def every(using: str = "default", first: int = 0) -> Iterator[list[Entry]]:
    """The whole ledger from `first`, opened, in batches, in order."""
    while batch := _opened(_sealed(using).filter(seq__gte=first).order_by("seq")[:BATCH]):
        yield batch
        first = batch[-1].seq + 1


def latest(using: str = "default", most: int = BATCH) -> list[Entry]:
    """The newest entries, opened, the newest first."""
    return _opened(_sealed(using).order_by("-seq")[:most])


def leaves(using: str = "default") -> Iterator[StoredLeaf]:
    """Every stored leaf in order, unopened."""
    return StoredLeaf.objects.using(using).order_by("seq").iterator(chunk_size=2000)


def leaf_of(uid: UUID, using: str = "default") -> StoredLeaf:
    """The stored leaf of an entry; NoSuchEntry if there is none."""
    found = StoredLeaf.objects.using(using).filter(uid=uid).first()
    if found is None:
        raise NoSuchEntry(f"There is no entry {uid}.")
    return found


def _sealed(using: str) -> QuerySet[StoredLeaf]:
    """Leaves, each with what is sealed beside it."""
    beside = Opening.objects.filter(uid=OuterRef("uid")).values("sealed")[:1]
    return StoredLeaf.objects.using(using).annotate(sealed=Subquery(beside))


def _opened(rows: Iterable[StoredLeaf]) -> list[Entry]:
    return [opened(row, as_stored(getattr(row, "sealed"))) for row in rows]  # noqa: B009  # annotated, not a column


def opened(row: StoredLeaf, sealed: bytes) -> Entry:
    """A stored entry, opened and read by today's classes."""
    leaf = Leaf.read(as_stored(row.payload))
    fields = fields_of(unsealed(row.uid, sealed))
    body = {name.removeprefix("body."): value for name, value in fields.items() if name.startswith("body.")}
    saying = Saying(
        id=row.uid,
        fact=catalogue().read(leaf.kind, leaf.version, body),
        by=fields["by"],
        role=fields["role"],
        agency=fields["agency"],
        on_behalf=fields["on_behalf"],
        happened=When.model_validate(fields["happened"]),
        about=tuple(UUID(mention) for mention in fields["about"]),
        regarding=tuple(UUID(target) for target in fields["regarding"]),
        lowering=Lowering.model_validate(fields["lowering"]) if fields["lowering"] else None,
    )
    return Entry(seq=row.seq, recorded_at=leaf.recorded_at, saying=saying, version=leaf.version)


def as_stored(value: Any) -> bytes:
    """A stored value's bytes, also where somebody wrote text into the column: SQLite lets them, and hands text back."""
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def unsealed(uid: UUID, sealed: bytes) -> list[str]:
    """The disclosures of an entry."""
    return list(json.loads(zlib.decompress(unseal(uid.bytes, sealed))))
