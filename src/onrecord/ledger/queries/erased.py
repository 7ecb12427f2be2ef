"""What was erased, and until when backups may still hold it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from onrecord.ledger.facts import ErasureCarriedOut, ErasureProposed, HoldLifted, HoldPlaced
from onrecord.ledger.facts.erasure import FILE, READS
from onrecord.ledger.models import StoredLeaf
from onrecord.ledger.queries.lines import answers, envelopes, lines, threads
from onrecord.ledger.rules.effect import Line, answered_in, standing


class Erased(NamedTuple):
    """An erasure that was carried out on one entry: which, what of it, under what, for whom, when and by whose wish."""

    id: UUID
    entry: UUID
    proposal: UUID
    fields: tuple[str, ...]
    basis: str
    owner: str
    at: datetime
    log: str | None = None


class Asked(NamedTuple):
    """What is proposed and waits for a second person, and what was carried out; each the newest first."""

    waiting: list[Line]
    gone: list[Erased]


def erasures() -> list[Erased]:
    """Every erasure that was carried out, the newest first."""
    return [_erased(row.uid, row) for row in envelopes([ErasureCarriedOut.kind])]


def _erased(uid: UUID, said: Any) -> Erased:
    proposal, entry = said.regarding
    fields, basis, owner = (said.coded[name] for name in ("fields_gone", "basis", "owner"))
    return Erased(uid, entry, proposal, tuple(fields), basis, owner, said.recorded_at, said.coded.get("log"))


def not_finished() -> list[Erased]:
    """What is on record as erased from the log of who read what, and stands there still. The oldest first."""
    listed = {one.id: one for one in reversed(erasures()) if one.log == READS}
    return [listed[uid] for uid in unfinished(listed)]


def unfinished(listed: Collection[UUID]) -> list[UUID]:
    """Those of these erasures that the log of who read what does not hold: there nothing went by them yet."""
    done = StoredLeaf.objects.using(READS).filter(uid__in=listed) if listed else StoredLeaf.objects.none()
    held = set(done.values_list("uid", flat=True))
    return [uid for uid in listed if uid not in held]


def erased_of(uid: UUID) -> frozenset[str]:
    """The fields of an entry of which something was erased; FILE where its file was."""
    found = [line for line in lines(answers([uid])) if line.kind == ErasureCarriedOut.kind]
    return frozenset(name.partition(".")[0] for line in found for name in line.coded["fields_gone"])


def erased_files() -> frozenset[UUID]:
    """The entries whose files were erased."""
    return frozenset(one.entry for one in erasures() if FILE in one.fields)


def asked_erasures() -> Asked:
    """What is proposed and waits, and what was carried out."""
    rows = envelopes([ErasureProposed.kind])
    thread = threads([row.uid for row in rows])[::-1] if rows else []
    answered = answered_in(thread)
    waiting = [line for line in thread if line.kind == ErasureProposed.kind and line.id not in answered]
    return Asked(waiting, [_erased(line.id, line) for line in thread if line.kind == ErasureCarriedOut.kind])


def holds(now: datetime) -> list[Line]:
    """The holds on erasing that stand: placed, and not lifted by two."""
    rows = envelopes([HoldPlaced.kind])
    thread = [line for line, _ in standing(threads([row.uid for row in rows]), now)] if rows else []
    lifted = {target for line in thread if line.kind == HoldLifted.kind for target in line.regarding}
    return [line for line in thread if line.kind == HoldPlaced.kind and line.id not in lifted]
