"""A report is taken whatever else is broken."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from uuid import UUID, uuid5

from onrecord.access.rules import Viewer, check_record
from onrecord.intake.actions.routing import done, route
from onrecord.intake.facts import PROFESSIONAL, ReportMarked, ReportReceived
from onrecord.intake.rules.papers import Piece
from onrecord.ledger.actions import IdTaken, append, receipt
from onrecord.ledger.facts import Entry, Saying, When, mention_of
from onrecord.ledger.facts.declare import Refused, Wrong
from onrecord.ledger.queries import entry
from onrecord.ledger.rules.machine import SOMEBODY, machine_saying, unsigned_saying


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


def report_unnamed(fact: ReportReceived, uid: UUID, now: datetime, *, together: str = "") -> Entry:
    """Take a report by somebody who did not sign in. It is never refused for who sent it, or for how many came.

    It is compared, routed and owed exactly as a professional's. Sent twice, it is one report. `together` is the mark of
    those that came from one place within a minute, where they were many: a machine's fact beside the report. Raises
    IdTaken when the id stands for other words, or for a report of somebody who signed in.
    """
    saying = unsigned_saying(fact, now, uid=uid)
    try:
        made = append([saying, *_marks(saying, together)])[0]
    except IdTaken:
        before = entry(uid)
        if before.saying.by != SOMEBODY:
            raise
        made = append([replace(saying, happened=before.saying.happened)])[0]
    done(made.id, partial(route, made))
    return made


def _marks(saying: Saying, together: str) -> list[Saying]:
    """What the machine says beside a report that came with many others."""
    if not together:
        return []
    fact, uid = ReportMarked(mark="many_at_once", together=together), uuid5(saying.id, ReportMarked.kind)
    when, child = saying.happened.earliest, mention_of(saying.id, "child")
    return [machine_saying(fact, when, uid=uid, about=(child,), regarding=(saying.id,))]
