"""What a mailbox shows, to whoever reported and to those who answer."""

from onrecord.mailbox.queries.box import Box, Message, box, own_disputes
from onrecord.mailbox.queries.counts import Counted, known_to_whom
from onrecord.mailbox.queries.handed import changed_words
from onrecord.mailbox.queries.talk import Talk, disputable, talk, to_answer, unread

__all__ = [
    "Box",
    "Counted",
    "Message",
    "Talk",
    "box",
    "changed_words",
    "disputable",
    "known_to_whom",
    "own_disputes",
    "talk",
    "to_answer",
    "unread",
]
