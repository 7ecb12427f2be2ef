"""A report is taken whatever else is broken."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from uuid import UUID, uuid5

import structlog
from django.db import DatabaseError, transaction

from onrecord.access.rules import Viewer, check_record
from onrecord.intake.actions.routing import done, made_before, route, routed_beside
from onrecord.intake.facts import PROFESSIONAL, ReportMarked, ReportReceived
from onrecord.intake.queries import said_hashes
from onrecord.intake.rules.papers import Piece
from onrecord.ledger.actions import IdTaken, append, hold, receipt
from onrecord.ledger.facts import Entry, Saying, When, mention_of
from onrecord.ledger.facts.wrong import Refused, Wrong
from onrecord.ledger.gateway.trouble import told
from onrecord.ledger.queries import entry
from onrecord.ledger.rules.machine import SOMEBODY, machine_saying, unsigned_saying

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
    if fact.said_by != PROFESSIONAL:
        message = "Whoever signs in reports as somebody who works with children. Leave “said_by” out."
        raise Refused((Wrong("said_by", fact.said_by, message, "only without signing in"),))
    seat = viewer.seat
    saying = Saying(uid, fact, viewer.user, seat.role, seat.agency, happened, on_behalf=on_behalf)
    try:
        made = append([saying])[0]
    except IdTaken:
        if said_when:
            raise
        made = append([replace(saying, happened=entry(uid).saying.happened)])[0]
    done(made.id, partial(route, made, papers))
    return made, receipt(made.id)


def _nothing(made: Entry) -> None:
    """Keep nothing beside a report."""


def report_unnamed(
    fact: ReportReceived,
    uid: UUID,
    now: datetime,
    *,
    together: str = "",
    beside: Callable[[Entry], object] = _nothing,
) -> Entry:
    """Take a report by somebody who did not sign in. It is never refused for who sent it, or for how many came.

    It is compared, routed and owed exactly as a professional's. Sent twice, it is one report. `together` is the mark of
    those that came from one place within a minute, where they were many: a machine's fact beside the report. `beside`
    keeps what belongs to the report, such as words for its mailbox: in one breath with it, or where that fails after
    it. Raises IdTaken when the id stands for other words, or for a report of somebody who signed in.
    """
    saying = unsigned_saying(fact, now, uid=uid)
    marks = _marks(saying, together)
    try:
        if made := _in_one(saying, marks, now, beside):
            return made
        made = append([saying, *marks])[0]
    except IdTaken:
        before = entry(uid)
        if before.saying.by != SOMEBODY:
            raise
        made = append([replace(saying, happened=before.saying.happened)])[0]
    done(made.id, partial(route, made))
    done(made.id, partial(beside, made))
    return made


def _in_one(saying: Saying, marks: Sequence[Saying], now: datetime, beside: Callable[[Entry], object]) -> Entry | None:
    """Record a report, where it goes and what is kept beside it: one wait for the head, one commit.

    None where the database gave up all of it. Then the report goes first, and by itself.
    """
    hashes = made_before(saying.id, partial(said_hashes, saying.fact, titled=True))
    try:
        with transaction.atomic():
            hold()
            made = append([saying, *marks, *routed_beside(saying, hashes, now)])[0]
            done(made.id, partial(beside, made))
            if transaction.get_rollback():
                raise DatabaseError("What was written is taken back, and nothing said so.")
            return made
    except DatabaseError as error:
        log.error("a report could not be taken with what stands beside it", report=str(saying.id), **told(error))
        return None


def _marks(saying: Saying, together: str) -> list[Saying]:
    """What the machine says beside a report that came with many others."""
    if not together:
        return []
    fact, uid = ReportMarked(mark="many_at_once", together=together), uuid5(saying.id, ReportMarked.kind)
    when, child = saying.happened.earliest, mention_of(saying.id, "child")
    return [machine_saying(fact, when, uid=uid, about=(child,), regarding=(saying.id,))]
