"""Meetings, and the record they are owed."""

from typing import Annotated, ClassVar

from onrecord.ledger.facts import Fact, Options, Say, Text, Whole, Words
from onrecord.ledger.facts.held import CODE, STAFF, WHO, WORDS


class MeetingHeld(Fact):
    """People met about exploitation, formally or not. From then on a record is owed."""

    kind: ClassVar = "case.meeting_held"
    title: ClassVar = "Meeting held"
    sentence: ClassVar = "{group} met. Present: {present}."

    sort: Annotated[
        str,
        Options({"exploitation_panel": "Exploitation panel", "informal": "Informal group", "other": "Another meeting"}),
        Say("What sort of meeting?", missing="Choose the sort of meeting."),
        CODE,
    ]
    group: Annotated[Text, Say("What is the group called?", missing="Give the group a name."), STAFF]
    present: Annotated[tuple[Text, ...], Say("Who was there?", missing="Name who was there."), STAFF]
    children: Annotated[Whole | None, Say("How many children were discussed?"), CODE] = None


class DecisionsCirculated(Fact):
    """What a meeting decided went to those who were invited."""

    kind: ClassVar = "case.decisions_circulated"
    title: ClassVar = "Decisions circulated"
    sentence: ClassVar = "The decisions of the meeting were sent round: {decisions}"
    response: ClassVar = True

    decisions: Annotated[Words, Say("What was decided?", missing="Say what was decided."), WORDS]


class MinutesRecorded(Fact):
    """The minutes of a meeting, with dissent by name."""

    kind: ClassVar = "case.minutes_recorded"
    title: ClassVar = "Minutes"
    sentence: ClassVar = "Minutes of the meeting: {minutes} Dissent: {dissent}"
    response: ClassVar = True

    minutes: Annotated[Words, Say("Minutes", missing="Write or paste the minutes."), WORDS]
    dissent: Annotated[Words | None, Say("Who disagreed, and why?"), WORDS] = None
    reference: Annotated[Text | None, Say("Reference in the system where the full record is kept"), WHO] = None
