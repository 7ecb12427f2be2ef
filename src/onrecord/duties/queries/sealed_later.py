"""Who read a report that was open at first and was sealed later, for those who stand inside its wall."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from onrecord.access.facts import RecordOpened
from onrecord.access.queries import named_in, names, post, through_walls
from onrecord.access.rules import Viewer
from onrecord.intake.facts import ReportRouted
from onrecord.ledger.facts import Entry, mention_of
from onrecord.ledger.queries import every, first_after
from onrecord.ledger.rules.effect import Line

READS = "reads"


class ReadBefore(NamedTuple):
    """Somebody who read it while it was open: who, what they opened, when first, and whether it may be about them."""

    who: str
    what: str
    at: datetime
    named: bool


class SealedLater(NamedTuple):
    """When a report that was open was sealed, and everybody who had read it by then."""

    at: datetime
    readers: tuple[ReadBefore, ...]


def sealed_later(viewer: Viewer, uid: UUID, thread: Iterable[Line]) -> SealedLater | None:
    """Who read a sealed report before it was sealed; None where it never was open, or is not theirs to read.

    `thread` are the lines of everything that answers it. Its author is not among them.
    """
    routes = sorted(line for line in thread if line.kind == ReportRouted.kind and uid in line.regarding)
    opened = next((line.recorded_at for line in routes if line.coded["to"] == "front_door"), None)
    closed = next((line.recorded_at for line in routes if line.coded["to"] == "sealed"), None)
    if opened is None or closed is None or opened >= closed or uid not in through_walls(viewer):
        return None
    return SealedLater(closed, tuple(_readers(uid, opened, closed)))


def _readers(uid: UUID, first: datetime, last: datetime) -> list[ReadBefore]:
    meant, found = {uid, mention_of(uid, "child")}, dict[str, Entry]()
    for made in (one for batch in every(READS, first_after(first, READS)) for one in batch):
        if made.recorded_at >= last:
            break
        fact = made.saying.fact
        if isinstance(fact, RecordOpened) and fact.what != "receipt" and meant.intersection(made.saying.about):
            found.setdefault(made.saying.by, made)
    people, barred = names(found), named_in(uid)
    return [
        ReadBefore(
            f"{people.get(user, user)}, {post(made.saying.role, made.saying.agency)}",
            made.saying.fact.spoken("what"),
            made.recorded_at,
            user in barred,
        )
        for user, made in found.items()
    ]
