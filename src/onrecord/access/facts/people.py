"""What may be said about people at work: their roles, their address, when they are away, when they read."""

from typing import Annotated, ClassVar

from onrecord.access.facts.lists import ROLES
from onrecord.ledger.facts import Day, Door, Fact, Options, Say, Text, When, Words
from onrecord.ledger.facts.held import CODE, RECORD, STAFF, STAFF_CODE, WORDS

WHY = "So that whoever signs as the second person can judge it."
NO_LINE = "There is no such line on the rota, or it was withdrawn already."


class RoleHeld(Fact):
    """Somebody holds a role in an agency from a day on. The history stays when they leave.

    Said by a person it is a proposal: it counts when a second person, of another agency, agrees.
    """

    kind: ClassVar = "access.role_held"
    title: ClassVar = "Role held"
    sentence: ClassVar = "{name} took up the role of {role}."
    door: ClassVar = Door.PEOPLE
    response: ClassVar = True

    user: Annotated[Text, Say("Sign-in name", missing="Enter a sign-in name, such as jo-marlowe."), STAFF_CODE]
    name: Annotated[Text, Say("Name", missing="Enter the person's name."), STAFF]
    role: Annotated[str, ROLES, Say("Role", missing="Choose a role."), STAFF_CODE]
    agency: Annotated[Text, Say("Agency", missing="Choose an agency."), STAFF_CODE]
    since: Annotated[Day, Say("From", missing="Say from which day."), STAFF_CODE]
    why: Annotated[Words | None, Say("Why?", hint=WHY, missing="Say why in a sentence."), WORDS] = None


class RoleEnded(Fact):
    """Somebody no longer holds a role.

    Said by a person it is a proposal. An outside role ends only with the person who holds it.
    """

    kind: ClassVar = "access.role_ended"
    title: ClassVar = "Role ended"
    sentence: ClassVar = "The role of {role} ended for {user}."
    door: ClassVar = Door.PEOPLE

    user: Annotated[Text, Say("Sign-in name", missing="Say whose role ends."), STAFF_CODE]
    role: Annotated[str, ROLES, Say("Role", missing="Choose a role."), STAFF_CODE]
    agency: Annotated[Text, Say("Agency", missing="Choose an agency."), STAFF_CODE]
    why: Annotated[Words | None, Say("Why?", hint=WHY, missing="Say why in a sentence."), WORDS] = None


class AddressChanged(Fact):
    """Where notices to somebody go from now on. For an outside contact, only they themselves can say so."""

    kind: ClassVar = "access.address_changed"
    title: ClassVar = "Address for notices changed"
    sentence: ClassVar = "The address for notices to {user} was changed."
    door: ClassVar = Door.PEOPLE

    user: Annotated[Text, Say("Sign-in name", missing="Say whose address it is."), STAFF_CODE]
    address: Annotated[
        Text,
        Say(
            "E-mail address", missing="Enter an e-mail address.", wrong="Enter an e-mail address, such as a@b.example."
        ),
        STAFF,
    ]
    why: Annotated[Words | None, Say("Why?", hint=WHY, missing="Say why in a sentence."), WORDS] = None


class AbsenceNoted(Fact):
    """Somebody is away, and who covers. Their duties show to the cover too; nothing moves and no clock stops."""

    kind: ClassVar = "access.absence_noted"
    title: ClassVar = "Absence noted"
    sentence: ClassVar = "{user} is away from {first} to {last}. {cover} covers."
    door: ClassVar = Door.PEOPLE

    user: Annotated[Text, Say("Who is away?", missing="Choose who is away."), STAFF_CODE]
    first: Annotated[Day, Say("First day away", missing="Say from which day."), STAFF_CODE]
    last: Annotated[Day, Say("Last day away", missing="Say until which day."), STAFF_CODE]
    cover: Annotated[Text, Say("Who covers?", missing="Choose who covers."), STAFF_CODE]


class RoleFoundEmpty(Fact):
    """Nobody holds a role in an agency any more. Found by the watch, once for each vacancy."""

    kind: ClassVar = "access.role_found_empty"
    title: ClassVar = "Role found empty"
    sentence: ClassVar = "Nobody at {agency} holds the role of {role} any more."
    door: ClassVar = Door.MACHINE

    role: Annotated[str, ROLES, Say("Role"), RECORD]
    agency: Annotated[Text, Say("Agency"), RECORD]
    up: Annotated[str, ROLES, Say("The next manager up"), RECORD]


class VacancyAnswered(Fact):
    """What is done about a role that nobody holds.

    That it is not needed is a proposal, and refused where a rule in force needs the role.
    """

    kind: ClassVar = "access.vacancy_answered"
    title: ClassVar = "Empty role answered"
    sentence: ClassVar = "The empty role was answered: {how}. {words}"
    response: ClassVar = True

    how: Annotated[
        str,
        Options(
            {
                "covered": "Somebody of another role does the work until it is filled",
                "not_needed": "The role is not needed here any more",
            }
        ),
        Say("What is done about it?", missing="Choose what is done about it."),
        CODE,
    ]
    words: Annotated[Words, Say("Who does the work now?", missing="Say who does the work now."), WORDS]


class ReadingRotaSet(Fact):
    """Who reads what comes to the front door, from when until when."""

    kind: ClassVar = "access.reading_rota_set"
    title: ClassVar = "Reading rota set"
    sentence: ClassVar = "{user} reads the front door."
    door: ClassVar = Door.PEOPLE
    response: ClassVar = True

    user: Annotated[Text, Say("Who reads?", missing="Choose who reads."), STAFF_CODE]
    reads: Annotated[When, Say("From when until when?", missing="Say from when until when."), STAFF_CODE]


class ReadingRotaWithdrawn(Fact):
    """A line of the reading rota no longer counts. The line stays on record."""

    kind: ClassVar = "access.reading_rota_withdrawn"
    title: ClassVar = "Line of the reading rota withdrawn"
    sentence: ClassVar = "A time in which {user} was to read the front door was withdrawn. {why}"
    door: ClassVar = Door.PEOPLE

    user: Annotated[Text, Say("Who was to read?", missing="Say who was to read."), STAFF_CODE]
    line: Annotated[Text, Say("Which line?", missing="Say which line of the rota.", wrong=NO_LINE), STAFF_CODE]
    why: Annotated[Words, Say("Why is it withdrawn?", missing="Say in a sentence why it is withdrawn."), WORDS]


class NoReaderFound(Fact):
    """Nobody reads the front door now or in the next 24 hours. Found by the watch, once for each gap."""

    kind: ClassVar = "access.no_reader_found"
    title: ClassVar = "Nobody reads the front door"
    sentence: ClassVar = "Nobody is on the rota to read the front door."
    door: ClassVar = Door.MACHINE

    agency: Annotated[Text, Say("Agency whose front door it is"), RECORD]


class ReadingStopped(Fact):
    """Nobody reads the front door again, soon after a line of the rota answered the alarm. That line answers no more.

    It was withdrawn, or it ended, or whoever was to read left, is away or cannot sign in. Found by the watch. The alarm
    is open as it was before the line, and its clock never stopped.
    """

    kind: ClassVar = "access.reading_stopped"
    title: ClassVar = "Reading of the front door stopped again"
    sentence: ClassVar = "The line of the rota that answered the alarm brought nobody who went on reading."
    door: ClassVar = Door.MACHINE

    agency: Annotated[Text, Say("Agency whose front door it is"), RECORD]
