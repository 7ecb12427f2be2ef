"""Meetings: who was asked, who came, who disagreed, what was agreed, and the record that each is owed."""

from typing import Annotated, Any, ClassVar

from onrecord.access.facts import SORTS
from onrecord.ledger.facts import Day, Fact, Options, Say, Text, Whole, Words
from onrecord.ledger.facts.held import CODE, STAFF, WHO, WORDS

MEETINGS = Options(
    {
        "strategy_discussion": "Strategy discussion",
        "initial_conference": "Initial child protection conference",
        "review_conference": "Review conference",
        "core_group": "Core group",
        "exploitation_panel": "Exploitation panel",
        "informal": "Informal group",
        "other": "Another meeting",
    }
)
SORT = Say("What sort of meeting?", missing="Choose the sort of meeting.")
GROUP = Say("What is the group called?", missing="Give the group a name.")
LOCAL = Say("Reference in the system where the full record is kept")


class MeetingCalled(Fact):
    """People are asked to meet on a day. From then on it is owed to say what became of it."""

    kind: ClassVar = "case.meeting_called"
    title: ClassVar = "Meeting called"
    sentence: ClassVar = "{group} was called for {on_day}. Invited: {invited}."

    sort: Annotated[str, MEETINGS, SORT, CODE]
    group: Annotated[Text, GROUP, STAFF]
    on_day: Annotated[Day, Say("On which day?", missing="Give the day of the meeting."), CODE]
    at_time: Annotated[Text | None, Say("At what time?", "For example, 10:30"), STAFF] = None
    invited: Annotated[
        tuple[str, ...], SORTS, Say("Which agencies are invited?", missing="Tick the agencies that are invited."), CODE
    ]
    people: Annotated[tuple[Text, ...], Say("Who by name?", "Each of them in a field of their own."), STAFF] = ()
    without_trusted_adult: Annotated[
        Words | None,
        Say(
            "If the trusted adult is not invited: what did the child say?",
            "The adult whom the child trusts has a seat in every meeting, unless the child said no.",
        ),
        WORDS,
    ] = None

    def coded(self) -> dict[str, Any]:
        """Also whether the trusted adult is invited: only what the child said takes the seat away."""
        return super().coded() | {"trusted_adult": "child_said_no" if self.without_trusted_adult else "invited"}


class MeetingPutOff(Fact):
    """A meeting was put off to another day. A later one takes two, where it may be about exploitation."""

    kind: ClassVar = "case.meeting_put_off"
    title: ClassVar = "Meeting put off"
    sentence: ClassVar = "The meeting was put off to {on_day}: {reason}. {why}"
    response: ClassVar = True
    puts_off: ClassVar = ("reason", "why")

    reason: Annotated[
        str,
        Options(
            {
                "not_quorate": "An agency that has to be there could not come",
                "child_asked": "The child or the family asked for another day",
                "safety": "It was not safe to meet on that day",
                "capacity": "Nobody had the time",
                "other": "Another reason",
            }
        ),
        Say("Why is it put off?", missing="Choose why it is put off."),
        CODE,
    ]
    why: Annotated[Words, Say("In your words", missing="Say in a sentence why it is put off."), WORDS]
    on_day: Annotated[Day, Say("To which day?", missing="Give the new day of the meeting."), CODE]


class MeetingHeld(Fact):
    """People met about exploitation, formally or not, called before or not. From then on a record is owed."""

    kind: ClassVar = "case.meeting_held"
    title: ClassVar = "Meeting held"
    sentence: ClassVar = "{group} met. There for their agencies: {came}. Present: {present}."
    response: ClassVar = True
    stands_alone: ClassVar = True
    quorum: ClassVar = {
        "strategy_discussion": frozenset({"childrens_social_care", "police", "health"}),
        "initial_conference": frozenset({"childrens_social_care", "police", "health"}),
        "review_conference": frozenset({"childrens_social_care", "health"}),
        "core_group": frozenset({"childrens_social_care", "health"}),
        "exploitation_panel": frozenset({"childrens_social_care", "police", "health"}),
    }
    """The sorts of agency without which a meeting decides nothing. A sort of meeting that is not here never does."""

    sort: Annotated[str, MEETINGS, SORT, CODE]
    group: Annotated[Text, GROUP, STAFF]
    came: Annotated[tuple[str, ...], SORTS, Say("Which agencies came?", missing="Tick the agencies that came."), CODE]
    apologies: Annotated[tuple[str, ...], SORTS, Say("Which agencies sent apologies?"), CODE] = ()
    present: Annotated[tuple[Text, ...], Say("Who was there?", missing="Name who was there."), STAFF]
    trusted_adult: Annotated[
        str | None,
        Options(
            {
                "came": "Came",
                "apologies": "Sent apologies",
                "neither": "Was invited, and neither came nor sent apologies",
                "not_invited": "Was not invited",
                "none_named": "The child has named nobody yet",
            }
        ),
        Say("And the adult whom the child trusts?"),
        CODE,
    ] = None
    children: Annotated[Whole | None, Say("How many children were discussed?"), CODE] = None


class ChildDiscussed(Fact):
    """What a meeting decided about one child. Only the agencies that work with this child read it."""

    kind: ClassVar = "case.child_discussed"
    title: ClassVar = "Decided at a meeting"
    sentence: ClassVar = "The meeting decided about this child: {decided}"
    response: ClassVar = True
    of_some: ClassVar = True

    decided: Annotated[Words, Say("What was decided about this child?", missing="Say what was decided."), WORDS]


class DissentRecorded(Fact):
    """Somebody disagrees with a meeting or a decision. It stands under their name for ever."""

    kind: ClassVar = "case.dissent_recorded"
    title: ClassVar = "Dissent"
    sentence: ClassVar = "{who} ({agency}, {speaks}) disagreed with: {decision} Because: {why}"
    response: ClassVar = True
    of_some: ClassVar = True
    guarded: ClassVar = frozenset({"who", "decision", "why"})

    who: Annotated[Text, Say("Who disagrees?", missing="Name who disagrees."), STAFF]
    agency: Annotated[str, SORTS, Say("Of which sort of agency?", missing="Choose their agency."), CODE]
    speaks: Annotated[
        str,
        Options(
            {
                "agency": "for their agency",
                "trusted_adult": "as the adult whom the child trusts",
                "child": "with what the child said",
            }
        ),
        Say("How do they speak?", missing="Choose how they speak."),
        CODE,
    ]
    decision: Annotated[Words, Say("With which decision?", missing="Say with which decision they disagree."), WORDS]
    why: Annotated[Words, Say("Why?", missing="Say why, in their words."), WORDS]


class DissentAnswered(Fact):
    """The written answer to somebody who disagreed. Their dissent stays on record beside it."""

    kind: ClassVar = "case.dissent_answered"
    title: ClassVar = "Dissent answered"
    sentence: ClassVar = "The dissent was answered: {outcome}. {answer}"
    response: ClassVar = True
    roles: ClassVar = frozenset({"panel_chair", "team_manager", "head_of_service", "director", "designated_officer"})

    outcome: Annotated[
        str,
        Options(
            {
                "stands": "The decision stands",
                "changed": "The decision is changed",
                "again": "The meeting decides again",
                "higher": "It goes to the heads of both agencies",
            }
        ),
        Say("What follows?", missing="Choose what follows."),
        CODE,
    ]
    answer: Annotated[Words, Say("Your answer, with reasons", missing="Answer the reasons that were given."), WORDS]


class ActionAgreed(Fact):
    """Something that a meeting agreed somebody does by a day."""

    kind: ClassVar = "case.action_agreed"
    title: ClassVar = "Action agreed"
    sentence: ClassVar = "Agreed: {what} To be done by {owner}, until {by_day}."
    response: ClassVar = True
    of_some: ClassVar = True

    what: Annotated[Words, Say("What is to be done?", missing="Say what is to be done."), WORDS]
    owner: Annotated[str, SORTS, Say("By which agency?", missing="Choose who does it."), CODE]
    by_day: Annotated[Day, Say("By which day?", missing="Give the day by which it is done."), CODE]


class ActionDone(Fact):
    """What a meeting agreed was done, and how it went."""

    kind: ClassVar = "case.action_done"
    title: ClassVar = "Action done"
    sentence: ClassVar = "It was done: {how}"
    response: ClassVar = True

    how: Annotated[Words, Say("What was done, and how did it go?", missing="Say what was done."), WORDS]


class ActionNotDone(Fact):
    """What was agreed is not done yet. The reason and the new day are on record; it stays owed since the old one."""

    kind: ClassVar = "case.action_not_done"
    title: ClassVar = "Action not done yet"
    sentence: ClassVar = "It is not done yet: {why} New day: {new_day}. It stays owed."
    response: ClassVar = True

    why: Annotated[Words, Say("Why is it not done?", missing="Say why it is not done."), WORDS]
    new_day: Annotated[Day, Say("When will it be done?", missing="Give the new day."), CODE]


class DecisionsCirculated(Fact):
    """What a meeting decided went to those who were invited."""

    kind: ClassVar = "case.decisions_circulated"
    title: ClassVar = "Decisions circulated"
    sentence: ClassVar = "The decisions of the meeting were sent round: {decisions}"
    response: ClassVar = True

    decisions: Annotated[Words, Say("What was decided?", missing="Say what was decided."), WORDS]


class MinutesRecorded(Fact):
    """The minutes of a meeting, with dissent by name. Nobody changes them alone."""

    kind: ClassVar = "case.minutes_recorded"
    title: ClassVar = "Minutes"
    sentence: ClassVar = "Minutes of the meeting: {minutes}[ Dissent: {dissent}]"
    response: ClassVar = True
    only_once: ClassVar = True
    guarded: ClassVar = frozenset({"minutes", "dissent"})

    minutes: Annotated[Words, Say("Minutes", missing="Write or paste the minutes."), WORDS]
    dissent: Annotated[Words | None, Say("Who disagreed, and why?"), WORDS] = None
    reference: Annotated[Text | None, LOCAL, WHO] = None


class MinutesCirculated(Fact):
    """The minutes went to those who were invited, who may say what is wrong in them."""

    kind: ClassVar = "case.minutes_circulated"
    title: ClassVar = "Minutes sent round"
    sentence: ClassVar = "The minutes were sent to: {to}."
    response: ClassVar = True

    to: Annotated[
        tuple[str, ...], SORTS, Say("To which agencies?", missing="Tick the agencies that got the minutes."), CODE
    ]


class MinutesDisputed(Fact):
    """Somebody who came says what is wrong in the minutes. It stands beside them, and in them until they are locked."""

    kind: ClassVar = "case.minutes_disputed"
    title: ClassVar = "Correction to the minutes"
    sentence: ClassVar = "The minutes say: {says} It was: {was}"
    response: ClassVar = True

    says: Annotated[Words, Say("What do the minutes say?", missing="Say what is wrong in the minutes."), WORDS]
    was: Annotated[Words, Say("What should they say?", missing="Say how it was."), WORDS]


class MinutesLocked(Fact):
    """The minutes are closed. What is put right in them from then on takes two people."""

    kind: ClassVar = "case.minutes_locked"
    title: ClassVar = "Minutes locked"
    sentence: ClassVar = "The minutes were locked, with the corrections that had been sent in: {taken_in}."
    response: ClassVar = True
    only_once: ClassVar = True
    roles: ClassVar = frozenset({"panel_chair", "team_manager", "head_of_service", "director", "designated_officer"})

    taken_in: Annotated[
        str,
        Options({"none": "There were none", "all": "All stand in them", "beside": "Some stand beside them"}),
        Say("What became of the corrections?", missing="Choose what became of the corrections."),
        CODE,
    ]
