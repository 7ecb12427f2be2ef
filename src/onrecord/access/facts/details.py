"""What people at work say of themselves so that a report against them never reaches them: compared, and never shown."""

from typing import Annotated, ClassVar

from onrecord.ledger.facts import Fact, Say, Text
from onrecord.ledger.facts.held import STAFF, STAFF_CODE


class StaffDetailsGiven(Fact):
    """The phones, cars and other employers of somebody who works here. What was given before is still compared."""

    kind: ClassVar = "access.staff_details_given"
    title: ClassVar = "Staff details given"
    sentence: ClassVar = "Details of {user} were given, to be compared with what is reported."

    user: Annotated[Text, Say("Sign-in name", missing="Say whose details these are."), STAFF_CODE]
    phones: Annotated[tuple[Text, ...], Say("Phone numbers, at work and private"), STAFF] = ()
    plates: Annotated[tuple[Text, ...], Say("Registrations of cars they drive"), STAFF] = ()
    employers: Annotated[tuple[Text, ...], Say("Firms they also work for, such as a taxi firm"), STAFF] = ()
