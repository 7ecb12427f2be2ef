"""Append: the one way in. It locks, stamps, seals, stores and projects, in one transaction."""

import zlib
from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

import structlog
from django.db import IntegrityError, transaction

from onrecord.ledger.actions.store import NewRow, add_rows, lock_head
from onrecord.ledger.facts import Entry, Saying
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.collector import paused
from onrecord.ledger.gateway.given import note_given
from onrecord.ledger.gateway.home import origin
from onrecord.ledger.gateway.keys import salts, seal, seal_key_id, signer
from onrecord.ledger.gateway.registry import Projector, catalogue, projectors
from onrecord.ledger.gateway.rows import fetch, marks, one_connection
from onrecord.ledger.gateway.trouble import told
from onrecord.ledger.models import StoredLeaf, Unprojected
from onrecord.ledger.queries import BATCH, entries, erased_of, leaf_and_promise, standing_of
from onrecord.ledger.rules.leaf import Leaf, digests, disclosures
from onrecord.ledger.rules.merkle import leaf_hash
from onrecord.ledger.rules.receipt import Promise, Receipt, Standing

log = structlog.get_logger()
FAST, LOOKS_BACK, HELD = 1, 12, 5
"""How hard to squeeze what is sealed: a little, since every report waits for it. It looks back over four kilobytes: to
make room to look further costs more than to squeeze what almost every fact says.
"""


class IdTaken(ValueError):
    """The id already stands for something else. The earlier entry is untouched."""


def append(sayings: Sequence[Saying], using: str = "default") -> list[Entry]:
    """Record all of these, or none. An id already recorded with the same content gives the same entry again.

    It is first tried as if every id were new and every projector worked, which is almost always so; else once more,
    with care. Raises IdTaken when an id stands for other content, and UnknownKind for a kind that is not known here.
    """
    for saying in sayings:
        catalogue()[saying.fact.kind]
    try:
        return _recorded(sayings, using, _none_known, _all_at_once)
    except IntegrityError:
        pass
    except _NotProjected as error:
        log.error("projection failed", kinds=sorted({saying.fact.kind for saying in sayings}), **error.told)
    return _recorded(sayings, using, _already, _one_by_one)


def _recorded(
    sayings: Sequence[Saying],
    using: str,
    already: Callable[[Sequence[Saying], str], list[Entry]],
    projected: Callable[[Sequence[Entry]], None],
) -> list[Entry]:
    with paused(), transaction.atomic(using=using), one_connection(using):
        head, newest = lock_head(using)
        known = {found.id: found for found in already(sayings, using)}
        if new := _fresh(sayings, known):
            at = max(now(), newest)
            made = [Entry(head + place, at, saying, saying.fact.version) for place, saying in enumerate(new)]
            add_rows(using, [_row(entry) for entry in made], at)
            if using == "default":
                projected(made)
            known |= {entry.id: entry for entry in made}
    return [known[saying.id] for saying in sayings]


def receipt(uid: UUID, using: str = "default") -> str:
    """The signed receipt of an entry: the same bytes however often it is asked for."""
    return _signed(uid, *leaf_and_promise(uid, using), using)


def receipt_and_standing(uid: UUID, held: tuple[StoredLeaf, Promise], now: datetime) -> tuple[str, Standing]:
    """The signed receipt of an entry, and what became of its promise: as `leaf_and_promise` answers both."""
    return _signed(uid, *held, "default"), standing_of(*held, now)


def _signed(uid: UUID, row: StoredLeaf, promise: Promise, using: str) -> str:
    recorded_at = Leaf.read(bytes(row.payload)).recorded_at
    made = Receipt(origin(), uid, recorded_at, bytes(row.leaf_hash), promise)
    note_given(uid, made.leaf_hash, using)
    return made.signed(signer("receipt"))


def project(made: Sequence[Entry]) -> None:
    """Let every projector write its rows. One that fails is noted and healed later; it cannot undo the record."""
    try:
        with transaction.atomic():
            _all_at_once(made)
    except _NotProjected as error:
        log.error("projection failed", first=made[0].seq, count=len(made), **error.told)
        _one_by_one(made)


class _NotProjected(Exception):
    """A projector failed. What was written with it is taken back, and done again with each projector by itself."""

    def __init__(self, error: Exception) -> None:
        self.told = told(error)


def _all_at_once(made: Sequence[Entry]) -> None:
    try:
        for projector in projectors():
            projector.project(made)
    except Exception as error:
        raise _NotProjected(error) from error


def _one_by_one(made: Sequence[Entry]) -> None:
    for projector in projectors():
        for entry in made:
            _project_one(projector, entry)


def _project_one(projector: Projector, entry: Entry) -> None:
    """Project one entry by itself; note it where that fails."""
    try:
        with transaction.atomic():
            projector.project([entry])
    except Exception as error:
        log.error("projection failed", projector=projector.__name__, seq=entry.seq, **told(error))
        Unprojected.objects.get_or_create(
            seq=entry.seq, projector=projector.__name__, defaults={"error": type(error).__name__}
        )


def _none_known(sayings: Sequence[Saying], using: str) -> list[Entry]:
    return []


def _already(sayings: Sequence[Saying], using: str) -> list[Entry]:
    uids = [saying.id for saying in sayings]
    taken: list[UUID] = []
    for start in range(0, len(uids), BATCH):
        part = uids[start : start + BATCH]
        taken += [row[1] for row in fetch(StoredLeaf, f"WHERE t.uid IN ({marks(part)})", part, using)]
    return entries(taken, using) if taken else []


def _fresh(sayings: Sequence[Saying], known: dict[UUID, Entry]) -> list[Saying]:
    fresh: dict[UUID, Saying] = {}
    for saying in sayings:
        first = known[saying.id].saying if saying.id in known else fresh.get(saying.id)
        if first is None:
            fresh[saying.id] = saying
        elif first.fact.kind != saying.fact.kind or not _same(first, saying):
            raise IdTaken(f"{saying.id} already stands for something else. Use a new id to record something new.")
    return list(fresh.values())


def _same(first: Saying, again: Saying) -> bool:
    """Whether both say the same. What was erased of the first is not there to be compared."""
    said, wanted = first.opened(), again.opened()
    differ = {name for name in said.keys() | wanted.keys() if said.get(name) != wanted.get(name)}
    return not differ or {name.removeprefix("body.") for name in differ} <= erased_of(first.id)


def _row(entry: Entry) -> NewRow:
    fields = entry.saying.opened()
    opened = disclosures(fields, salts(len(fields)))
    payload = Leaf(entry.id, entry.kind, entry.version, entry.recorded_at, digests(opened)).payload()
    sealed = seal(entry.id.bytes, squeezed("\n".join(opened).encode()))
    return NewRow(entry.seq, entry.id, payload, leaf_hash(payload), sealed, seal_key_id())


def squeezed(plain: bytes) -> bytes:
    """What is to be sealed, squeezed a little, as zlib writes it."""
    made = zlib.compressobj(FAST, zlib.DEFLATED, LOOKS_BACK, HELD)
    return made.compress(plain) + made.flush()
