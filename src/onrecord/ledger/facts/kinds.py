"""The ledger's own kinds: how it began, its keys, corrections, and the second signature."""

from typing import Annotated, ClassVar

from pydantic import StringConstraints

from onrecord.ledger.facts.declare import Door, Fact, Held, Say
from onrecord.ledger.facts.fields import Options, Text, Words

TRUST = "So that people outside can verify the record"
TASK = "UK GDPR article 6(1)(e), public task; Children Act 2004 sections 11 and 16E"
FOREVER = "As long as the ledger"
OPEN = Held(TRUST, TASK, "anyone", FOREVER, coded=True)
REASONS = Held("To show who agreed to a change, and why", TASK, "everybody who works on the case", FOREVER)
CODED_REASONS = Held("To count and compare decisions", TASK, "everybody who works on the case", FOREVER, coded=True)


MeetingId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", max_length=36)]
"""Which meeting, as an id: no word can stand in it."""
Meeting = Annotated[
    MeetingId | None,
    Say("For which meeting?", "The entry by which the meeting is on record.", wrong="Give the id of the meeting."),
    CODED_REASONS,
]
Met = Annotated[
    tuple[Text, ...],
    Say("Sorts of agency that came to the meeting", "Taken from the record of the meeting; leave it out."),
    CODED_REASONS,
]


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


class WitnessesNamed(Fact):
    """Whose signatures make a checkpoint count as witnessed, from here on. Every later receipt promises them."""

    kind: ClassVar = "ledger.witnesses_named"
    title: ClassVar = "Witnesses named"
    sentence: ClassVar = "From now on a checkpoint counts as witnessed when it is signed by {signers}."
    door: ClassVar = Door.MACHINE

    signers: Annotated[Words, Say("Whose signatures are asked for, in words"), OPEN]
    digest: Annotated[Text, Say("SHA-256 of the policy file"), OPEN]
    policy: Annotated[Words, Say("The policy file"), Held(TRUST, TASK, "anyone", FOREVER)]
    outside: Annotated[
        str | None,
        Options({"less": "would be asked less, so one of them agrees first"}),
        Say("The people outside", "Filled in by the record, which compares it with the policy in force."),
        OPEN,
    ] = None


class WitnessFileDiffers(Fact):
    """The file that names the witnesses does not say what is on record. What is on record stays in force."""

    kind: ClassVar = "ledger.witness_file_differs"
    title: ClassVar = "File of witnesses differs from the record"
    sentence: ClassVar = "The file that names the witnesses {how}. The policy on record stays in force."
    door: ClassVar = Door.MACHINE

    how: Annotated[
        str,
        Options(
            {
                "gone": "is gone, or cannot be read",
                "wrong": "is not a policy",
                "weaker": "asks less of the witnesses than is on record",
            }
        ),
        Say("How it differs"),
        OPEN,
    ]


class WitnessFileAgrees(Fact):
    """The file that names the witnesses says again what is on record."""

    kind: ClassVar = "ledger.witness_file_agrees"
    title: ClassVar = "File of witnesses agrees with the record"
    sentence: ClassVar = "The file that names the witnesses says what is on record."
    door: ClassVar = Door.MACHINE
    response: ClassVar = True


class Corrected(Fact):
    """One field of one earlier fact put right. Kind, author and time of the original can never be replaced."""

    kind: ClassVar = "ledger.corrected"
    title: ClassVar = "Correction"
    sentence: ClassVar = "{field} was corrected: {why}"

    field: Annotated[Text, Say("Which field is corrected", missing="Say which field is wrong."), CODED_REASONS]
    value: Annotated[Words, Say("What it should say, as JSON", missing="Say what the field should have said."), REASONS]
    why: Annotated[Words, Say("Why it was wrong", missing="Say how you know that the original was wrong."), REASONS]
    agrees: Annotated[
        Text | None,
        Say("The agency that said it, and agrees first", "Filled in by the record where another agency said it."),
        CODED_REASONS,
    ] = None
    author: Annotated[
        Text | None,
        Say("Who said it, and agrees first", "Filled in by the record where these are somebody else's words."),
        CODED_REASONS,
    ] = None
    met: Annotated[
        tuple[Text, ...],
        Say("Which agencies met, one of which agrees first", "Filled in by the record where a meeting said it."),
        CODED_REASONS,
    ] = ()


class Seconded(Fact):
    """The second signature. The proposal takes effect at the moment this is recorded."""

    kind: ClassVar = "ledger.seconded"
    title: ClassVar = "Second signature"
    sentence: ClassVar = "The change was agreed by a second person: {why}"
    weighs: ClassVar = True
    response: ClassVar = True

    why: Annotated[Words, Say("Why do you agree?", missing="Say in a sentence why you agree."), REASONS]
    meeting: Meeting = None
    met: Met = ()


class SetAside(Fact):
    """What was agreed has no effect from here on, for as long as somebody whom it touches challenges it."""

    kind: ClassVar = "ledger.set_aside"
    title: ClassVar = "Set aside while it is challenged"
    sentence: ClassVar = "What two had agreed has no effect: {why}."
    door: ClassVar = Door.MACHINE

    why: Annotated[
        str,
        Options({"challenged": "somebody whom it touches challenged it in time"}),
        Say("Why it has no effect"),
        CODED_REASONS,
    ]


class CountsAgain(Fact):
    """What was set aside has effect again: the challenge has ended, and nobody agreed with it."""

    kind: ClassVar = "ledger.counts_again"
    title: ClassVar = "In effect again"
    sentence: ClassVar = "What two had agreed has effect again: {why}."
    door: ClassVar = Door.MACHINE

    why: Annotated[
        str,
        Options({"ended": "the challenge has ended, and nobody agreed with it"}),
        Say("Why it has effect again"),
        CODED_REASONS,
    ]


class Declined(Fact):
    """The second signature refused. The proposal ends, and stays on record."""

    kind: ClassVar = "ledger.declined"
    title: ClassVar = "Second signature refused"
    sentence: ClassVar = "The change was not agreed: {why}"
    weighs: ClassVar = True
    response: ClassVar = True

    answer: Annotated[
        str,
        Options({"disagree": "Disagree", "not_enough": "Not enough to decide"}),
        Say("Your answer", missing="Choose disagree, or not enough to decide."),
        CODED_REASONS,
    ]
    why: Annotated[Words, Say("Why not?", missing="Say in a sentence why not."), REASONS]
    meeting: Meeting = None
    met: Met = ()
