"""The verbs of the parts of a child's file: open one, print it, keep a document, hand one out. Each is noted first."""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from onrecord.access.actions import note_opened
from onrecord.access.queries import post
from onrecord.access.rules import Denied, Viewer, can_see_reads
from onrecord.case.actions.file import UNDER_GLASS, NotTheirs, opened_to
from onrecord.case.facts import DocumentKept
from onrecord.case.gateway import paper
from onrecord.case.queries import Found, may_open, what_there_is
from onrecord.case.queries.documents import documents, stands_on
from onrecord.case.queries.file import children_in
from onrecord.case.queries.parts import Choose, Part, glass, part, sealed_in, works_with
from onrecord.case.queries.printed import Sheets
from onrecord.intake.actions import note_near
from onrecord.intake.queries import how_close
from onrecord.ledger.actions import append
from onrecord.ledger.facts import Entry, Saying, When
from onrecord.ledger.gateway.files import FileSpoilt, keep_file, open_file
from onrecord.ledger.queries import NoSuchEntry, entries, entry

CLOSED = "None of your agencies works with this child. If you need the file, open it and say why."
LONG = 800
"""How many entries are set on pages in less than two seconds: 2,000 take about three and a half."""
NOT_YOURS = "A document is added by an agency that works with the child."


@dataclass(frozen=True)
class WhoKnows:
    """Who may know what of a child: the agencies that work with the child and why, and what is sealed.

    `opened` is each opening without working with the child, for the business manager only; `sealed` is counted only for
    those whom the wall lets through; `works` is False where a reason opened the file.
    """

    reference: str
    agencies: dict[str, list[str]]
    sealed: int
    opened: Part | None
    works: bool


def open_part(viewer: Viewer, mention: UUID, choose: Choose, now: datetime) -> Part:
    """Open a part of a child's file, noted as one read first. Raises Denied and NoSuchEntry."""
    found, by_reason = _theirs(viewer, mention, now)
    made = replace(part(found, choose, now), works=not by_reason)
    close = how_close(viewer, made.called)
    note_opened(viewer, "chronology", found.mentions, now, UNDER_GLASS if by_reason else None, close=close)
    return made


@dataclass(frozen=True)
class Printing:
    """A file that is opened and noted, and not set on pages yet: that takes the longer, the more entries it has."""

    entries: int
    said: dict[str, Any]
    now: datetime

    @property
    def long(self) -> bool:
        """Whether setting it may take more than two seconds."""
        return self.entries > LONG

    def paper(self) -> bytes:
        """The pages, as one PDF."""
        return paper(self.said, self.now)


def print_file(viewer: Viewer, mention: UUID, now: datetime) -> Printing:
    """A child's file for paper, noted as a read of its own first. Raises Denied and NoSuchEntry."""
    found, by_reason = _theirs(viewer, mention, now)
    sheets = Sheets(found, now)
    close = how_close(viewer, sheets.called)
    note_opened(viewer, "print", found.mentions, now, UNDER_GLASS if by_reason else None, close=close)
    said = sheets.said(viewer.name, post(viewer.seat.role, viewer.seat.agency))
    return Printing(len(sheets.every), said, now)


def who_knows(viewer: Viewer, mention: UUID, now: datetime) -> WhoKnows:
    """Who may know what of a child, noted as a read first; for those who open the file, and the business manager.

    Nobody learns of what is behind a wall to them, and the business manager no name. Raises Denied and NoSuchEntry.
    """
    by_reason = False
    if can_see_reads(viewer):
        found = what_there_is(viewer, mention)
        if found is None:
            raise NoSuchEntry(f"There is no child {mention}.")
    else:
        found, by_reason = _theirs(viewer, mention, now)
    made = part(found, glass, now) if can_see_reads(viewer) else part(found, _nothing, now)
    note_near(viewer, "who_knows", found.mentions, now, called=made.called, held=())
    agencies = works_with(found.lines, made.owed)
    return WhoKnows(
        made.reference, agencies, sealed_in(viewer, found), made if can_see_reads(viewer) else None, not by_reason
    )


def keep_document(
    viewer: Viewer,
    mention: UUID,
    fact: DocumentKept,
    data: bytes,
    uid: UUID,
    now: datetime,
    replaces: UUID | None = None,
) -> Entry:
    """Keep a document on a child's file: sealed and on disc before the entry that commits to it.

    One that it replaces is on the same file, and stays there. Raises Denied, NoSuchEntry, FileTaken, IdTaken, and
    OSError where it could not be kept.
    """
    found, by_reason = _theirs(viewer, mention, now)
    if replaces and replaces not in documents(found, now):
        raise NoSuchEntry(f"There is no document {replaces} on this file.")
    if by_reason:
        raise Denied(NOT_YOURS)
    if fact.sha256 != sha256(data).hexdigest():
        raise ValueError("The entry commits to another file than this one.")
    keep_file(uid, data)
    when = next((made.saying.happened for made in entries([uid])), When.at(now))
    regarding = (replaces,) if replaces else ()
    said = Saying(
        uid, fact, viewer.user, viewer.seat.role, viewer.seat.agency, when, about=(mention,), regarding=regarding
    )
    return append([said])[0]


def open_document(viewer: Viewer, uid: UUID, now: datetime) -> tuple[DocumentKept, bytes]:
    """A document, for those who may open the file on which it stands; noted in the reads ledger first.

    Raises NoFile, FileSpoilt, and NoSuchEntry: for a document that is not theirs to open exactly as for none.
    """
    made = entry(uid)
    fact = made.saying.fact
    if not isinstance(fact, DocumentKept):
        raise NoSuchEntry(f"There is no document {uid}.")
    try:
        found, by_reason = opened_to(viewer, stands_on(uid, made.saying.about[0], now), now)
    except (Denied, NotTheirs):
        raise NoSuchEntry(f"There is no document {uid}.") from None
    if uid not in documents(found, now):
        raise NoSuchEntry(f"There is no document {uid}.")
    note_near(
        viewer,
        "document",
        (*found.mentions, uid),
        now,
        UNDER_GLASS if by_reason else None,
        called=children_in(found, now),
    )
    data = open_file(uid)
    if sha256(data).hexdigest() != fact.sha256:
        raise FileSpoilt(f"The file {uid} is not the one that was kept.")
    return fact, data


def check_works(viewer: Viewer, mention: UUID) -> None:
    """Raise Denied unless an agency of theirs works with the child: a reason opens a file, and adds nothing to it."""
    if not may_open(viewer, mention):
        raise Denied(CLOSED)


def _theirs(viewer: Viewer, mention: UUID, now: datetime) -> tuple[Found, bool]:
    """What there is to open. A child of whom there is nothing is answered as one with whom nobody works."""
    try:
        return opened_to(viewer, mention, now)
    except (NotTheirs, NoSuchEntry):
        raise Denied(CLOSED) from None


def _nothing(found: Found, now: datetime) -> list[UUID]:
    return []
