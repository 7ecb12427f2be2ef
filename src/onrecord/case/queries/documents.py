"""On whose file a document stands: where it was kept, until two agreed that it belongs on another."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from onrecord.case.facts import DocumentKept, DocumentMoved
from onrecord.case.queries.file import Found
from onrecord.ledger.queries import about, threads
from onrecord.ledger.rules.effect import Line, answered_in, standing
from onrecord.linkage.queries import cluster


def documents(found: Found, now: datetime) -> list[UUID]:
    """The documents on a file, the newest first: those kept or put there, without those put on another."""
    counting = [line for line, _ in standing(found.lines, now)]
    place = _places(counting)
    kept = {line.id: line.seq for line in counting if line.kind == DocumentKept.kind}
    put = {UUID(str(line.coded["document"])): line.seq for line in counting if line.kind == DocumentMoved.kind}
    here = [uid for uid in {**put, **kept} if uid not in place or place[uid] in found.people]
    return sorted(here, key=lambda uid: max(kept.get(uid, 0), put.get(uid, 0)), reverse=True)


def waiting_to_move(found: Found) -> set[UUID]:
    """The documents of which it is proposed, and not answered, that they stand on another file."""
    answered = answered_in(found.lines)
    moves = [line for line in found.lines if line.kind == DocumentMoved.kind and line.id not in answered]
    return {UUID(str(line.coded["document"])) for line in moves}


def stands_on(document: UUID, first: UUID, now: datetime) -> UUID:
    """The mention on whose file a document stands now, which was kept on the file of another, `first`."""
    place, seen = first, set[UUID]()
    while place not in seen:
        seen.add(place)
        moves = threads(about(cluster(place), [DocumentMoved.kind]))
        place = _places(line for line, _ in standing(moves, now)).get(document, place)
    return place


def _places(counting: Iterable[Line]) -> dict[UUID, UUID]:
    """Where each document was put last, of those that were put elsewhere."""
    moves = [line for line in counting if line.kind == DocumentMoved.kind]
    return {UUID(str(line.coded["document"])): UUID(str(line.coded["into"])) for line in moves}
