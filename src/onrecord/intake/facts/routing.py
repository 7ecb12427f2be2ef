"""What the machine says of a report: where it went, what came with it, how it came."""

from typing import Annotated, ClassVar

from onrecord.intake.facts.lists import BatchMark
from onrecord.ledger.facts import Door, Fact, Options, Say, Text
from onrecord.ledger.facts.held import RECORD, WHO, WORDS


class ReportRouted(Fact):
    """Where a report went: to the front door, or sealed to the designated officer and one person outside.

    Said by the machine, once the report was compared with everybody who works here. Until it is said, nobody inside
    reads the report. `against` are the sign-in names of those whom it may be about: codes, and no names.
    """

    kind: ClassVar = "intake.report_routed"
    title: ClassVar = "Report routed"
    sentence: ClassVar = "The report went to {to}, {because}."
    door: ClassVar = Door.MACHINE

    to: Annotated[
        str,
        Options({"front_door": "the front door", "sealed": "the designated officer and one person outside, sealed"}),
        Say("Where it went"),
        RECORD,
    ]
    because: Annotated[
        str,
        Options(
            {
                "said_so": "as it says that somebody in it works with children, police, council or taxis",
                "staff_named": "as somebody who works here is named in it",
                "both": "as it says that somebody in it works with children, and names somebody who works here",
                "not": "as nobody who works here was found in it",
            }
        ),
        Say("Why"),
        RECORD,
    ]
    against: Annotated[tuple[Text, ...], Say("Sign-in names of those named in it"), RECORD] = ()
    details: Annotated[
        tuple[Text, ...] | None, Say("Entries of details by which alone somebody in it was found"), RECORD
    ] = None


class OriginalKept(Fact):
    """What a report was taken from, kept sealed as it came: an e-mail, a letter. Never shown, only handed out."""

    kind: ClassVar = "intake.original_kept"
    title: ClassVar = "Original kept"
    sentence: ClassVar = "What the report was taken from was kept sealed: {name}, {size} bytes."
    door: ClassVar = Door.MACHINE
    keeps_file: ClassVar = "sha256"

    name: Annotated[Text, Say("Name of the file", missing="Say what the file is called."), WORDS]
    media_type: Annotated[Text, Say("What sort of file it is said to be"), WHO]
    size: Annotated[Text, Say("How many bytes"), WHO]
    sha256: Annotated[Text, Say("SHA-256 of the file"), WHO]


class ReportMarked(Fact):
    """How a report came, where that is unusual. It is taken, routed and owed like any other: a mark refuses nothing."""

    kind: ClassVar = "intake.report_marked"
    title: ClassVar = "Report marked"
    sentence: ClassVar = "The report was marked: {mark}."
    door: ClassVar = Door.MACHINE

    mark: Annotated[
        str,
        Options({"many_at_once": "many came from one place within a minute"}),
        Say("What is unusual"),
        RECORD,
    ]
    together: Annotated[BatchMark, Say("Those it came with"), RECORD]
