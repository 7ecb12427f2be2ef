"""Opening one's own receipt, and who was known before: each noted before it is answered."""

from datetime import datetime
from uuid import UUID

from onrecord.access.queries import through_walls
from onrecord.access.rules import Viewer, can_decide_sealed, check_decide
from onrecord.intake.actions.noting import note_near
from onrecord.intake.facts import ReportReceived, by_reason_only
from onrecord.intake.queries import hidden
from onrecord.intake.queries.close import named_in
from onrecord.ledger.actions import receipt_and_standing
from onrecord.ledger.facts import Entry
from onrecord.ledger.queries import NoSuchEntry, entry, opened_with_promise
from onrecord.ledger.rules.receipt import Standing
from onrecord.ledger.rules.shape import blank
from onrecord.linkage.queries import KnownBefore, candidates


def open_receipt(viewer: Viewer, uid: UUID, now: datetime) -> tuple[Entry, str, Standing]:
    """One's own report, its signed receipt and what became of the promise in it, noted in the reads ledger first.

    Raises NoSuchEntry for everybody else's reports, exactly as for one that does not exist.
    """
    made, held = opened_with_promise(uid)
    if made.saying.by != viewer.user or not isinstance(made.saying.fact, ReportReceived):
        raise NoSuchEntry(f"There is no entry {uid}.")
    note_near(viewer, "receipt", (uid,), now, called=named_in(made), held=())
    return made, *receipt_and_standing(uid, held, now)


class NeedsWhy(Exception):
    """This is answered only to somebody who says why they ask."""


def known_before(viewer: Viewer, uid: UUID, now: datetime, why: str = "") -> list[KnownBefore]:
    """Whether a stored report's child was known before: by whom, since when. Each look-up is noted as a read.

    Only for the deciding front door, and of a sealed report for the designated officer; Denied for anybody else, known
    or not. What stands behind a wall is not among the answers, and cannot be asked about. Of what a child wrote without
    signing in it is answered only with `why`, which is kept with the read; else it raises NeedsWhy.
    """
    if not can_decide_sealed(viewer):
        check_decide(viewer)
    made = visible(viewer, uid)
    if uid not in through_walls(viewer):
        check_decide(viewer)
    if by_reason_only(made.saying.fact.coded()) and blank(why):
        raise NeedsWhy("A child wrote this without a name to be found by. Say why you need to know who it is.")
    note_near(viewer, "known_before", (uid,), now, why or None, called=named_in(made))
    return candidates(made, now, lambda found: hidden(viewer, found))


def visible(viewer: Viewer, uid: UUID) -> Entry:
    """An entry; NoSuchEntry for one behind a wall, exactly as for one that does not exist."""
    if hidden(viewer, [uid]):
        raise NoSuchEntry(f"There is no entry {uid}.")
    return entry(uid)
