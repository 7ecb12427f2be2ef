"""The ledger's own kinds: how it began, its keys, corrections, and the second signature."""

from typing import Annotated, ClassVar

from onrecord.ledger.facts.declare import Door, Fact, Held, Say
from onrecord.ledger.facts.fields import Options, Text, Words

TRUST = "So that people outside can verify the record"
TASK = "UK GDPR article 6(1)(e), public task; Children Act 2004 sections 11 and 16E"
FOREVER = "As long as the ledger"
OPEN = Held(TRUST, TASK, "anyone", FOREVER, coded=True)
REASONS = Held("To show who agreed to a change, and why", TASK, "everybody who works on the case", FOREVER)
CODED_REASONS = Held("To count and compare decisions", TASK, "everybody who works on the case", FOREVER, coded=True)


class Begun(Fact):
    """The first fact: whose record this is. A demo says so here, and can never be relabelled."""

    kind: ClassVar = "ledger.begun"
    title: ClassVar = "Record begun"
    sentence: ClassVar = "The record of {partnership} began, under the origin {origin}."
    door: ClassVar = Door.MACHINE

    origin: Annotated[Text, Say("Origin"), OPEN]
    partnership: Annotated[Text, Say("Safeguarding partnership"), OPEN]


class KeyAnnounced(Fact):
    """A key by which others can check what this ledger signs."""

    kind: ClassVar = "ledger.key_announced"
    title: ClassVar = "Key announced"
    sentence: ClassVar = "The {use} key {vkey} was announced."
    door: ClassVar = Door.MACHINE

    use: Annotated[str, Options({"receipt": "receipt", "checkpoint": "checkpoint"}), Say("What the key signs"), OPEN]
    vkey: Annotated[Text, Say("Public key, in the form others verify with"), OPEN]


class Corrected(Fact):
    """One field of one earlier fact put right. Kind, author and time of the original can never be replaced."""

    kind: ClassVar = "ledger.corrected"
    title: ClassVar = "Correction"
    sentence: ClassVar = "{field} was corrected: {why}"

    field: Annotated[Text, Say("Which field is corrected", missing="Say which field is wrong."), CODED_REASONS]
    value: Annotated[Words, Say("What it should say, as JSON", missing="Say what the field should have said."), REASONS]
    why: Annotated[Words, Say("Why it was wrong", missing="Say how you know that the original was wrong."), REASONS]


class Seconded(Fact):
    """The second signature. The proposal takes effect at the moment this is recorded."""

    kind: ClassVar = "ledger.seconded"
    title: ClassVar = "Second signature"
    sentence: ClassVar = "The change was agreed by a second person: {why}"
    response: ClassVar = True

    why: Annotated[Words, Say("Why do you agree?", missing="Say in a sentence why you agree."), REASONS]


class Declined(Fact):
    """The second signature refused. The proposal ends, and stays on record."""

    kind: ClassVar = "ledger.declined"
    title: ClassVar = "Second signature refused"
    sentence: ClassVar = "The change was not agreed: {why}"
    response: ClassVar = True

    answer: Annotated[
        str,
        Options({"disagree": "Disagree", "not_enough": "Not enough to decide"}),
        Say("Your answer", missing="Choose disagree, or not enough to decide."),
        CODED_REASONS,
    ]
    why: Annotated[Words, Say("Why not?", missing="Say in a sentence why not."), REASONS]
