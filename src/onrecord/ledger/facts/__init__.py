"""What may be said: the language of facts, and the ledger's own kinds."""

from onrecord.ledger.facts.declare import Door, Fact, Held, Known, Say, Wrong
from onrecord.ledger.facts.entry import Entry, Lowering, Saying, mention_of
from onrecord.ledger.facts.fields import (
    Day,
    Options,
    Person,
    Phone,
    Place,
    Shape,
    Text,
    Vehicle,
    When,
    Whole,
    Words,
    YesNo,
)
from onrecord.ledger.facts.kinds import Begun, Corrected, Declined, KeyAnnounced, Seconded, WitnessesNamed

FACTS: tuple[type[Fact], ...] = (Begun, KeyAnnounced, WitnessesNamed, Corrected, Seconded, Declined)

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
    "Known",
    "Lowering",
    "Options",
    "Person",
    "Phone",
    "Place",
    "Say",
    "Saying",
    "Seconded",
    "Shape",
    "Text",
    "Vehicle",
    "When",
    "Whole",
    "WitnessesNamed",
    "Words",
    "Wrong",
    "YesNo",
    "mention_of",
]
