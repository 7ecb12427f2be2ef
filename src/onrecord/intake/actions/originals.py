"""Files that a report was taken from: sealed before the entry that commits to them, and handed out noted."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from onrecord.access.queries import through_walls
from onrecord.access.rules import Denied, Viewer, can_decide, check_record
from onrecord.intake.actions.noting import note_near
from onrecord.intake.actions.opening import visible
from onrecord.intake.facts import OriginalKept
from onrecord.intake.gateway import fetched, read_paper, ticket, whole
from onrecord.intake.queries.close import named_in
from onrecord.intake.queries.restricted import check_open_file
from onrecord.intake.rules.papers import Paper, Piece, original_id
from onrecord.ledger.actions import append
from onrecord.ledger.facts import Entry, Saying, When, mention_of
from onrecord.ledger.gateway.files import keep_file, open_file
from onrecord.ledger.queries import NoSuchEntry, entry


def keep_originals(viewer: Viewer, report: Entry, pieces: Sequence[Piece]) -> list[Entry]:
    """Keep files sealed with a report, each sealed and on disc before the entry that commits to it.

    Only for the report's author. The same file again is the same original.
    """
    if report.saying.by != viewer.user:
        raise Denied("Only the person who took a report keeps what it was taken from.")
    for piece in pieces:
        keep_file(original_id(report.id, piece), piece.data)
    sayings = {made.id: made for made in (_kept(viewer, report, piece) for piece in pieces)}
    return append(list(sayings.values())) if sayings else []


def seal_upload(viewer: Viewer, coming: UUID, data: bytes, name: str) -> tuple[Paper, list[str]]:
    """Seal a file that is to be part of a report to come, then read it; a ticket for it and for each file in it.

    Raises Unreadable for a file that is not taken at all.
    """
    check_record(viewer)
    keep_file(original_id(coming, whole(data, name)), data)
    paper = read_paper(data, name)
    for piece in paper.pieces:
        keep_file(original_id(coming, piece), piece.data)
    return paper, [ticket(viewer.user, original_id(coming, piece), piece) for piece in paper.pieces]


def keep_fetched(viewer: Viewer, report: Entry, tickets: Sequence[str]) -> int:
    """Keep the files behind tickets with the report that was sent; how many could not be had. The report stands."""
    pieces, lost = fetched(viewer.user, list(tickets))
    keep_originals(viewer, report, pieces)
    return lost


def open_original(viewer: Viewer, uid: UUID, now: datetime) -> tuple[OriginalKept, bytes]:
    """A file that was kept with a report, for those who may open the report; noted in the reads ledger first.

    Its author may, sealed or not, so that nothing tells them which. Raises NoFile, FileSpoilt, and NoSuchEntry: for a
    file that is not theirs to open exactly as for none.
    """
    made = entry(uid)
    if not isinstance(made.saying.fact, OriginalKept):
        raise NoSuchEntry(f"There is no original {uid}.")
    report = entry(made.saying.regarding[0])
    theirs = report.saying.by == viewer.user
    if not theirs and visible(viewer, report.id).id not in through_walls(viewer):
        if not can_decide(viewer):
            raise NoSuchEntry(f"There is no original {uid}.")
        check_open_file(viewer, report.id)
    note_near(viewer, "original", (report.id, uid), now, called=named_in(report))
    return made.saying.fact, open_file(uid)


def _kept(viewer: Viewer, report: Entry, piece: Piece) -> Saying:
    seat, uid, child = viewer.seat, original_id(report.id, piece), mention_of(report.id, "child")
    said = {"name": piece.name.strip()[:300] or "no name", "media_type": piece.media_type[:300], "sha256": piece.digest}
    fact = OriginalKept.heard(said | {"size": str(len(piece.data))})
    when = When.at(report.recorded_at)
    return Saying(uid, fact, viewer.user, seat.role, seat.agency, when, about=(child,), regarding=(report.id,))
