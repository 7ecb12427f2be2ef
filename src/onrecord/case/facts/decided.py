"""What a meeting decided: of each child, who disagreed, who does what by when, and the minutes that are owed."""

from typing import Annotated, ClassVar, Self

from pydantic import Field, ValidationInfo, field_validator

from onrecord.access.facts import SORTS
from onrecord.case.facts.enquiry import ConferenceHeld, CoreGroupMet, StrategyDiscussionHeld
from onrecord.case.facts.meeting import MeetingHeld
from onrecord.ledger.facts import Day, Fact, Known, Options, Say, Text, Words, Wrong
from onrecord.ledger.facts.held import CODE, CODE_OF_NAMED, DECIDED, DECIDED_CODE, WHO, WORDS, WORDS_OF_NAMED
from onrecord.ledger.facts.wrong import Refused

LOCAL = Say("Reference in the system where the full record is kept")
OF_A_MEETING = frozenset({MeetingHeld.kind, StrategyDiscussionHeld.kind, ConferenceHeld.kind, CoreGroupMet.kind})


class ChildDiscussed(Fact):
    """What a meeting decided about one child. Only the agencies that work with this child read it."""

    kind: ClassVar = "case.child_discussed"
    title: ClassVar = "Decided at a meeting"
    of_meeting: ClassVar = True
    sentence: ClassVar = "The meeting decided about this child: {decided}"
    weighs: ClassVar = True
    response: ClassVar = True
    answers: ClassVar = OF_A_MEETING
    of_some: ClassVar = True

    decided: Annotated[Words, Say("What was decided about this child?", missing="Say what was decided."), DECIDED]


class AttendanceChecked(Fact):
    """An agency that came says whether the record of it is right.

    Till another agency than its author's did, no chair signs, and a step with the lesser outcome ends nothing.
    """

    kind: ClassVar = "case.attendance_checked"
    title: ClassVar = "Who came, checked"
    of_meeting: ClassVar = True
    sentence: ClassVar = "An agency that came checked who is named: {right}.[ {wrong}]"
    response: ClassVar = True
    answers: ClassVar = OF_A_MEETING
    of_those_who_met: ClassVar = True

    right: Annotated[
        str,
        Options({"yes": "Yes, it is right", "no": "No, something is wrong"}),
        Say(
            "Is the record right: which agencies came, on which day, about which children, and what was decided?",
            missing="Choose one.",
        ),
        CODE,
    ]
    wrong: Annotated[
        Words | None,
        Field(validate_default=True),
        Say("If something is wrong: what?", "For example, who was not there.", missing="Say what is wrong."),
        WORDS,
    ] = None

    @field_validator("wrong")
    @classmethod
    def _said_what(cls, said: Words | None, asked: ValidationInfo) -> Words | None:
        if asked.data.get("right") == "no" and not said:
            raise ValueError("Say what is wrong")
        return said

    def by_another_agency(self) -> bool:
        """That it is right is not for the agency that wrote it down; that it is wrong is for anybody who came."""
        return self.right == "yes"


class DissentRecorded(Fact):
    """Somebody disagrees with a meeting or a decision. It stands under their name for ever."""

    kind: ClassVar = "case.dissent_recorded"
    title: ClassVar = "Dissent"
    of_meeting: ClassVar = True
    sentence: ClassVar = "{who} ({agency}, {speaks}) disagreed with: {decision} Because: {why}"
    weighs: ClassVar = True
    response: ClassVar = True
    of_some: ClassVar = True
    in_name_of: ClassVar = "who"

    who: Annotated[Text, Say("Who disagrees?", missing="Name who disagrees."), WORDS_OF_NAMED]
    agency: Annotated[str, SORTS, Say("Of which sort of agency?", missing="Choose their agency."), CODE_OF_NAMED]
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
        CODE_OF_NAMED,
    ]
    decision: Annotated[
        Words, Say("With which decision?", missing="Say with which decision they disagree."), WORDS_OF_NAMED
    ]
    why: Annotated[Words, Say("Why?", missing="Say why, in their words."), WORDS_OF_NAMED]


class DissentAnswered(Fact):
    """The written answer to somebody who disagreed, also with who is named as having come. It stays on record."""

    kind: ClassVar = "case.dissent_answered"
    title: ClassVar = "Dissent answered"
    of_meeting: ClassVar = True
    sentence: ClassVar = "The dissent was answered: {outcome}. {answer}[ By {by_day}.]"
    weighs: ClassVar = True
    response: ClassVar = True
    answers: ClassVar = frozenset({DissentRecorded.kind, AttendanceChecked.kind})
    only_once: ClassVar = True
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
    by_day: Annotated[
        Day | None, Say("If the meeting decides again: by which day?", "Within ten working days at the latest."), CODE
    ] = None

    def completed(self, known: Known) -> Self:
        """Where the meeting decides again, a day is named, and it lies ahead."""
        if self.outcome == "again" and (self.by_day is None or self.by_day <= known.day):
            says = "Give the day by which the meeting decides again. It is still to come."
            raise Refused((Wrong("by_day", str(self.by_day or ""), says, "a day to come"),))
        return self

    def by_another(self) -> bool:
        """That the decision stands is not for whoever took it or wrote it down."""
        return self.outcome == "stands"


class DissentSettled(Fact):
    """Whoever dissented says that it is settled for them. Nobody else can say it, and the dissent stays on record."""

    kind: ClassVar = "case.dissent_settled"
    title: ClassVar = "Dissent settled"
    of_meeting: ClassVar = True
    sentence: ClassVar = "Whoever dissented says that it is settled.[ {words}]"
    weighs: ClassVar = True
    response: ClassVar = True
    answers: ClassVar = frozenset({DissentRecorded.kind})
    only_once: ClassVar = True
    theirs: ClassVar = "agency"
    own_word: ClassVar = "who"

    words: Annotated[Words | None, Say("Anything to add?", "For example, what was changed."), WORDS] = None


class ActionAgreed(Fact):
    """Something that a meeting agreed somebody does by a day."""

    kind: ClassVar = "case.action_agreed"
    title: ClassVar = "Action agreed"
    of_meeting: ClassVar = True
    sentence: ClassVar = "Agreed: {what} To be done by {owner}, until {by_day}."
    weighs: ClassVar = True
    response: ClassVar = True
    answers: ClassVar = OF_A_MEETING
    of_some: ClassVar = True

    what: Annotated[Words, Say("What is to be done?", missing="Say what is to be done."), DECIDED]
    owner: Annotated[str, SORTS, Say("By which agency?", missing="Choose who does it."), DECIDED_CODE]
    by_day: Annotated[Day, Say("By which day?", missing="Give the day by which it is done."), CODE]


class ActionDone(Fact):
    """What a meeting agreed was done, and how it went."""

    kind: ClassVar = "case.action_done"
    title: ClassVar = "Action done"
    sentence: ClassVar = "It was done: {how}"
    weighs: ClassVar = True
    response: ClassVar = True
    answers: ClassVar = frozenset({ActionAgreed.kind})
    only_once: ClassVar = True
    theirs: ClassVar = "owner"

    how: Annotated[Words, Say("What was done, and how did it go?", missing="Say what was done."), WORDS]


class ActionNotDone(Fact):
    """What was agreed is not done yet. The reason and the new day are on record; it stays owed since the old one."""

    kind: ClassVar = "case.action_not_done"
    title: ClassVar = "Action not done yet"
    sentence: ClassVar = "It is not done yet: {why} New day: {new_day}. It stays owed."
    weighs: ClassVar = True
    response: ClassVar = True
    answers: ClassVar = frozenset({ActionAgreed.kind})
    not_after: ClassVar = frozenset({ActionDone.kind})
    theirs: ClassVar = "owner"

    why: Annotated[Words, Say("Why is it not done?", missing="Say why it is not done."), WORDS]
    new_day: Annotated[Day, Say("When will it be done?", missing="Give the new day."), CODE]


class DecisionsCirculated(Fact):
    """What a meeting decided went to those who were invited."""

    kind: ClassVar = "case.decisions_circulated"
    title: ClassVar = "Decisions circulated"
    of_meeting: ClassVar = True
    sentence: ClassVar = "The decisions of the meeting were sent round: {decisions}"
    weighs: ClassVar = True
    response: ClassVar = True
    answers: ClassVar = OF_A_MEETING
    only_once: ClassVar = True

    decisions: Annotated[Words, Say("What was decided?", missing="Say what was decided."), DECIDED]


class MinutesRecorded(Fact):
    """The minutes of a meeting, with dissent by name. Nobody changes them alone."""

    kind: ClassVar = "case.minutes_recorded"
    title: ClassVar = "Minutes"
    of_meeting: ClassVar = True
    sentence: ClassVar = "Minutes of the meeting: {minutes}[ Dissent: {dissent}]"
    weighs: ClassVar = True
    response: ClassVar = True
    answers: ClassVar = OF_A_MEETING
    only_once: ClassVar = True

    minutes: Annotated[Words, Say("Minutes", missing="Write or paste the minutes."), DECIDED]
    dissent: Annotated[Words | None, Say("Who disagreed, and why?"), DECIDED] = None
    reference: Annotated[Text | None, LOCAL, WHO] = None


class MinutesCirculated(Fact):
    """The minutes went to those who were invited, who may say what is wrong in them."""

    kind: ClassVar = "case.minutes_circulated"
    title: ClassVar = "Minutes sent round"
    of_meeting: ClassVar = True
    sentence: ClassVar = "The minutes were sent to: {to}."
    response: ClassVar = True
    answers: ClassVar = frozenset({MinutesRecorded.kind})
    only_once: ClassVar = True
    reaches: ClassVar = "to"

    to: Annotated[
        tuple[str, ...], SORTS, Say("To which agencies?", missing="Tick the agencies that got the minutes."), CODE
    ]


class MinutesDisputed(Fact):
    """Somebody who came says what is wrong in the minutes. It stands beside them, and in them until they are locked."""

    kind: ClassVar = "case.minutes_disputed"
    title: ClassVar = "Correction to the minutes"
    of_meeting: ClassVar = True
    sentence: ClassVar = "The minutes say: {says} It was: {was}"
    weighs: ClassVar = True
    response: ClassVar = True
    answers: ClassVar = frozenset({MinutesRecorded.kind})
    of_those_who_met: ClassVar = True

    says: Annotated[Words, Say("What do the minutes say?", missing="Say what is wrong in the minutes."), WORDS]
    was: Annotated[Words, Say("What should they say?", missing="Say how it was."), WORDS]


class MinutesLocked(Fact):
    """The minutes are closed. What is put right in them from then on takes two people."""

    kind: ClassVar = "case.minutes_locked"
    title: ClassVar = "Minutes locked"
    of_meeting: ClassVar = True
    sentence: ClassVar = "The minutes were locked, with the corrections that had been sent in: {taken_in}."
    response: ClassVar = True
    answers: ClassVar = frozenset({MinutesCirculated.kind})
    waits: ClassVar = 10
    """Those who came have as many working days to say what is wrong: see the rule of the minutes."""
    only_once: ClassVar = True
    roles: ClassVar = frozenset({"panel_chair", "team_manager", "head_of_service", "director", "designated_officer"})
    untrue_after: ClassVar = ("taken_in", "none", MinutesDisputed.kind)

    taken_in: Annotated[
        str,
        Options({"none": "There were none", "all": "All stand in them", "beside": "Some stand beside them"}),
        Say("What became of the corrections?", missing="Choose what became of the corrections."),
        CODE,
    ]
