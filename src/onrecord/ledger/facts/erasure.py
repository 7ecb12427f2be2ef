"""Lawful erasure: what is to go and why, what went, what must not go meanwhile, and which backups still hold it."""

from typing import Annotated, ClassVar

from pydantic import Field

from onrecord.ledger.facts.declare import Door, Fact, Held, Say
from onrecord.ledger.facts.fields import Day, Options, Shape, Text, Words
from onrecord.ledger.facts.kinds import FOREVER, TASK, MeetingId

LAW = "To show that something was erased, by whom and why, and to keep what must be kept"
SHOWN = Held(LAW, TASK, "everybody who sees the entry", FOREVER, coded=True)
SAID = Held(LAW, TASK, "whoever agrees to it, and the people outside", FOREVER)
DIGESTS = Held("So that the rest of the entry still verifies", TASK, "anyone", FOREVER)
FILE = "file"
"""Names, among the fields of an entry, the sealed file that stands under its id."""

BASES = Options(
    {
        "wrongly_filed": "UK GDPR article 16: it was filed about the wrong person",
        "never_lawful": "UK GDPR article 17(1)(d): it should never have been recorded",
        "asked": "UK GDPR article 17(1): whom it is about asked, and no ground to keep it is left",
        "kept_long_enough": "UK GDPR article 5(1)(e): the time for which it is kept is over",
        "ordered": "an order of a court or of the Information Commissioner",
    }
)
"""These words stand in the place of what was erased, and are checked there: other words are another code."""
READS = "reads"
LOGS = Options({READS: "the log of who read what"})
INSTEAD = Options({"year": "the year is left", "district": "the postcode district is left"})


class Erasing(Shape):
    """A field of an entry that is to go, or its file: by name, never by what it says. `log` says where it stands."""

    entry: Annotated[MeetingId, Field(title="Entry")]
    field: Annotated[Text, Field(title="Field")]
    instead: Annotated[str, INSTEAD, Field(title="What is left in its place")] | None = None
    log: Annotated[str, LOGS, Field(title="In which log, where not in the record")] | None = None

    def spoken(self) -> str:
        """The field, of which entry, where, and what is left."""
        where = f" in {LOGS.words[self.log]}" if self.log else ""
        left = f" ({INSTEAD.words[self.instead]})" if self.instead else ""
        return f"{self.field} of {self.entry[:8]}{where}{left}"


class ErasureProposed(Fact):
    """Somebody asks that fields or files of entries are erased. It counts when a second person agrees."""

    kind: ClassVar = "ledger.erasure_proposed"
    title: ClassVar = "Erasure proposed"
    sentence: ClassVar = "It is proposed to erase {parts}, under {basis}. {why}"
    door: ClassVar = Door.MACHINE

    basis: Annotated[str, BASES, Say("Under what law?", missing="Choose what asks for it."), SHOWN]
    parts: Annotated[tuple[Erasing, ...], Say("What is to go", missing="Choose at least one field."), SHOWN]
    why: Annotated[Words, Say("Why?", missing="Say how that applies, without repeating what is to go."), SAID]
    owner: Annotated[Text, Say("The agency whose record it is", "Filled in by the record."), SHOWN]
    owner_name: Annotated[Text, Say("What that agency is called", "Filled in by the record."), SHOWN]
    asked: Annotated[str, Options({"agency": "two agencies"}), Say("Who agrees"), SHOWN] = "agency"
    outside: Annotated[
        str | None, Options({"asked": "are asked, so one of them agrees"}), Say("The people outside"), SHOWN
    ] = None


class ErasureCarriedOut(Fact):
    """Fields or the file of one entry are gone from this record. That they were said, when and by whom, stands.

    The digests are of what the entry commits to no more, and of what is said in its place. Of what went from the log
    of who read what, this stands under one id in both: here it says that it went, there it has the digests.
    """

    kind: ClassVar = "ledger.erasure_carried_out"
    title: ClassVar = "Erased"
    sentence: ClassVar = "Erased for {owner}, under {basis}: {fields_gone}."
    door: ClassVar = Door.MACHINE

    basis: Annotated[str, BASES, Say("Under what law"), SHOWN]
    fields_gone: Annotated[tuple[Text, ...], Say("What is gone"), SHOWN]
    owner: Annotated[Text, Say("The agency whose record it was"), SHOWN]
    gone: Annotated[tuple[Text, ...], Say("Digests of what is gone"), DIGESTS] = ()
    left: Annotated[tuple[Text, ...], Say("Digests of what is said in its place"), DIGESTS] = ()
    log: Annotated[str | None, LOGS, Say("In which log it stood, where not in the record"), SHOWN] = None


class HoldPlaced(Fact):
    """Nothing is erased of the entries it names, or of the whole record, until two people lift the hold."""

    kind: ClassVar = "ledger.hold_placed"
    title: ClassVar = "Hold on erasing"
    sentence: ClassVar = "Nothing is to be erased: {ground}. {why}"
    roles: ClassVar = frozenset({"business_manager", "director", "designated_officer", "scrutineer", "inspectorate"})

    ground: Annotated[
        str,
        Options(
            {
                "inquiry": "an inquiry or a review asks for it",
                "claim": "there is a legal claim, or one is likely",
                "crime": "a crime is investigated or prosecuted",
                "inspection": "an inspection asks for it",
            }
        ),
        Say("What must be kept for?", missing="Choose what it must be kept for."),
        SHOWN,
    ]
    why: Annotated[Words, Say("Who asked, and what must be kept?", missing="Say who asked, and for what."), SAID]


class HoldLifted(Fact):
    """A hold has ended. Two people say so."""

    kind: ClassVar = "ledger.hold_lifted"
    title: ClassVar = "Hold on erasing lifted"
    sentence: ClassVar = "A hold on erasing has ended. {why}"
    response: ClassVar = True
    roles: ClassVar = HoldPlaced.roles
    by_two: ClassVar = "why"

    why: Annotated[Words, Say("Why is it over?", missing="Say who ended it, and when."), SAID]


class BackupMade(Fact):
    """A copy of the record was put away. Until it is thrown away it holds what is erased here meanwhile.

    One that is sealed under a key of its own ends with that key, wherever its copies lie.
    """

    kind: ClassVar = "ledger.backup_made"
    title: ClassVar = "Backup made"
    sentence: ClassVar = "A backup was made of {what}. It is kept until {until}."
    door: ClassVar = Door.MACHINE

    what: Annotated[Text, Say("What, and where it is kept", missing="Say what was copied, and where it is."), SHOWN]
    until: Annotated[Day, Say("Until when it is kept", missing="Say when it is thrown away."), SHOWN]
    sealed: Annotated[Text | None, Say("The key under which it is sealed", "Filled in by the record."), SHOWN] = None
    second: Annotated[Text | None, Say("Where that key stands beside here", "Filled in by the record."), SHOWN] = None


class BackupKeyDestroyed(Fact):
    """The key of a sealed backup is gone, so nobody opens that backup any more."""

    kind: ClassVar = "ledger.backup_key_destroyed"
    title: ClassVar = "Key of a backup destroyed"
    sentence: ClassVar = "The key {sealed} of a backup was destroyed {how}. Nobody opens that backup any more."
    door: ClassVar = Door.MACHINE

    sealed: Annotated[Text, Say("Which key", "Filled in by the record."), SHOWN]
    how: Annotated[
        str,
        Options(
            {
                "here": "wherever the record had put it",
                "asked": "wherever the record had put it, when somebody asked for that",
                "by_hand": "here by the record, and in its second place by hand, as somebody said",
            }
        ),
        Say("How"),
        SHOWN,
    ]


FACTS: tuple[type[Fact], ...] = (
    ErasureProposed,
    ErasureCarriedOut,
    HoldPlaced,
    HoldLifted,
    BackupMade,
    BackupKeyDestroyed,
)
