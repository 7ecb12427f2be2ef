"""What whoever reported may do in the mailbox: each button, what it needs, and what is said after."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from onrecord.intake.facts import ReportReceived
from onrecord.intake.gateway import TooOld, carried, taken_up
from onrecord.intake.rules.papers import LARGEST, Piece
from onrecord.ledger.facts import Entry
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.queries import entry
from onrecord.ledger.rules.sentence import UNSAID
from onrecord.ledger.rules.shape import blank
from onrecord.mailbox.actions import (
    OWN,
    WATCHED,
    ask_for_another,
    choose_shown,
    disagree,
    keep_none,
    not_safe,
    opens,
    send_file,
    settle,
    who_first,
    write,
)
from onrecord.mailbox.facts import ShownChosen

EMPTY = "Write something first, or choose a file."
DIFFERENT = "Say what should be different."
TOO_LARGE = f"This file is too large. It can have {LARGEST // 1024 // 1024} megabytes at most."
NOT_KEPT = "The file could not be kept. Your words were sent. Try the file again."
DONE = {
    "add": "Sent. Somebody reads it.",
    "disagree": "Sent. Somebody has to answer, and if they do not agree it goes to somebody else, and then outside.",
    "settled": "Thank you. We noted that it is settled.",
    "other": "Sent. Somebody else will read this.",
    "unsafe": "Nobody writes here now. Somebody finds another way to reach you that is safe.",
    "shown": "Changed.",
    "forget": "Your words do not work any more. Nobody can open this page again.",
}
CHOICES = ShownChosen.options("shows")
OF_ANYBODY = frozenset({"disagree", "settled", "forget"})
"""What somebody who is not the child can do in a mailbox: all else is recorded as the child's own words."""


class Held:
    """A mailbox that a page holds open: which report, whether by its own words, and the mark of the page."""

    def __init__(self, made: Entry, sort: str, page: str = "") -> None:
        """Hold a box open; a new page has a new mark."""
        self.made, self.sort, self.page = made, sort, page or str(uuid4())

    @classmethod
    def by(cls, token: str, now: datetime) -> "Held":
        """The box that a page held open. Raises TooOld, also once its words were made to stop working."""
        said = taken_up(token, now)
        if not opens(UUID(said["box"])):
            raise TooOld("Nothing opens this mailbox any more.")
        return cls(entry(UUID(said["box"])), said["sort"], said["page"])

    @property
    def of_child(self) -> bool:
        """Whether a child reported it."""
        fact = self.made.saying.fact
        return isinstance(fact, ReportReceived) and fact.said_by == "child"

    @property
    def own(self) -> bool:
        """Whether it was opened by its own words, and not by the second ones."""
        return self.sort == OWN

    def token(self, now: datetime) -> str:
        """What the next page carries."""
        return carried({"box": str(self.made.id), "sort": self.sort, "page": str(uuid4())}, now)


def done(held: Held, posted: Mapping[str, Any], files: Mapping[str, Any], now: datetime) -> tuple[str, str]:
    """Do what a button says: what to say after, and what is wrong, if anything; then nothing was done."""
    what = str(posted.get("do", ""))
    if what not in (DONE if held.of_child else OF_ANYBODY if held.own else ()):
        return "", ""
    try:
        fault = (_ACTS[what] if held.own else _nothing(what))(held, posted, files, now)
    except Refused as refused:
        return "", refused.faults[0].message
    return ("", fault) if fault else (DONE[what], "")


def _add(held: Held, posted: Mapping[str, Any], files: Mapping[str, Any], now: datetime) -> str:
    words, file = str(posted.get("more", "")), files.get("file")
    if file is not None and file.size > LARGEST:
        return TOO_LARGE
    if blank(words) and file is None:
        return EMPTY
    first = who_first(held.made, watched=held.sort == WATCHED)
    if not blank(words):
        write(held.made, words, held.page, now, watched=held.sort == WATCHED)
    if file is not None:
        try:
            send_file(held.made, Piece(file.name or "", file.content_type or "", file.read()), now, first=first)
        except OSError:
            return NOT_KEPT
    return ""


def _disagree(held: Held, posted: Mapping[str, Any], files: Mapping[str, Any], now: datetime) -> str:
    different, why = str(posted.get("different", "")), str(posted.get("why", ""))
    if blank(different):
        return DIFFERENT
    disagree(held.made, different, UNSAID if blank(why) else why, held.page, now)
    return ""


def _other(held: Held, posted: Mapping[str, Any], files: Mapping[str, Any], now: datetime) -> str:
    whom, liked = (str(posted.get(name, "")) for name in ("whom", "liked"))
    ask_for_another(held.made, whom, held.page, now, liked=liked)
    return ""


def _unsafe(held: Held, posted: Mapping[str, Any], files: Mapping[str, Any], now: datetime) -> str:
    not_safe(held.made, now)
    return ""


def _shown(held: Held, posted: Mapping[str, Any], files: Mapping[str, Any], now: datetime) -> str:
    chosen = [code for code in (CHOICES.offered if CHOICES else ()) if f"show-{code}" in posted]
    choose_shown(held.made, chosen, held.page, now)
    return ""


def _settled(held: Held, posted: Mapping[str, Any], files: Mapping[str, Any], now: datetime) -> str:
    settle(held.made, now)
    return ""


def _forget(held: Held, posted: Mapping[str, Any], files: Mapping[str, Any], now: datetime) -> str:
    keep_none(held.made, "later", now)
    return ""


Act = Callable[[Held, Mapping[str, Any], Mapping[str, Any], datetime], str]
_ACTS: dict[str, Act] = {
    "add": _add,
    "disagree": _disagree,
    "settled": _settled,
    "other": _other,
    "unsafe": _unsafe,
    "shown": _shown,
    "forget": _forget,
}


def _nothing(what: str) -> Act:
    """In an empty box what is written is kept, as written under another's eyes; every other button does nothing."""
    return _add if what == "add" else lambda held, posted, files, now: ""
