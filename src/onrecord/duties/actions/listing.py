"""List facts in effect, opened. Each look is noted as a read before it is answered."""

from datetime import datetime
from uuid import UUID

from onrecord.access.actions import note_opened
from onrecord.access.facts import StaffDetailsGiven
from onrecord.access.rules import Viewer, check_decide
from onrecord.intake.queries import hidden
from onrecord.ledger.facts import Entry, mention_of
from onrecord.ledger.queries import about as about_mentions
from onrecord.ledger.queries import all_lines, entries, threads
from onrecord.ledger.rules.effect import InEffect, in_effect
from onrecord.linkage.queries import cluster


def list_facts(
    viewer: Viewer, now: datetime, as_at: datetime, known_at: datetime, *, kind: str = "", about: UUID | None = None
) -> list[InEffect]:
    """The facts in effect at `as_at`, as known at `known_at`, in ledger order, corrected; of one kind, of one person.

    `about` is a mention or the id of an entry that names a child. Only for the deciding front door: raises Denied.
    """
    check_decide(viewer)
    mentions = _mentions(about) if about else frozenset()
    asked = f"kind {kind or 'any'}, as at {as_at.isoformat()}, as known at {known_at.isoformat()}"
    note_opened(viewer, "facts", tuple(sorted(mentions)), now, asked)
    roots = about_mentions(mentions) if about else [line.id for line in all_lines() if kind in ("", line.kind)]
    wanted = set(roots)
    known = [line.id for line in threads(roots) if line.recorded_at <= known_at]
    unseen = hidden(viewer, known)
    opened = [made for made in entries(known) if made.id not in unseen and not _compared_only(viewer, made)]
    found = in_effect(opened, as_at, known_at)
    return [one for one in found if one.entry.id in wanted and kind in ("", one.entry.kind)]


def _compared_only(viewer: Viewer, made: Entry) -> bool:
    """Whether it holds what is kept apart, or what is compared with reports and shown only to the person themselves."""
    fact = made.saying.fact
    return fact.kept_apart or (isinstance(fact, StaffDetailsGiven) and fact.user != viewer.user)


def _mentions(given: UUID) -> frozenset[UUID]:
    """Everybody judged to be the same person as the one meant."""
    named = mention_of(given, "child")
    return cluster(named if about_mentions([named]) else given)
