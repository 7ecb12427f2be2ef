"""Opening what is needed to say something of a child: noted as a read first, like the file itself."""

from datetime import datetime
from uuid import UUID

from onrecord.access.actions import note_opened
from onrecord.access.rules import Denied, Viewer
from onrecord.case.actions.file import ADDS_NOTHING, opened_to
from onrecord.case.queries.saying import ToSay, to_say
from onrecord.intake.queries import how_close
from onrecord.ledger.facts import Fact
from onrecord.ledger.queries import NoSuchEntry


def open_to_say(viewer: Viewer, mention: UUID, fact: type[Fact], now: datetime, entry: UUID | None = None) -> ToSay:
    """What is seen before something is said of a child, or of an entry in the child's file.

    A reason opens a file and adds nothing to it: whoever says something of a child works with the child from then on.
    Raises Denied, NotTheirs, and NoSuchEntry where there is no file or no such entry in it.
    """
    found, by_reason = opened_to(viewer, mention, now)
    if by_reason:
        raise Denied(ADDS_NOTHING)
    if entry is not None and all(line.id != entry for line in found.lines):
        raise NoSuchEntry(f"There is no entry {entry} in this file.")
    page = to_say(viewer, found, fact, now)
    close = how_close(viewer, page.called)
    note_opened(viewer, "chronology", found.mentions, now, close=close)
    return page
