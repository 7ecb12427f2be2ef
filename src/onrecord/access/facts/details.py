"""What people at work say of themselves so that a report against them never reaches them: compared, and never shown.

A home's postcode is compared only with that of a child whose record they open.
"""

from typing import Annotated, ClassVar

from onrecord.ledger.facts import Fact, Say, Text
from onrecord.ledger.facts.held import STAFF_CODE, STAFF_COMPARED


class StaffDetailsGiven(Fact):
    """The names, phones, cars, other employers, relatives and home postcode of somebody who works here.

    What was given before is still compared. Given with nothing in it, it says that nothing has changed.
    """

    kind: ClassVar = "access.staff_details_given"
    title: ClassVar = "Staff details given"
    sentence: ClassVar = "Details of {user} were given, to be compared with what is reported."

    user: Annotated[Text, Say("Sign-in name", missing="Say whose details these are."), STAFF_CODE]
    names: Annotated[
        tuple[Text, ...],
        Say("Other names", "A name at birth, a short or a married name. First and last name."),
        STAFF_COMPARED,
    ] = ()
    phones: Annotated[tuple[Text, ...], Say("Phone numbers", "At work and private."), STAFF_COMPARED] = ()
    plates: Annotated[
        tuple[Text, ...], Say("Registrations of cars", "Every car that is driven regularly."), STAFF_COMPARED
    ] = ()
    employers: Annotated[
        tuple[Text, ...], Say("Other employers", "Such as a taxi firm or a care home."), STAFF_COMPARED
    ] = ()
    relatives: Annotated[
        tuple[Text, ...],
        Say("Close relatives at agencies here", "Who work for, or are looked after by, an agency of this partnership."),
        STAFF_COMPARED,
    ] = ()
    postcode: Annotated[
        Text | None,
        Say(
            "Postcode of your home",
            "Asked so that nobody opens the record of a neighbour unseen. It seals no report.",
        ),
        STAFF_COMPARED,
    ] = None
