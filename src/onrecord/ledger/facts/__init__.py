"""What may be said: the language of facts, and the ledger's own kinds."""

from onrecord.ledger.facts.declare import Door, Fact, Held, Say, Wrong
from onrecord.ledger.facts.entry import Entry, Lowering, Saying, mention_of
from onrecord.ledger.facts.fields import (
    Day,
    Options,
    Person,
    Phone,
    Place,
    Text,
    Vehicle,
    When,
    Whole,
    Words,
    YesNo,
)
from onrecord.ledger.facts.kinds import Begun, Corrected, Declined, KeyAnnounced, Seconded

FACTS: tuple[type[Fact], ...] = (Begun, KeyAnnounced, Corrected, Seconded, Declined)

__all__ = [
    "FACTS",
    "Begun",
    "Corrected",
    "Day",
    "Declined",
    "Door",
    "Entry",
    "Fact",
    "Held",
    "KeyAnnounced",
    "Lowering",
    "Options",
    "Person",
    "Phone",
    "Place",
    "Say",
    "Saying",
    "Seconded",
    "Text",
    "Vehicle",
    "When",
    "Whole",
    "Words",
    "Wrong",
    "YesNo",
    "mention_of",
]
