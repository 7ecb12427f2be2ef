"""The verbs of a child's file: open it, ask where she is, break the glass, look for a child. Each is noted first."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from onrecord.access.actions import break_glass, note_opened
from onrecord.access.facts import GlassBroken
from onrecord.access.queries import addresses, agency_of, called, holders
from onrecord.access.rules import Viewer, check_see_reads, check_work_cases
from onrecord.case.queries import (
    Asked,
    ChildFile,
    Found,
    Links,
    Looked,
    Match,
    Reads,
    Wanted,
    broke_glass,
    links_that_let_in,
    look,
    matches,
    may_open_any,
    read,
    reads,
    unfollowed,
    what_there_is,
    where,
)
from onrecord.intake.queries import how_close
from onrecord.ledger.actions import IdTaken as IdTaken
from onrecord.ledger.facts import Entry, Person
from onrecord.ledger.queries import NoSuchEntry
from onrecord.notices.actions import queue
from onrecord.notices.rules import Item

REVIEW = "Say whether it was right to open a file"
NOT_LATE = "within one working day"
UNDER_GLASS = "Opened without working with the child"
ADDS_NOTHING = (
    "Your reason opens this file to you and adds nothing to it. What you have to say about the child, say as a report."
)


class NotTheirs(Exception):
    """They work with children, but none of their agencies with this one. They may give a reason and open the file."""


def open_file(viewer: Viewer, mention: UUID, asked: Asked, now: datetime) -> ChildFile:
    """Open a child's file, noted as one read first. Raises Denied, NoSuchEntry and NotTheirs."""
    found, glass = opened_to(viewer, mention, now)
    file = replace(read(found, asked, now), by_reason=glass)
    close = how_close(viewer, file.called)
    note_opened(viewer, "chronology", found.mentions, now, UNDER_GLASS if glass else None, close=close)
    return file


def open_whereabouts(viewer: Viewer, file: ChildFile, why: str, now: datetime) -> list[tuple[str, str, str, datetime]]:
    """Where a child is and how to ring, noted as a read with its reason first. The file has to be open already."""
    close = how_close(viewer, file.called)
    note_opened(viewer, "whereabouts", file.found.mentions, now, why, close=close)
    return where(file.found, now)


def break_the_glass(viewer: Viewer, mention: UUID, fact: GlassBroken, uid: UUID, now: datetime) -> Entry:
    """Open the file of a child with whom one does not work: recorded, for a day, and the business manager is told.

    Raises Denied for those who do not work with children, NoSuchEntry where there is no file, and IdTaken.
    """
    check_work_cases(viewer)
    if what_there_is(viewer, mention) is None:
        raise NoSuchEntry(f"There is no child {mention}.")
    with transaction.atomic():
        made = break_glass(viewer, fact, uid, mention, now)
        agency = agency_of("partnership") or ""
        managers = holders("business_manager", agency)
        known = addresses(managers)
        item = Item(reference=str(made.id)[:8], rule=REVIEW, agency=called(agency), late=NOT_LATE)
        for user in managers:
            queue(str(made.id), user, known.get(user, ""), item, now, now, single=True)
    return made


def search(viewer: Viewer, sought: Person, why: str, now: datetime) -> tuple[Looked, list[Match], bool]:
    """Look for a child. Noted as a read, with why and who was sought, before anybody is opened. Raises Denied."""
    check_work_cases(viewer)
    looked = look(viewer, sought)
    mentions = tuple(sorted(looked.made))
    said = ", ".join(str(part) for part in sought.model_dump(mode="json", exclude_none=True).values())
    note_opened(viewer, "search", mentions, now, why, sought=said, close=how_close(viewer, [sought]))
    return looked, *matches(looked, sought, now)


def list_reads(viewer: Viewer, wanted: Wanted, now: datetime) -> Reads:
    """Who read what. To look at it is a read too. Raises Denied for all but the business manager."""
    check_see_reads(viewer)
    found = reads(viewer, wanted)
    note_opened(viewer, "reads", (), now)
    return found


def list_unfollowed(viewer: Viewer, wanted: Wanted, now: datetime) -> Reads:
    """Searches that led to nothing. To look at them is a read too. Raises Denied for all but the business manager."""
    check_see_reads(viewer)
    found = unfollowed(viewer, now, wanted)
    note_opened(viewer, "reads", (), now)
    return found


def list_links(viewer: Viewer, before: int | None, now: datetime) -> Links:
    """Links that let an agency into a file. To look at them is a read too. Raises Denied as above."""
    check_see_reads(viewer)
    found = links_that_let_in(viewer, before)
    note_opened(viewer, "reads", (), now)
    return found


def opened_to(viewer: Viewer, mention: UUID, now: datetime) -> tuple[Found, bool]:
    """What there is to open, and whether it is open only because they gave a reason."""
    check_work_cases(viewer)
    found = what_there_is(viewer, mention)
    if found is None:
        raise NoSuchEntry(f"There is no child {mention}.")
    if may_open_any(viewer, found.people):
        return found, False
    if not broke_glass(viewer, found.lines, now):
        raise NotTheirs(f"None of your agencies works with the child {mention}.")
    return found, True
