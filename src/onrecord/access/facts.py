"""What may be said about agencies, people at work and their roles; and, in the reads ledger, who opened what."""

from typing import Annotated, ClassVar

from onrecord.ledger.facts import Day, Door, Fact, Options, Say, Text, Words
from onrecord.ledger.facts.held import RECORD, STAFF, STAFF_CODE, WORDS

SORTS = Options(
    {
        "childrens_social_care": "Children's social care",
        "police": "Police",
        "health": "Health",
        "school": "School",
        "care_home": "Children's home",
        "youth_project": "Youth project",
        "licensing": "Licensing",
        "probation": "Probation",
        "voluntary": "Voluntary organisation",
        "council": "Council",
        "partnership": "Safeguarding partnership",
        "outside": "Outside body",
        "public": "Public",
    }
)

ROLES = Options(
    {
        "front_door": "Front door practitioner",
        "practitioner": "Practitioner",
        "team_manager": "Team manager",
        "head_of_service": "Head of service",
        "director": "Director",
        "panel_chair": "Chair of the exploitation panel",
        "licensing_officer": "Licensing officer",
        "analyst": "Analyst",
        "business_manager": "Partnership business manager",
        "second_signer": "Second signer of the joint daily list",
        "designated_officer": "Designated officer",
        "scrutineer": "Independent scrutineer",
        "inspectorate": "Inspectorate",
        "administrator": "Administrator",
    }
)

OUTSIDE_ROLES = frozenset({"scrutineer", "inspectorate"})
"""Roles that nobody inside can give, take or silence."""


class AgencyJoined(Fact):
    """An organisation takes part in this record."""

    kind: ClassVar = "access.agency_joined"
    title: ClassVar = "Agency joined"
    sentence: ClassVar = "{name} joined the record."
    door: ClassVar = Door.MACHINE

    agency: Annotated[Text, Say("Short name of the agency, as an id"), STAFF_CODE]
    name: Annotated[Text, Say("Name of the agency"), STAFF]
    sort: Annotated[str, SORTS, Say("Sort of agency"), STAFF_CODE]


class RoleHeld(Fact):
    """Somebody holds a role in an agency from a day on. The history stays when they leave."""

    kind: ClassVar = "access.role_held"
    title: ClassVar = "Role held"
    sentence: ClassVar = "{name} took up the role of {role}."
    door: ClassVar = Door.MACHINE

    user: Annotated[Text, Say("Sign-in name"), STAFF_CODE]
    name: Annotated[Text, Say("Name"), STAFF]
    role: Annotated[str, ROLES, Say("Role"), STAFF_CODE]
    agency: Annotated[Text, Say("Agency"), STAFF_CODE]
    since: Annotated[Day, Say("From"), STAFF_CODE]


class RoleEnded(Fact):
    """Somebody no longer holds a role."""

    kind: ClassVar = "access.role_ended"
    title: ClassVar = "Role ended"
    sentence: ClassVar = "The role of {role} ended for {user}."
    door: ClassVar = Door.MACHINE

    user: Annotated[Text, Say("Sign-in name"), STAFF_CODE]
    role: Annotated[str, ROLES, Say("Role"), STAFF_CODE]
    agency: Annotated[Text, Say("Agency"), STAFF_CODE]


class SeatAccepted(Fact):
    """A person outside agrees to hear what is not answered inside."""

    kind: ClassVar = "access.seat_accepted"
    title: ClassVar = "Outside seat accepted"
    sentence: ClassVar = "{user} accepted the outside seat of {role}."
    response: ClassVar = True

    user: Annotated[Text, Say("Sign-in name", missing="Say who accepts the seat."), STAFF_CODE]
    role: Annotated[str, ROLES, Say("Seat", missing="Choose the seat."), STAFF_CODE]


class RecordOpened(Fact):
    """Somebody read something. One entry for each page or look-up, written before it is shown."""

    kind: ClassVar = "access.record_opened"
    title: ClassVar = "Record opened"
    sentence: ClassVar = "A record was opened: {what}."
    door: ClassVar = Door.MACHINE

    what: Annotated[
        str,
        Options(
            {
                "report": "a report",
                "known_before": "whether a child was known before",
                "chronology": "a child's chronology",
                "receipt": "a receipt",
                "facts": "facts, by the command line",
            }
        ),
        Say("What was opened"),
        RECORD,
    ]
    reason: Annotated[Words | None, Say("Why"), WORDS] = None


FACTS: tuple[type[Fact], ...] = (AgencyJoined, RoleHeld, RoleEnded, SeatAccepted, RecordOpened)
