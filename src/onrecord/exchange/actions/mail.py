"""Take e-mails: each becomes a report with a receipt, and the message is kept sealed beside it. Twice is once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

import structlog
from django.db import transaction

from onrecord.access.rules import Viewer, check_record
from onrecord.intake.actions import keep_originals, report
from onrecord.intake.facts import ReportReceived
from onrecord.intake.gateway import read_message
from onrecord.intake.rules.papers import Paper, Unreadable, drafted
from onrecord.ledger.actions import receipt
from onrecord.ledger.facts import Entry, When
from onrecord.ledger.gateway.trouble import told
from onrecord.ledger.queries import entries

log = structlog.get_logger()
MAIL = uuid5(NAMESPACE_URL, "onrecord/mail")
LINE = 300
TAKEN, BEFORE, FAILED = "taken", "taken before", "not taken"

Message = tuple[Path, int, Callable[[], bytes]]


@dataclass(frozen=True)
class Taken:
    """What became of one message: where it stood, and its report with the receipt, or why there is none."""

    file: str
    message: int
    state: str
    id: UUID | None = None
    receipt: str = ""
    files: int = 0
    why: str = ""


def take_mail(viewer: Viewer, messages: Iterable[Message], now: datetime) -> list[Taken]:
    """Take every message, each wholly or not at all. One that fails is told, left where it is, and stops no other.

    Raises Denied for those who can record nothing.
    """
    check_record(viewer)
    return [_take(viewer, message, now) for message in messages]


def _take(viewer: Viewer, message: Message, now: datetime) -> Taken:
    path, number, read = message
    try:
        paper = read_message(read(), path.name)
        with transaction.atomic():
            made, state = _reported(viewer, paper, now)
            kept = keep_originals(viewer, made, paper.pieces) if made.saying.by == viewer.user else []
            return Taken(path.name, number, state, made.id, receipt(made.id), len(kept))
    except (Unreadable, OSError) as refusal:
        why = refusal.strerror or "It cannot be read." if isinstance(refusal, OSError) else str(refusal)
        return Taken(path.name, number, FAILED, why=why)
    except Exception as error:  # whatever is wrong with one message, the next is taken
        log.error("e-mail not taken", **told(error))
        return Taken(path.name, number, FAILED, why=f"It could not be taken ({type(error).__name__}).")


def _reported(viewer: Viewer, paper: Paper, now: datetime) -> tuple[Entry, str]:
    """The report that a message is. Who borrows another's Message-ID cannot keep that other from being taken."""
    fact, sender = ReportReceived.heard(drafted(paper)), paper.sender[:LINE] or None
    written = "\n".join((paper.sender, paper.dated, paper.subject, paper.words))
    own = uuid5(MAIL, sha256(written.encode()).hexdigest())
    uid = uuid5(MAIL, paper.number) if paper.number else own
    known = {made.id: made for made in entries([uid, own])}
    for one in (uid, own):
        if one in known and (known[one].saying.fact, known[one].saying.on_behalf) == (fact, sender):
            return known[one], BEFORE
    when = When.at(now, f"E-mail dated {paper.dated}"[:LINE] if paper.dated else "")
    free = own if uid in known else uid
    return report(viewer, fact, free, when, sender, said_when=False, papers=paper.pieces)[0], TAKEN
