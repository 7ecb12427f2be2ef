"""What may be said of the sign-in of an adult whom a child trusts: it is given by two, for one child, and it ends."""

from typing import Annotated, ClassVar

from onrecord.access.facts.people import WHY
from onrecord.ledger.facts import Door, Fact, Say, Text, Words
from onrecord.ledger.facts.held import STAFF, STAFF_CODE, WORDS

TRUSTED = "trusted_adult"
"""The role in which they speak. It is held in no agency, and opens no page of those who work here."""


class TrustedSignInGiven(Fact):
    """An adult whom a child trusts is to sign in, for this one child. It counts when a second person agrees.

    It answers the entry by which the child named them. It opens a page of their own, and never the file.
    """

    kind: ClassVar = "access.trusted_sign_in_given"
    title: ClassVar = "Sign-in for a trusted adult"
    sentence: ClassVar = "{name} is to sign in as an adult whom the child trusts. {why}"
    door: ClassVar = Door.PEOPLE
    response: ClassVar = True
    by_two: ClassVar = "why"

    user: Annotated[
        Text,
        Say(
            "Sign-in name",
            "Small letters, digits and hyphens, such as kemi-adair. A new one: nobody who works here has it.",
            missing="Enter a sign-in name, such as kemi-adair.",
        ),
        STAFF_CODE,
    ]
    name: Annotated[Text, Say("Their name", missing="Enter their name."), STAFF]
    why: Annotated[Words, Say("What does the child say to it?", WHY, missing="Say what the child says to it."), WORDS]


class TrustedSignInEnded(Fact):
    """An adult whom a child trusted no longer signs in. It counts at once, and the people outside are told."""

    kind: ClassVar = "access.trusted_sign_in_ended"
    title: ClassVar = "Sign-in of a trusted adult ended"
    sentence: ClassVar = "The sign-in of an adult whom the child trusted was ended. {why}"
    door: ClassVar = Door.PEOPLE
    response: ClassVar = True

    why: Annotated[
        Words,
        Say("Why, and what does the child say?", "The people outside are told.", missing="Say what the child says."),
        WORDS,
    ]
