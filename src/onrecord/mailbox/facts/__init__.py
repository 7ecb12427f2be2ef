"""What is said in a mailbox: by whoever reported, by those who answer, and by the machine."""

from onrecord.ledger.facts import Fact
from onrecord.mailbox.facts.added import AddedWeighed
from onrecord.mailbox.facts.another import ReaderChanged
from onrecord.mailbox.facts.answers import MessageWritten, OffenceClear, WayFound
from onrecord.mailbox.facts.apart import IdentityKept, IdentityOpened
from onrecord.mailbox.facts.told import (
    AnotherReaderAsked,
    ChildWrote,
    FileSent,
    MayBeWatched,
    MessageRead,
    ShownChosen,
    WordsGivenUp,
)

FACTS: tuple[type[Fact], ...] = (
    ChildWrote,
    FileSent,
    AnotherReaderAsked,
    MayBeWatched,
    WordsGivenUp,
    ShownChosen,
    MessageRead,
    MessageWritten,
    ReaderChanged,
    WayFound,
    OffenceClear,
    AddedWeighed,
    IdentityKept,
    IdentityOpened,
)
"""What may be said of and in a mailbox."""

__all__ = [
    "FACTS",
    "AddedWeighed",
    "AnotherReaderAsked",
    "ChildWrote",
    "FileSent",
    "IdentityKept",
    "IdentityOpened",
    "MayBeWatched",
    "MessageRead",
    "MessageWritten",
    "OffenceClear",
    "ReaderChanged",
    "ShownChosen",
    "WayFound",
    "WordsGivenUp",
]
