"""Named questions to the ledger. They open what is sealed, so only stages ask them, never a page by itself."""

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from onrecord.ledger.facts import Corrected, Entry, Fact, Lowering, Saying, When
from onrecord.ledger.gateway.keys import unseal
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.models import About, Envelope, Head, Opening, Regards, StoredCheckpoint, StoredLeaf
from onrecord.ledger.rules.effect import HAPPENED, Line
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
        found += _opened(list(StoredLeaf.objects.using(using).filter(uid__in=wanted[start : start + BATCH])), using)
    return sorted(found, key=lambda made: made.seq)


def every(using: str = "default", first: int = 0) -> Iterator[list[Entry]]:
    """The whole ledger from `first`, opened, in batches, in order."""
    while rows := list(StoredLeaf.objects.using(using).filter(seq__gte=first).order_by("seq")[:BATCH]):
        yield _opened(rows, using)
        first = rows[-1].seq + 1


def leaves(using: str = "default") -> Iterator[StoredLeaf]:
    """Every stored leaf in order, unopened."""
    return StoredLeaf.objects.using(using).order_by("seq").iterator(chunk_size=2000)


def about(mentions: Iterable[UUID], kinds: Iterable[str] | None = None) -> list[UUID]:
    """The ids of entries that make these mentions or are about them, in ledger order."""
    rows = About.objects.filter(mention__in=list(mentions)).order_by("seq").values_list("uid", flat=True)
    uids = list(dict.fromkeys(rows))
    if kinds is None:
        return uids
    wanted = Envelope.objects.filter(uid__in=uids, kind__in=list(kinds)).order_by("seq")
    return list(wanted.values_list("uid", flat=True))


def answers(targets: Iterable[UUID]) -> list[UUID]:
    """The ids of entries that regard these entries, in ledger order."""
    rows = Regards.objects.filter(target__in=list(targets)).order_by("seq").values_list("uid", flat=True)
    return list(dict.fromkeys(rows))


def thread(root: UUID) -> list[Line]:
    """The line of an entry and of everything that answers it, or answers an answer, in ledger order."""
    return threads([root])


def threads(roots: Iterable[UUID]) -> list[Line]:
    """The lines of these entries and of everything that answers them, at any remove, in ledger order."""
    found: set[UUID] = set()
    layer = set(roots)
    while layer:
        found |= layer
        layer = set(answers(layer)) - found
    return lines(found)


def lines(uids: Iterable[UUID]) -> list[Line]:
    """The lines of these entries, in ledger order."""
    wanted, found = list(dict.fromkeys(uids)), []
    for start in range(0, len(wanted), BATCH):
        found += list(Envelope.objects.filter(uid__in=wanted[start : start + BATCH]))
    seqs = [row.seq for row in found]
    targets = _grouped(Regards.objects.all(), "target", seqs)
    mentions = _grouped(About.objects.all(), "mention", seqs)
    return [_line(row, targets, mentions) for row in sorted(found, key=lambda row: row.seq)]


def all_lines() -> Iterator[Line]:
    """The line of every entry, in ledger order, in batches of a few queries."""
    last = -1
    while rows := list(Envelope.objects.filter(seq__gt=last).order_by("seq")[:BATCH]):
        seqs = [row.seq for row in rows]
        targets = _grouped(Regards.objects.all(), "target", seqs)
        mentions = _grouped(About.objects.all(), "mention", seqs)
        yield from (_line(row, targets, mentions) for row in rows)
        last = rows[-1].seq


def ancestors(uid: UUID, regarding: Iterable[UUID]) -> list[UUID]:
    """Every entry that this one answers, at any remove, and itself."""
    found, layer = {uid}, set(regarding)
    while layer:
        found |= layer
        rows = Regards.objects.filter(uid__in=list(layer)).values_list("target", flat=True)
        layer = set(rows) - found
    return list(found)


def _grouped(rows: QuerySet[Any], name: str, seqs: list[int]) -> dict[int, tuple[UUID, ...]]:
    grouped: dict[int, tuple[UUID, ...]] = {}
    for start in range(0, len(seqs), BATCH):
        part = rows.filter(seq__in=seqs[start : start + BATCH]).order_by("pk").values_list("seq", name)
        for seq, uid in part:
            grouped[seq] = (*grouped.get(seq, ()), uid)
    return grouped


def _line(row: Envelope, targets: dict[int, tuple[UUID, ...]], mentions: dict[int, tuple[UUID, ...]]) -> Line:
    regarding, about = targets.get(row.seq, ()), mentions.get(row.seq, ())
    times = row.recorded_at, row.happened_at
    return Line(row.seq, row.uid, row.kind, *times, row.by, row.agency, row.proposed, row.coded, regarding, about)


def envelopes(kinds: Sequence[str], *, by: str | None = None, newest: int = 500) -> list[Envelope]:
    """The outsides of the newest entries of these kinds, newest first."""
    rows = Envelope.objects.filter(kind__in=kinds).order_by("-seq")
    return list((rows.filter(by=by) if by is not None else rows)[:newest])


def leaf_of(uid: UUID, using: str = "default") -> StoredLeaf:
    """The stored leaf of an entry; NoSuchEntry if there is none."""
    found = StoredLeaf.objects.using(using).filter(uid=uid).first()
    if found is None:
        raise NoSuchEntry(f"There is no entry {uid}.")
    return found


def newest_checkpoint(using: str = "default") -> StoredCheckpoint | None:
    """The newest signed checkpoint, if there is one."""
    return StoredCheckpoint.objects.using(using).order_by("-made_at").first()


def coded(fact: Fact, regarding: Iterable[UUID]) -> dict[str, Any]:
    """A fact's coded fields; of a correction also the new value, where the field it puts right is itself coded."""
    made = fact.coded()
    if isinstance(fact, Corrected):
        kinds = Envelope.objects.filter(uid__in=list(regarding)).values_list("kind", flat=True)
        names = {name for kind in kinds for name, _, _, held in catalogue()[kind].fields() if held.coded}
        if fact.field in names | {HAPPENED}:
            made["value"] = json.loads(fact.value)
    return made


def news(using: str, now: datetime) -> bool:
    """Whether a checkpoint is due: something was recorded since the last one, or it is almost a day old."""
    newest = newest_checkpoint(using)
    return newest is None or newest.size != size(using) or now - newest.made_at > timedelta(hours=23)


def _opened(rows: list[StoredLeaf], using: str) -> list[Entry]:
    sealed = Opening.objects.using(using).in_bulk([row.uid for row in rows])
    return [opened(row, bytes(sealed[row.uid].sealed)) for row in rows]


def opened(row: StoredLeaf, sealed: bytes) -> Entry:
    """A stored entry, opened and read by today's classes."""
    leaf = Leaf.read(bytes(row.payload))
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


def unsealed(uid: UUID, sealed: bytes) -> list[str]:
    """The disclosures of an entry."""
    return list(json.loads(zlib.decompress(unseal(uid.bytes, sealed))))
