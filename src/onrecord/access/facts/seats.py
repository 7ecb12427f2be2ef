"""What may be said about the outside seats."""

from typing import Annotated, ClassVar

from onrecord.access.facts.lists import ROLES
from onrecord.ledger.facts import Door, Fact, Options, Say, Text
from onrecord.ledger.facts.held import RECORD, STAFF_CODE


class SeatAccepted(Fact):
    """A person outside agrees to hear what is not answered inside."""

    kind: ClassVar = "access.seat_accepted"
    title: ClassVar = "Outside seat accepted"
    sentence: ClassVar = "{user} accepted the outside seat of {role}."
    door: ClassVar = Door.PEOPLE
    response: ClassVar = True

    user: Annotated[Text, Say("Sign-in name", missing="Say who accepts the seat."), STAFF_CODE]
    role: Annotated[str, ROLES, Say("Seat", missing="Choose the seat."), STAFF_CODE]


class SeatConfirmed(Fact):
    """The person in an outside seat says, once a quarter, that they are still there to hear."""

    kind: ClassVar = "access.seat_confirmed"
    title: ClassVar = "Outside seat confirmed"
    sentence: ClassVar = "{user} is still there to hear, in the outside seat of {role}."
    door: ClassVar = Door.PEOPLE
    response: ClassVar = True

    user: Annotated[Text, Say("Sign-in name", missing="Say who confirms the seat."), STAFF_CODE]
    role: Annotated[str, ROLES, Say("Seat", missing="Choose the seat."), STAFF_CODE]


class OutsideChangeRefused(Fact):
    """Somebody tried to change something about an outside contact that only the contact can change. Nothing changed."""

    kind: ClassVar = "access.outside_change_refused"
    title: ClassVar = "Change to an outside contact refused"
    sentence: ClassVar = "An attempt to change {what}[ of {user}, an outside contact,] was refused."
    door: ClassVar = Door.MACHINE

    user: Annotated[Text | None, Say("Sign-in name of the outside contact"), RECORD] = None
    what: Annotated[
        str,
        Options(
            {
                "address": "the address for notices",
                "role": "the role",
                "absence": "the presence",
                "seat": "the seat",
                "sign_in": "the sign-in",
                "witnesses": "who witnesses the record",
            }
        ),
        Say("What they tried to change"),
        RECORD,
    ]
