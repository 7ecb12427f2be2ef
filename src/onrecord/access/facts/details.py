"""What people at work say of themselves so that a report against them never reaches them: compared, and never shown.

A home's postcode is compared only with that of a child whose record they open.
"""

from typing import Annotated, ClassVar

from onrecord.ledger.facts import Door, Fact, Options, Say, Text, Whole, Words
from onrecord.ledger.facts.held import CODE, RECORD, STAFF_CODE, STAFF_COMPARED, WORDS


class StaffDetailsGiven(Fact):
    """The names, phones, cars, other employers, relatives and home postcode of somebody who works here.

    What was given before is still compared. Given with nothing in it, it says that nothing has changed. Given for
    somebody else it is a proposal: it counts when a second person agrees. What is wrong is taken back by a correction,
    which takes two.
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
    why: Annotated[
        Words | None,
        Say(
            "How do you know, if they are somebody else's?",
            "Whoever agrees as the second person reads it.",
            missing="Say in a sentence how you know that these details are theirs.",
        ),
        WORDS,
    ] = None
    given_by: Annotated[
        str | None,
        Options({"colleague": "somebody of their agency", "office": "somebody of the partnership's own office"}),
        Say("Who gave them for the person", "Filled in by the record where somebody else did."),
        STAFF_CODE,
    ] = None


class StaffDetailsQuestioned(Fact):
    """The details of somebody at work sealed several reports. Said by the machine, to be looked at.

    It answers those reports, and so stands behind their wall. `details` are the entries by which they were sealed.
    """

    kind: ClassVar = "access.staff_details_questioned"
    title: ClassVar = "Details that sealed several reports"
    sentence: ClassVar = "{reports} reports were sealed because of details given of {user}, and for nothing else."
    door: ClassVar = Door.MACHINE

    user: Annotated[Text, Say("Sign-in name"), STAFF_CODE]
    reports: Annotated[Whole, Say("How many reports"), RECORD]
    details: Annotated[tuple[Text, ...], Say("The entries by which the details were given"), RECORD]


class StaffDetailsJudged(Fact):
    """Whether details that sealed several reports are right, as somebody found who looked into it."""

    kind: ClassVar = "access.staff_details_judged"
    title: ClassVar = "Details of staff looked into"
    sentence: ClassVar = "The details were found: {finding}. {words}"
    response: ClassVar = True
    roles: ClassVar = frozenset({"designated_officer", "scrutineer", "inspectorate"})

    finding: Annotated[
        str,
        Options({"right": "Right", "wrong": "Not right, to be taken back", "too_wide": "Right, and too common a name"}),
        Say("Are these details right?", missing="Choose what you found."),
        CODE,
    ]
    words: Annotated[
        Words, Say("How do you know?", "What you did to find out.", missing="Say in a sentence how you know."), WORDS
    ]
