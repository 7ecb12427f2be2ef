"""A child whom no list names writes without a name, and again, and waits: for an answer, and for what comes of it."""

from typing import Any

from onrecord.borough.play import FRONT_DOOR, Play, on
from onrecord.intake.facts import ReferrerTold, ReportAcknowledged
from onrecord.ledger.facts import Entry, Seconded
from onrecord.mailbox.actions import write
from onrecord.mailbox.facts import AddedWeighed, MessageWritten

ROW = 12
SIGNER = "grace-abiola"
TITLE = "A child whom nobody knew writes without a name"
CHILD = {"described": "A girl who calls herself Wren, about fourteen"}
WORDS = "I don't want to say who I am. Somebody older gives me things and now I owe him."
AGAIN = "Is anybody there?"
TOLD = "Yes. A person reads this. You did nothing wrong. Somebody starts to look into it this week."
NOTHING_NEW = "She asks whether anybody reads what she wrote. What she said first is with the other service."
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
        said: dict[str, Any] = {"comes": "nothing_new", "why": NOTHING_NEW}
        weighed = play.say(FRONT_DOOR, AddedWeighed, regarding=[reported, again], about=[reported], **said)
        play.say(SIGNER, Seconded, **on(weighed))
    play.wait(days=30)


def _write(play: Play, *answered: Entry) -> None:
    said: dict[str, Any] = {"words": TOLD, "says": "decision", "asks": "nothing"}
    play.say(FRONT_DOOR, MessageWritten, regarding=answered, about=answered[:1], **said)
