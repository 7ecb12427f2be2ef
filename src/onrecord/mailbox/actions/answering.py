"""Staff at a mailbox: it opens to whoever may open the report, and each time it is noted first."""

from datetime import datetime
from uuid import UUID

from onrecord.access.rules import Viewer, can_decide
from onrecord.duties.queries.walls import parted
from onrecord.intake.actions import note_near
from onrecord.intake.facts import ReportReceived
from onrecord.intake.queries.close import named_in
from onrecord.ledger.facts import Seconded
from onrecord.ledger.gateway.files import open_file
from onrecord.ledger.queries import NoSuchEntry, entries, entry, thread
from onrecord.ledger.rules.effect import Line, standing
from onrecord.ledger.rules.machine import SOMEBODY
from onrecord.mailbox.facts import FileSent, IdentityKept, IdentityOpened
from onrecord.mailbox.queries import Talk, talk


def open_messages(viewer: Viewer, uid: UUID, now: datetime) -> Talk:
    """What was written in the mailbox of a report, for those who may open the report. Raises NoSuchEntry."""
    known = check_mailbox(viewer, uid)
    found = talk(known, now)
    note_near(viewer, "mailbox", (uid,), now, called=named_in(found.made))
    return found


def check_mailbox(viewer: Viewer, uid: UUID) -> list[Line]:
    """What somebody may know of a report and its mailbox, the report first.

    For those who decide on it. Raises NoSuchEntry for everybody else, and for a report without a mailbox.
    """
    kept, through = parted(viewer, thread(uid))
    first = kept[0] if kept else None
    if first is None or (first.id, first.kind, first.by) != (uid, ReportReceived.kind, SOMEBODY):
        raise NoSuchEntry(f"There is no mailbox {uid}.")
    if uid not in through and not can_decide(viewer):
        raise NoSuchEntry(f"There is no mailbox {uid}.")
    return kept


def open_file_sent(viewer: Viewer, uid: UUID, file: UUID, now: datetime) -> tuple[FileSent, bytes]:
    """A file that a child sent, handed out whole and never shown. Raises NoSuchEntry, NoFile, FileSpoilt."""
    check_mailbox(viewer, uid)
    made = entry(file)
    if not isinstance(made.saying.fact, FileSent) or made.saying.regarding != (uid,):
        raise NoSuchEntry(f"There is no file {file}.")
    note_near(viewer, "sent_file", (uid, file), now, called=named_in(entry(uid)))
    return made.saying.fact, open_file(file)


def open_identity(viewer: Viewer, uid: UUID, now: datetime) -> IdentityKept:
    """Who reported, for the two who agreed to open it; noted first. Raises NoSuchEntry where they did not."""
    known = check_mailbox(viewer, uid)
    agreed = [line for line, _ in standing(known, now) if line.kind == IdentityOpened.kind]
    mine = [line for line in agreed if viewer.user == line.by or viewer.user in _seconders(known, line)]
    facts = [made.saying.fact for made in entries([uid for line in mine for uid in line.regarding])] if mine else []
    kept = [fact for fact in facts if isinstance(fact, IdentityKept)]
    if not kept:
        raise NoSuchEntry(f"Nobody opened who reported {uid}.")
    note_near(viewer, "identity", (uid,), now, called=named_in(entry(uid)))
    return kept[-1]


def _seconders(known: list[Line], proposal: Line) -> set[str]:
    return {line.by for line in known if line.kind == Seconded.kind and proposal.id in line.regarding}
