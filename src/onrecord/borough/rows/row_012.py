"""A child whom no list names writes without a name, writes again, and waits."""

from typing import Any

from onrecord.borough.play import FRONT_DOOR, Play
from onrecord.intake.facts import ReferrerTold, ReportAcknowledged
from onrecord.ledger.facts import Entry
from onrecord.mailbox.actions import write
from onrecord.mailbox.facts import MessageWritten

ROW = 12
TITLE = "A child whom nobody knew writes without a name"
CHILD = {"described": "A girl who calls herself Wren, about fourteen"}
WORDS = "I don't want to say who I am. Somebody older gives me things and now I owe him."
AGAIN = "Is anybody there?"
TOLD = "Yes. A person reads this. You did nothing wrong. Somebody starts to look into it this week."
BY_MESSAGE = (ReportAcknowledged, ReferrerTold)


def story(play: Play, enacted: bool) -> None:
    """Play it: she waits for an answer that never comes, or somebody writes to her each time."""
    play.wait(hours=2)
    reported = play.tell(CHILD, words=WORDS, concern="not_sure")
    play.wait(hours=2)
    if not enacted:
        play.answer(reported, leaving_out=BY_MESSAGE, outcome="send_to")
        _write(play, reported)
    play.wait(days=2)
    again = play.in_mailbox(write, reported, AGAIN, "page")
    play.wait(hours=3)
    if not enacted:
        _write(play, reported, again)
    play.wait(days=30)


def _write(play: Play, *answered: Entry) -> None:
    said: dict[str, Any] = {"words": TOLD, "says": "decision", "asks": "nothing"}
    play.say(FRONT_DOOR, MessageWritten, regarding=answered, about=answered[:1], **said)
