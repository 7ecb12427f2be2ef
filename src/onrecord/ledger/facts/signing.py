"""What happens to signing: a clock that stepped back, and epochs that end and begin."""

from typing import Annotated, ClassVar

from pydantic import Field

from onrecord.ledger.facts.declare import Door, Fact, Held, Say
from onrecord.ledger.facts.fields import Options, Text, Words
from onrecord.ledger.facts.kinds import FOREVER, OPEN, TASK, TRUST

LOGS = Options({"default": "the record", "reads": "the log of who read what"})
OUTSIDE = Options({"asked": "are asked, so one of them agrees first"})
WHY = Held(TRUST, TASK, "anyone", FOREVER)

Count = Annotated[int, Field(ge=0, le=10**15, strict=False)]
"""How many entries: a record may outgrow what a person would count."""
Log = Annotated[str, LOGS, Say("Which log", missing="Say which log: default or reads."), OPEN]
Signed = Annotated[Count, Say("Entries that had been signed", "Filled in by the record."), OPEN]
Kept = Annotated[Count, Say("Of these, still here as signed", "Filled in by the record."), OPEN]
Unkept = Annotated[Count, Say("Receipts given for entries that are not here", "Filled in by the record."), OPEN]


class ClockSteppedBack(Fact):
    """The machine's clock stood before the time that was recorded last. Entries keep that time until it catches up."""

    kind: ClassVar = "ledger.clock_stepped_back"
    title: ClassVar = "Clock stepped back"
    sentence: ClassVar = "The clock stood {seconds} seconds before the time that was recorded last, {newest}."
    door: ClassVar = Door.MACHINE

    seconds: Annotated[Count, Say("By how many seconds"), OPEN]
    newest: Annotated[Text, Say("The time recorded last, in UTC"), OPEN]


class EpochProposed(Fact):
    """Somebody asks to end an epoch: what was signed last is not here any more, and signing is to go on all the same.

    It counts when somebody outside agrees. The watch then begins the new epoch; nothing of the old one is thrown away.
    """

    kind: ClassVar = "ledger.epoch_proposed"
    title: ClassVar = "New epoch proposed"
    sentence: ClassVar = (
        "A new epoch of {log} is to begin: {signed} entries had been signed, and {kept} of them stand here. {receipts} "
        "receipts are of entries that are not here. {why}"
    )
    door: ClassVar = Door.MACHINE

    log: Log
    signed: Signed
    kept: Kept
    receipts: Unkept
    why: Annotated[Words, Say("What happened?", missing="Say what happened to the record, and how you know."), WHY]
    outside: Annotated[str, OUTSIDE, Say("The people outside"), OPEN] = "asked"


class EpochBegun(Fact):
    """From here on a log signs under a new name. What the last epoch had signed beyond this record is not here.

    Witnesses trust the new name by telephone, as they did the first.
    """

    kind: ClassVar = "ledger.epoch_begun"
    title: ClassVar = "New epoch begun"
    sentence: ClassVar = (
        "A new epoch of {log} began under {begins}. Under {ended} {signed} entries had been signed; {kept} of them "
        "stand here. {receipts} receipts are of entries that are not here."
    )
    door: ClassVar = Door.MACHINE

    log: Log
    ended: Annotated[Text, Say("Origin that ended"), OPEN]
    begins: Annotated[Text, Say("Origin that begins"), OPEN]
    signed: Signed
    kept: Kept
    receipts: Unkept
    root: Annotated[Text, Say("The root that was signed last, in base64"), OPEN]
