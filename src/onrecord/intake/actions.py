"""The verbs of intake: a report is taken whatever else is broken; a look-up is noted before it is answered."""

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from uuid import UUID, uuid5

import structlog
from django.db import transaction

from onrecord.access.actions import note_opened
from onrecord.access.queries import is_routed, named_in, through_walls
from onrecord.access.rules import (
    Denied,
    Viewer,
    can_decide,
    can_decide_sealed,
    check_decide,
    check_open_report,
    check_record,
)
from onrecord.intake.facts import OriginalKept, ReportReceived, ReportRouted
from onrecord.intake.gateway import fetched, read_paper, texts_in, ticket, whole
from onrecord.intake.models import Compared
from onrecord.intake.queries import (
    Named,
    changed,
    corrections,
    hidden,
    named_staff,
    newest_of_people,
    originals,
    undecided,
    unrouted,
)
from onrecord.intake.queries import report as report_row
from onrecord.intake.rules.papers import Paper, Piece, original_id
from onrecord.ledger.actions import IdTaken as IdTaken
from onrecord.ledger.actions import append, receipt
from onrecord.ledger.facts import Entry, Saying, When, mention_of
from onrecord.ledger.facts.declare import Refused, Wrong
from onrecord.ledger.gateway.files import FileSpoilt, NoFile, keep_file, open_file
from onrecord.ledger.gateway.trouble import told
from onrecord.ledger.queries import NoSuchEntry, entry, untaken
from onrecord.ledger.rules.machine import machine_saying
from onrecord.linkage.queries import KnownBefore, candidates

log = structlog.get_logger()


def report(
    viewer: Viewer,
    fact: ReportReceived,
    uid: UUID,
    happened: When,
    on_behalf: str | None = None,
    *,
    said_when: bool = True,
    in_batch: bool = False,
    papers: Sequence[Piece] = (),
) -> tuple[Entry, str]:
    """Take a report; the entry and its signed receipt. Sent twice, it is one report with one receipt.

    `papers` are the files it was taken from: they too are compared with those who work here before it goes anywhere.

    `said_when` is False where nobody said when it happened, and `happened` is only the moment of sending: sent again a
    moment later, it is still the same report. Raises Denied for an administrator, and IdTaken when the id already
    stands for another report, and Refused for a mark of a batch outside one. Nothing else that goes wrong after
    storing (a read table, matching, mail, the watch) can undo it.
    """
    check_record(viewer)
    if fact.batch and not in_batch:
        message = "Only a file that is taken in as a batch marks its reports so. Leave “batch” out."
        raise Refused((Wrong("batch", fact.batch, message, "only in a batch"),))
    seat = viewer.seat
    saying = Saying(uid, fact, viewer.user, seat.role, seat.agency, happened, on_behalf=on_behalf)
    try:
        made = append([saying])[0]
    except IdTaken:
        if said_when:
            raise
        made = append([replace(saying, happened=entry(uid).saying.happened)])[0]
    _done(made.id, partial(route, made, papers))
    return made, receipt(made.id)


def route(made: Entry, papers: Sequence[Piece] | None = None) -> None:
    """Say where a stored report goes: it is compared with everybody who works here. Said before, it stays so.

    It is compared with these papers beside it, or where none are given with all that stands beside it by now.
    """
    if not isinstance(made.saying.fact, ReportReceived) or is_routed(made.id):
        return
    because, named = _weighed(made, papers)
    to = "front_door" if because == "not" else "sealed"
    _say_routed(made, _routed(to, because, named.users, named), ReportRouted.kind, made.recorded_at)


def route_waiting() -> int:
    """Route every report that is not routed yet; how many still are not. What fails is tried again at the next look."""
    waiting = unrouted()
    return len(waiting) - sum(_done(uid, partial(_route_one, uid)) for uid in waiting)


def _route_one(uid: UUID) -> None:
    route(entry(uid))


def compare_again(uid: UUID, now: datetime) -> None:
    """Compare a routed report with all that stands beside it by now and those who work here now. It can only seal."""
    row = report_row(uid)
    if row is None or not row.route:
        return
    made, known = entry(uid), named_in(uid)
    because, found = _weighed(made, None)
    if because == "not" or (row.route == "sealed" and known.issuperset(found.users)):
        return
    barred = tuple(sorted(known.union(found.users)))
    sealed = _routed("sealed", because, barred, found)
    _say_routed(made, sealed, f"{ReportRouted.kind}/{because}/{'/'.join(barred)}", now)


def compare_waiting(now: datetime, most: int = 100) -> int:
    """Compare again, a part at each look, what changed, and once somebody came, what waits; how many could not be.

    What was put right, or joined to a report, is looked at once. New people, and new details of them, are compared with
    every report that waits for a decision.
    """
    at, _ = Compared.objects.get_or_create(id=1)
    before = (at.changed, at.people, at.going, at.reached)
    found = changed(at.changed, most)
    failed = _failed(found, now)
    at.changed = failed[0] - 1 if failed else max([at.changed, *(seq for seq, _ in found)])
    newest = newest_of_people()
    if at.going is None and newest > at.people:
        at.going, at.reached = newest, -1
    if at.going is not None:
        rows = undecided(at.reached, most)
        failed += _failed(rows, now)
        at.reached = max([at.reached, *(seq for seq, _ in rows)])
        if len(rows) < most:
            at.people, at.going = at.going, None
    if before != (at.changed, at.people, at.going, at.reached):
        at.save()
    return len(failed)


def _failed(found: Iterable[tuple[int, UUID]], now: datetime) -> list[int]:
    """The numbers of those that could not be compared again."""
    return [seq for seq, uid in found if not _done(uid, partial(compare_again, uid, now))]


def _weighed(made: Entry, papers: Sequence[Piece] | None) -> tuple[str, Named]:
    """Why a report is to be sealed, or why not; and who is named in it."""
    fixes = corrections(made.id) if papers is None else []
    said = [(fix.field, json.loads(fix.value)) for fix in fixes]
    texts = texts_in(_originals(made.id) if papers is None else papers)
    named = named_staff(made, [*(value for _, value in said), *texts])
    works = getattr(made.saying.fact, "positions", "") == "yes" or ("positions", "yes") in said
    because = "both" if works and named.users else "said_so" if works else "staff_named" if named.users else "not"
    return because, named


def _routed(to: str, because: str, against: tuple[str, ...], named: Named) -> ReportRouted:
    return ReportRouted(to=to, because=because, against=against, details=tuple(map(str, named.details)) or None)


def _originals(uid: UUID) -> list[Piece]:
    """The files that were kept with a report, but for those that are lost or spoilt: `verify` names them."""
    found = []
    for kept, fact in originals(uid):
        with suppress(NoFile, FileSpoilt):
            found.append(Piece(fact.name, fact.media_type, open_file(kept)))
    return found


def _say_routed(made: Entry, routed: ReportRouted, mark: str, when: datetime) -> None:
    uid = untaken(uuid5(made.id, mark), ReportRouted.kind)
    append([machine_saying(routed, when, uid=uid, about=made.mentions, regarding=(made.id,))])


def _done(report: UUID, step: Callable[[], None]) -> bool:
    """Do something with a report, whatever goes wrong: then it stays as it was, and the watch tries again."""
    try:
        with transaction.atomic():
            step()
    except Exception as error:
        log.error("a report could not be compared", report=str(report), **told(error))
        return False
    return True


def open_receipt(viewer: Viewer, uid: UUID, now: datetime) -> tuple[Entry, str]:
    """One's own report and its signed receipt, noted in the reads ledger first.

    Raises NoSuchEntry for everybody else's reports, exactly as for one that does not exist.
    """
    made = entry(uid)
    if made.saying.by != viewer.user or not isinstance(made.saying.fact, ReportReceived):
        raise NoSuchEntry(f"There is no entry {uid}.")
    note_opened(viewer, "receipt", (uid,), now)
    return made, receipt(uid)


def open_report(viewer: Viewer, uid: UUID, now: datetime) -> Entry:
    """Open a report, noted in the reads ledger first. To its author it opens, sealed or not.

    Raises NoSuchEntry and Denied.
    """
    made = entry(uid)
    theirs = made.saying.by == viewer.user
    if not theirs and _visible(viewer, uid).id not in through_walls(viewer):
        check_open_report(viewer, made.saying.by)
    if not isinstance(made.saying.fact, ReportReceived):
        raise NoSuchEntry(f"There is no report {uid}.")
    note_opened(viewer, "report", (uid,), now)
    return made


def known_before(viewer: Viewer, uid: UUID, now: datetime) -> list[KnownBefore]:
    """Whether a stored report's child was known before: by whom, since when. Each look-up is noted as a read.

    Only for the deciding front door, and of a sealed report for the designated officer; Denied for anybody else, known
    or not. What stands behind a wall is not among the answers, and cannot be asked about.
    """
    if not can_decide_sealed(viewer):
        check_decide(viewer)
    made = _visible(viewer, uid)
    if uid not in through_walls(viewer):
        check_decide(viewer)
    note_opened(viewer, "known_before", (uid,), now)
    return candidates(made, now, lambda found: hidden(viewer, found))


def _visible(viewer: Viewer, uid: UUID) -> Entry:
    """An entry; NoSuchEntry for one behind a wall, exactly as for one that does not exist."""
    if hidden(viewer, [uid]):
        raise NoSuchEntry(f"There is no entry {uid}.")
    return entry(uid)


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
    if not theirs and _visible(viewer, report.id).id not in through_walls(viewer) and not can_decide(viewer):
        raise NoSuchEntry(f"There is no original {uid}.")
    note_opened(viewer, "original", (report.id, uid), now)
    return made.saying.fact, open_file(uid)


def _kept(viewer: Viewer, report: Entry, piece: Piece) -> Saying:
    seat, uid, child = viewer.seat, original_id(report.id, piece), mention_of(report.id, "child")
    said = {"name": piece.name.strip()[:300] or "no name", "media_type": piece.media_type[:300], "sha256": piece.digest}
    fact = OriginalKept.heard(said | {"size": str(len(piece.data))})
    when = When.at(report.recorded_at)
    return Saying(uid, fact, viewer.user, seat.role, seat.agency, when, about=(child,), regarding=(report.id,))
