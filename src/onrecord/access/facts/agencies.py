"""What may be said about the agencies that take part."""

from typing import Annotated, ClassVar

from onrecord.access.facts.lists import SORTS
from onrecord.ledger.facts import Door, Fact, Say, Text
from onrecord.ledger.facts.held import STAFF, STAFF_CODE


class AgencyJoined(Fact):
    """An organisation takes part in this record."""

    kind: ClassVar = "access.agency_joined"
    title: ClassVar = "Agency joined"
    sentence: ClassVar = "{name} joined the record."
    door: ClassVar = Door.MACHINE

    agency: Annotated[Text, Say("Short name of the agency, as an id"), STAFF_CODE]
    name: Annotated[Text, Say("Name of the agency"), STAFF]
    sort: Annotated[str, SORTS, Say("Sort of agency"), STAFF_CODE]
