"""Lawful erasure: what two agreed to is sealed again without what goes, and nothing else of the record moves.

The leaf, its digests and the tree stay. What is put in the place of a field has a salt of its own, and the entry that
says what was erased commits to it: so the opening can be checked for ever, and what is gone cannot be guessed.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from django.db import connections, transaction

from onrecord.ledger.actions.append import append, squeezed
from onrecord.ledger.actions.reading import reader
from onrecord.ledger.actions.store import NewSeal, hold, reseal
from onrecord.ledger.facts import Corrected, Entry, Erasing, ErasureCarriedOut, ErasureProposed
from onrecord.ledger.facts.erasure import FILE, READS
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
    not_finished,
    threads,
    unsealed,
    untaken,
)
from onrecord.ledger.rules.effect import CORRECTED, standing
from onrecord.ledger.rules.erasing import AROUND, GONE, note, of_correction, without
from onrecord.ledger.rules.leaf import Leaf, digests, disclosures, fields_of
from onrecord.ledger.rules.machine import machine_saying


class NotAgreed(ValueError):
    """Nobody, or nobody who may, has agreed to this erasure."""


class Change(NamedTuple):
    """What an erasure does to one entry of a log: the fields that go by name, and its opening afterwards."""

    entry: UUID
    log: str | None
    names: tuple[str, ...]
    gone: tuple[str, ...]
    left: tuple[str, ...]
    opened: tuple[str, ...]


def planned(parts: Sequence[Erasing], basis: str, owner: str, at: datetime) -> list[Change]:
    """What erasing this would do, entry by entry, the corrections of what goes with it. Nothing is changed.

    Raises Refused where an entry could not be read without it, and NoSuchEntry.
    """
    said = note(basis, owner, at.astimezone(HERE).date())
    found = [_change(uid, log, mine, said) for (log, uid), mine in _by_entry(parts).items()]
    return [change for change in found if change.names]


def carry_out(proposal: UUID, at: datetime) -> list[Entry]:
    """Erase what was proposed and agreed to. Raises NotAgreed. Again it does nothing.

    One transaction: the entries that say so, the openings sealed again, the rows that follow from them. The files, and
    what stands in the log of who read what, go when that is recorded for good.
    """
    with transaction.atomic():
        hold()
        made = entry(proposal)
        fact = made.saying.fact
        if not isinstance(fact, ErasureProposed) or not _agreed(proposal):
            raise NotAgreed("This erasure waits for a second person.")
        begun = {one.entry for one in not_finished()}
        planned_now = planned(fact.parts, fact.basis, fact.owner_name, at)
        changes = [one for one in planned_now if not _done(proposal, one.entry) and one.entry not in begun]
        said = append([_saying(one, made, fact, at) for one in changes])
        reseal([_seal(one, made) for one, made in zip(changes, said, strict=True) if one.gone and not one.log])
        _follow([one.entry for one in changes if not one.log])
        for one in changes:
            if FILE in one.names:
                transaction.on_commit(partial(erase_file, one.entry))
        transaction.on_commit(partial(overwrite, "default"))
        if any(one.log for one in changes):
            transaction.on_commit(finish, robust=True)
    return said


def finish() -> int:
    """Seal again, in the log of who read what, what is on record as erased there and still stands; how many.

    The two logs are two databases. So the record says it first, and the watch asks once more.
    """
    waiting = not_finished()
    for one in waiting:
        proposal, said = entries([one.proposal])[0], entry(one.id)
        fact, at = proposal.saying.fact, said.saying.happened.earliest
        if not isinstance(fact, ErasureProposed):
            raise TypeError(f"{one.proposal} proposes no erasure")
        mine = [part for part in fact.parts if part.log == one.log and UUID(part.entry) == one.entry]
        with transaction.atomic(using=READS):
            hold(READS)
            for change in planned(mine, fact.basis, fact.owner_name, at):
                carried = _carried(change, fact)
                again = machine_saying(carried, at, uid=one.id, regarding=(one.proposal, one.entry))
                reseal([_seal(change, append([again], READS)[0])], READS)
    if waiting:
        overwrite(READS)
    return len(waiting)


def _by_entry(parts: Sequence[Erasing]) -> dict[tuple[str | None, UUID], list[Erasing]]:
    """What is to go of each entry, once, and the same of what puts it right: also where both are named."""
    wanted: dict[tuple[str | None, UUID], list[Erasing]] = {}
    for part in parts:
        wanted.setdefault((part.log, UUID(part.entry)), []).append(part)
    for (log, uid), mine in list(wanted.items()):
        for fix in _corrections(uid) if log is None else ():
            some = of_correction(fix.saying.fact.field, mine, fix.id)  # type: ignore[attr-defined]
            if some:
                wanted.setdefault((None, fix.id), []).extend(some)
    return wanted


def _change(uid: UUID, log: str | None, wanted: Sequence[Erasing], said: str) -> Change:
    """What goes of one entry."""
    using = log or "default"
    made, leaf = entry(uid, using), Leaf.read(as_stored(leaf_of(uid, using).payload))
    opened = unsealed(uid, as_stored(Opening.objects.using(using).get(uid=uid).sealed))
    fields, kind = fields_of(opened), catalogue()[made.kind]
    changed = without(kind, fields, wanted, said, reader(made, leaf))
    new = {name: value for name, value in changed.items() if value is not GONE}
    fresh = disclosures(new, salts(len(new)))
    old = [one for one in opened if next(iter(fields_of([one]))) in changed]
    file = any(part.field == FILE for part in wanted) and bool(kind.keeps_file)
    names = [part.field for part in wanted if _stored(part.field) in changed or (file and part.field == FILE)]
    kept = tuple(one for one in opened if one not in old)
    return Change(uid, log, tuple(dict.fromkeys(names)), digests(old), digests(fresh), (*kept, *fresh))


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
    told = one._replace(gone=(), left=()) if one.log else one
    return machine_saying(_carried(told, fact), at, uid=_id(proposal.id, one.entry), regarding=(proposal.id, one.entry))


def _carried(one: Change, fact: ErasureProposed) -> ErasureCarriedOut:
    return ErasureCarriedOut(
        basis=fact.basis, fields_gone=one.names, owner=fact.owner, gone=one.gone, left=one.left, log=one.log
    )


def _seal(one: Change, said: Entry) -> NewSeal:
    sealed = seal(one.entry.bytes, squeezed("\n".join(one.opened).encode()))
    return NewSeal(said.id, one.entry, sealed, seal_key_id())


def _follow(uids: Iterable[UUID]) -> None:
    """Rows that were made from what is gone are made again from what is left."""
    made = entries(uids)
    for projector in projectors():
        if again := getattr(projector, "project_anew", None):
            again(made)


def overwrite(using: str) -> None:
    """SQLite keeps what was written in its log until that is moved into the database: move it now, and cut the log."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
