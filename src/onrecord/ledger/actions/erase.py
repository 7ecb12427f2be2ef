"""Lawful erasure: what two agreed to is sealed again without what goes, and nothing else of the record moves.

The leaf, its digests and the tree stay. What is put in the place of a field has a salt of its own, and the entry that
says what was erased commits to it: so the opening can be checked for ever, and what is gone cannot be guessed.
"""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from django.db import connections, transaction

from onrecord.ledger.actions.append import FAST, append
from onrecord.ledger.actions.store import NewSeal, hold, reseal
from onrecord.ledger.facts import Corrected, Entry, Erasing, ErasureCarriedOut, ErasureProposed
from onrecord.ledger.facts.erasure import FILE
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.gateway.files import erase_file
from onrecord.ledger.gateway.keys import salts, seal, seal_key_id
from onrecord.ledger.gateway.registry import catalogue, projectors
from onrecord.ledger.models import Opening
from onrecord.ledger.queries import (
    answers,
    as_stored,
    entries,
    entry,
    leaf_of,
    lines,
    said_in,
    threads,
    unsealed,
    untaken,
)
from onrecord.ledger.rules.effect import CORRECTED, corrected_fact, standing
from onrecord.ledger.rules.erasing import AROUND, GONE, note, of_correction, without
from onrecord.ledger.rules.leaf import Leaf, digests, disclosures, fields_of
from onrecord.ledger.rules.machine import machine_saying


class NotAgreed(ValueError):
    """Nobody, or nobody who may, has agreed to this erasure."""


class Change(NamedTuple):
    """What an erasure does to one entry: the fields that go by name, and its opening afterwards."""

    entry: UUID
    names: tuple[str, ...]
    gone: tuple[str, ...]
    left: tuple[str, ...]
    opened: tuple[str, ...]


def planned(parts: Sequence[Erasing], basis: str, owner: str, at: datetime) -> list[Change]:
    """What erasing this would do, entry by entry, the corrections of what goes with it. Nothing is changed.

    Raises Refused where an entry could not be read without it, and NoSuchEntry.
    """
    said = note(basis, owner, at.astimezone(HERE).date())
    found = []
    for uid in dict.fromkeys(UUID(part.entry) for part in parts):
        mine, made = [part for part in parts if UUID(part.entry) == uid], entry(uid)
        found.append(_change(made, mine, said, None))
        for fix in _corrections(uid):
            if some := of_correction(fix.saying.fact.field, mine, fix.id):  # type: ignore[attr-defined]
                found.append(_change(fix, some, said, made))
    return [change for change in found if change.names]


def carry_out(proposal: UUID, owner: str, at: datetime) -> list[Entry]:
    """Erase what was proposed and agreed to; `owner` is the agency's name. Raises NotAgreed. Again it does nothing.

    One transaction: the entries that say so, the openings sealed again, the rows that follow from them. The files go
    when that is recorded for good.
    """
    with transaction.atomic():
        hold()
        made = entry(proposal)
        fact = made.saying.fact
        if not isinstance(fact, ErasureProposed) or not _agreed(proposal):
            raise NotAgreed("This erasure waits for a second person.")
        changes = [one for one in planned(fact.parts, fact.basis, owner, at) if not _done(proposal, one.entry)]
        said = append([_saying(one, made, fact, at) for one in changes])
        reseal([_seal(one, made) for one, made in zip(changes, said, strict=True) if one.gone])
        _follow([one.entry for one in changes])
        for one in changes:
            if FILE in one.names:
                transaction.on_commit(partial(erase_file, one.entry))
        transaction.on_commit(_overwrite)
    return said


def _change(made: Entry, wanted: Sequence[Erasing], said: str, original: Entry | None) -> Change:
    """What goes of one entry. A correction has to fit what it puts right afterwards too."""
    leaf = Leaf.read(as_stored(leaf_of(made.id).payload))
    opened = unsealed(made.id, as_stored(Opening.objects.get(uid=made.id).sealed))
    fields, kind = fields_of(opened), catalogue()[made.kind]

    def reads(tried: dict[str, Any]) -> None:
        saying = said_in(made.id, leaf, tried)
        if original:
            corrected_fact(original, [replace(made, saying=saying)])

    changed = without(kind, fields, wanted, said, reads)
    new = {name: value for name, value in changed.items() if value is not GONE}
    fresh = disclosures(new, salts(len(new)))
    old = [one for one in opened if next(iter(fields_of([one]))) in changed]
    file = any(part.field == FILE for part in wanted) and bool(kind.keeps_file)
    names = tuple(part.field for part in wanted if _stored(part.field) in changed or (file and part.field == FILE))
    kept = tuple(one for one in opened if one not in old)
    return Change(made.id, names, digests(old), digests(fresh), (*kept, *fresh))


def _stored(field: str) -> str:
    top = field.partition(".")[0]
    return top if top in AROUND else f"body.{top}"


def _corrections(uid: UUID) -> list[Entry]:
    found = [line.id for line in lines(answers([uid])) if line.kind == CORRECTED]
    return [made for made in entries(found) if isinstance(made.saying.fact, Corrected)] if found else []


def _agreed(proposal: UUID) -> bool:
    thread = threads([proposal])
    return any(line.id == proposal and line.proposed for line, _ in standing(thread, thread[-1].recorded_at))


def _id(proposal: UUID, uid: UUID) -> UUID:
    return untaken(uuid5(proposal, f"erased/{uid}"), ErasureCarriedOut.kind)


def _done(proposal: UUID, uid: UUID) -> bool:
    return bool(lines([_id(proposal, uid)]))


def _saying(one: Change, proposal: Entry, fact: ErasureProposed, at: datetime) -> Any:
    carried = ErasureCarriedOut(basis=fact.basis, fields_gone=one.names, owner=fact.owner, gone=one.gone, left=one.left)
    return machine_saying(carried, at, uid=_id(proposal.id, one.entry), regarding=(proposal.id, one.entry))


def _seal(one: Change, said: Entry) -> NewSeal:
    sealed = seal(one.entry.bytes, zlib.compress("\n".join(one.opened).encode(), FAST))
    return NewSeal(said.id, one.entry, sealed, seal_key_id())


def _follow(uids: Iterable[UUID]) -> None:
    """Rows that were made from what is gone are made again from what is left."""
    made = entries(uids)
    for projector in projectors():
        if again := getattr(projector, "project_anew", None):
            again(made)


def _overwrite() -> None:
    """SQLite keeps what was written in its log until that is moved into the database: move it now, and cut the log."""
    connection = connections["default"]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
