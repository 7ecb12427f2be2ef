"""Entries, opened. What comes back has names and words in it, so only stages ask, never a page by itself."""

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from cryptography.exceptions import InvalidTag

from onrecord.ledger.facts import Entry, Lowering, Saying, When
from onrecord.ledger.gateway.keys import unseal
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.gateway.rows import asked, marks
from onrecord.ledger.gateway.values import as_id
from onrecord.ledger.models import Head, Opening, StoredLeaf, Unprojected
from onrecord.ledger.rules.leaf import Leaf, fields_of

BATCH = 500
PROBES = 64
NEWEST_FIRST, OLDEST_FIRST = "ORDER BY l.seq DESC LIMIT %s", "ORDER BY l.seq LIMIT %s"
STORED = """SELECT l.seq, l.uid, l.payload, o.sealed FROM ledger_leaf l LEFT JOIN ledger_opening o ON o.uid = l.uid"""


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
        part = wanted[start : start + BATCH]
        found += _opened(f"WHERE l.uid IN ({marks(part)}) ORDER BY l.seq", part, using)
    return sorted(found, key=lambda made: made.seq)


def unprojected() -> int:
    """How many failures to write an entry into a read table wait to be mended."""
    return Unprojected.objects.count()


def newest_of(kind: str, before: int) -> Entry | None:
    """The newest entry of a kind before a number, opened, without what is only proposed; None where there is none."""
    newest = "SELECT n.uid FROM ledger_envelope n WHERE n.kind = %s AND n.seq < %s AND NOT n.proposed"
    found = _opened(f"WHERE l.uid = ({newest} ORDER BY n.seq DESC LIMIT 1)", [kind, before], "default")
    return found[0] if found else None


def untaken(uid: UUID, kind: str) -> UUID:
    """This id, or the first after it that nobody took for a fact of another kind.

    What the watch says has an id that can be worked out beforehand. Whoever took it must not silence the watch.
    """
    while taken := asked("SELECT l.payload FROM ledger_leaf l WHERE l.uid = %s", [uid]):
        if Leaf.read(as_stored(taken[0][0])).kind == kind:
            return uid
        uid = uuid5(uid, "next")
    return uid


def every(using: str = "default", first: int = 0) -> Iterator[list[Entry]]:
    """The whole ledger from `first`, opened, in batches, in order."""
    while batch := _opened("WHERE l.seq >= %s ORDER BY l.seq LIMIT %s", [first, BATCH], using):
        yield batch
        first = batch[-1].seq + 1


def of_kinds(kinds: Iterable[str], using: str = "default") -> Iterator[Entry]:
    """Every entry of these kinds, opened, in order. It reads every leaf and no table that could be made again."""
    wanted = tuple(f'"kind":"{kind}/'.encode() for kind in kinds)
    found = [leaf.uid for leaf in leaves(using) if any(kind in as_stored(leaf.payload) for kind in wanted)]
    for start in range(0, len(found), BATCH):
        yield from entries(found[start : start + BATCH], using)


def latest(using: str = "default", most: int = BATCH) -> list[Entry]:
    """The newest entries, opened, the newest first."""
    return _opened("ORDER BY l.seq DESC LIMIT %s", [most], using)


def between(first: int, end: int, most: int, using: str = "default", *, newest: bool = True) -> list[Entry]:
    """The entries from a number on and before another, opened: at most so many, the newest first or the oldest."""
    tail = NEWEST_FIRST if newest else OLDEST_FIRST
    return _opened(f"WHERE l.seq >= %s AND l.seq < %s {tail}", [first, end, most], using)


def first_after(moment: datetime, using: str = "default") -> int:
    """The number of the first entry that was recorded at a moment (aware) or after it: times never go back.

    Each question looks at a few dozen entries, so that three or four of them find the place in any record.
    """
    low, high = 0, size(using)
    while low < high:
        looked = range(low, high, max(1, (high - low) // PROBES))
        rows = StoredLeaf.objects.using(using).filter(seq__in=looked).values_list("seq", "payload")
        early = {seq: Leaf.read(as_stored(payload)).recorded_at < moment for seq, payload in rows}
        if not early:
            break
        low = max((seq + 1 for seq, before in early.items() if before), default=low)
        high = min((seq for seq, before in early.items() if not before), default=high)
    return low


def leaves(using: str = "default") -> Iterator[StoredLeaf]:
    """Every stored leaf in order, unopened."""
    return StoredLeaf.objects.using(using).order_by("seq").iterator(chunk_size=2000)


def leaf_of(uid: UUID, using: str = "default") -> StoredLeaf:
    """The stored leaf of an entry; NoSuchEntry if there is none."""
    found = StoredLeaf.objects.using(using).filter(uid=uid).first()
    if found is None:
        raise NoSuchEntry(f"There is no entry {uid}.")
    return found


def _opened(tail: str, parameters: Sequence[Any], using: str) -> list[Entry]:
    """The entries that fixed text of this program picks."""
    rows = asked(f"{STORED} {tail}", parameters, using)
    return [opened(seq, as_id(uid), as_stored(payload), as_stored(sealed)) for seq, uid, payload, sealed in rows]


def opened(seq: int, uid: UUID, payload: bytes, sealed: bytes) -> Entry:
    """A stored entry, opened and read by today's classes."""
    return read(seq, uid, payload, fields_of(unsealed(uid, sealed)))


def read(seq: int, uid: UUID, payload: bytes, fields: Mapping[str, Any]) -> Entry:
    """A stored entry of which the fields are open, read by today's classes."""
    leaf = Leaf.read(payload)
    saying = said_in(uid, leaf, fields)
    return Entry(seq=seq, recorded_at=leaf.recorded_at, saying=saying, version=leaf.version)


def said_in(uid: UUID, leaf: Leaf, fields: Mapping[str, Any]) -> Saying:
    """What the fields of an entry say, read by today's classes. Raises Refused for what they do not make."""
    body = {name.removeprefix("body."): value for name, value in fields.items() if name.startswith("body.")}
    return Saying(
        id=uid,
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


def seal_fits() -> bool:
    """Whether the key that seals opens at least one of the first entries. Raises Damaged where it cannot be read."""
    first = [row.uid for row in StoredLeaf.objects.order_by("seq")[:PROBES]]
    stored = Opening.objects.filter(uid__in=first).values_list("uid", "sealed")
    return not first or any(_opens(uid, as_stored(sealed)) for uid, sealed in stored)


def _opens(uid: UUID, sealed: bytes) -> bool:
    with suppress(InvalidTag):
        return bool(unseal(uid.bytes, sealed))
    return False


def as_stored(value: Any) -> bytes:
    """A stored value's bytes, also where somebody wrote text into the column: SQLite lets them, and hands text back."""
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def unsealed(uid: UUID, sealed: bytes) -> list[str]:
    """The disclosures of an entry."""
    return zlib.decompress(unseal(uid.bytes, sealed)).decode().split("\n")
