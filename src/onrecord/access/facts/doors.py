"""What may be said of the ways in: links to set a password, second steps that are lost, keys of other systems."""

from typing import Annotated, ClassVar

from onrecord.access.facts.lists import ROLES
from onrecord.ledger.facts import Door, Fact, Options, Say, Text, Words
from onrecord.ledger.facts.held import RECORD, STAFF_CODE, WORDS

WHY = "Those who are told read it."


class InvitationMade(Fact):
    """Somebody made a link by which another person, who holds a role, sets a password of their own. It works once."""

    kind: ClassVar = "access.invitation_made"
    title: ClassVar = "Link to set a password made"
    sentence: ClassVar = "A link to set a password was made for {user}."
    door: ClassVar = Door.MACHINE

    user: Annotated[Text, Say("Sign-in name", missing="Choose for whom the link is."), STAFF_CODE]


class InvitationProposed(Fact):
    """A link is to be made for somebody by whose sign-in others could be overruled, or not told. It takes two.

    So it is for second signers, designated officers, directors, business managers and people in outside seats. When a
    second person, of another agency, agrees, whoever proposed it makes the link. The people outside hear of both.
    """

    kind: ClassVar = "access.invitation_proposed"
    title: ClassVar = "Link to set a password proposed"
    sentence: ClassVar = "A link to set a password is to be made for {user}."
    door: ClassVar = Door.PEOPLE

    user: Annotated[Text, Say("Sign-in name", missing="Choose for whom the link is."), STAFF_CODE]
    why: Annotated[
        Words | None,
        Say("How do you know that it is them who ask?", WHY, missing="Say in a sentence how you know it is them."),
        WORDS,
    ] = None


class InvitationUsed(Fact):
    """Somebody set their password by the link that was made for them."""

    kind: ClassVar = "access.invitation_used"
    title: ClassVar = "Password set by a link"
    sentence: ClassVar = "{user} set a password by the link that was made for them."
    door: ClassVar = Door.MACHINE

    user: Annotated[Text, Say("Sign-in name"), STAFF_CODE]


class SecondStepEnded(Fact):
    """Somebody lost their second step and their recovery codes, and begins anew: second step and password are gone.

    It is a proposal: it counts when a second person, of another agency, agrees. For somebody in an outside seat that is
    somebody else outside. Nobody says it of themselves.
    """

    kind: ClassVar = "access.second_step_ended"
    title: ClassVar = "Second step taken away"
    sentence: ClassVar = "The second step of {user}, and the password, were taken away, so that they begin anew."
    door: ClassVar = Door.PEOPLE

    user: Annotated[Text, Say("Sign-in name", missing="Say whose second step is lost."), STAFF_CODE]
    role: Annotated[str, ROLES, Say("Role they hold", missing="Choose a role."), STAFF_CODE]
    agency: Annotated[Text, Say("Agency", missing="Choose an agency."), STAFF_CODE]
    why: Annotated[
        Words | None,
        Say("How do you know that it is them who ask?", WHY, missing="Say in a sentence how you know it is them."),
        WORDS,
    ] = None


class KeyMade(Fact):
    """A key was made by which another system reports for somebody."""

    kind: ClassVar = "access.key_made"
    title: ClassVar = "Key of another system made"
    sentence: ClassVar = "A key was made by which another system speaks for {user}."
    door: ClassVar = Door.MACHINE

    user: Annotated[Text, Say("Sign-in name of whom it speaks for"), STAFF_CODE]
    key: Annotated[Text, Say("Mark of the key"), STAFF_CODE]


class KeyEnded(Fact):
    """A key of another system was taken back. What that system sends from now on is refused.

    Said by the agency whose key it is, it counts at once. Said by another it is a proposal: it counts when somebody of
    the agency whose key it is agrees, so that nobody keeps another agency from reporting.
    """

    kind: ClassVar = "access.key_ended"
    title: ClassVar = "Key of another system taken back"
    sentence: ClassVar = "The key by which another system spoke for {user} was taken back. {why}"
    door: ClassVar = Door.MACHINE

    user: Annotated[Text, Say("Sign-in name of whom it spoke for"), STAFF_CODE]
    key: Annotated[Text, Say("Mark of the key"), STAFF_CODE]
    why: Annotated[Words, Say("Why?", WHY, missing="Say in a sentence why it is taken back."), WORDS]
    asked: Annotated[
        str | None, Options({"agency": "somebody of the agency whose key it is"}), Say("Who agrees"), RECORD
    ] = None
