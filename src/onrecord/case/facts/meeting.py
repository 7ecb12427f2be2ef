"""Meetings: who was asked, who came, and what became of one that was called."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar, Self

from pydantic import ValidationInfo, field_validator

from onrecord.access.facts import SORTS
from onrecord.case.facts.trusted import TrustedAdultNamed, TrustedAdultReplaced
from onrecord.ledger.facts import Day, Fact, Known, Options, Say, Text, Whole, Words, Wrong
from onrecord.ledger.facts.held import CODE, STAFF, TOLD, WORDS
from onrecord.ledger.facts.wrong import Refused

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
SOMEBODY_NAMED = "A child of this meeting has named an adult whom they trust. Say whether that adult came."
WHY_LEFT_OUT = "Say why the adult whom the child trusts was not invited, with a reason from the list and in your words."
GROUP = Say("What is the group called?", missing="Give the group a name.")


class MeetingCalled(Fact):
    """People are asked to meet on a day. From then on it is owed to say what became of it."""

    kind: ClassVar = "case.meeting_called"
    title: ClassVar = "Meeting called"
    sentence: ClassVar = "{group} was called for {on_day}. Invited: {invited}."
    fixed: ClassVar = frozenset({"sort"})
    by_one: ClassVar = ("sort", frozenset(MEETINGS.words) - {"exploitation_panel"})
    """A panel on exploitation is about what may be exploitation, whoever is named in it, or nobody."""

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
        TOLD,
    ] = None

    def coded(self) -> dict[str, Any]:
        """Also whether the trusted adult is invited: only what the child said takes the seat away."""
        return super().coded() | {"trusted_adult": "child_said_no" if self.without_trusted_adult else "invited"}


CALL: frozenset[str] = frozenset({MeetingCalled.kind})
NO_TIME = ("capacity", "Nobody had the time")
"""Offered so that it is said, and refused."""


class MeetingPutOff(Fact):
    """A meeting was put off to another day. A later one takes two, where it may be about exploitation."""

    kind: ClassVar = "case.meeting_put_off"
    title: ClassVar = "Meeting put off"
    of_meeting: ClassVar = True
    sentence: ClassVar = "The meeting was put off to {on_day}: {reason}. {why}"
    weighs: ClassVar = True
    response: ClassVar = True
    puts_off: ClassVar = ("reason", "why")
    answers: ClassVar = CALL
    not_after: ClassVar = frozenset({"case.meeting_held", "case.meeting_called_off"})

    reason: Annotated[
        str,
        Options(
            {
                "not_quorate": "An agency that has to be there could not come",
                "child_asked": "The child or the family asked for another day",
                "safety": "It was not safe to meet on that day",
                NO_TIME[0]: NO_TIME[1],
                "other": "Another reason",
            }
        ),
        Say("Why is it put off?", missing="Choose why it is put off."),
        CODE,
    ]
    why: Annotated[Words, Say("In your words", missing="Say in a sentence why it is put off."), WORDS]
    on_day: Annotated[Day, Say("To which day?", missing="Give the new day of the meeting."), CODE]


class MeetingCalledOff(Fact):
    """A meeting that was called does not take place. It takes two, where it may be about exploitation."""

    kind: ClassVar = "case.meeting_called_off"
    title: ClassVar = "Meeting called off"
    of_meeting: ClassVar = True
    sentence: ClassVar = "The meeting was called off: {reason}. {why} Instead: {instead}"
    weighs: ClassVar = True
    response: ClassVar = True
    puts_off: ClassVar = ("reason", "why")
    answers: ClassVar = CALL
    not_after: ClassVar = frozenset({"case.meeting_held"})
    only_once: ClassVar = True

    reason: Annotated[
        str,
        Options(
            {
                "other_meeting": "Another meeting takes its place",
                "by_mistake": "It was called by mistake",
                "child_asked": "The child or the family asked that it does not take place",
                "safety": "It is not safe to meet",
                NO_TIME[0]: NO_TIME[1],
                "other": "Another reason",
            }
        ),
        Say("Why is it called off?", missing="Choose why it is called off."),
        CODE,
    ]
    why: Annotated[Words, Say("In your words", missing="Say in a sentence why it is called off."), WORDS]
    instead: Annotated[
        Words,
        Say(
            "What happens instead?",
            "Who decides now what this meeting was called for, and when.",
            missing="Say what happens instead.",
        ),
        WORDS,
    ]


class MeetingHeld(Fact):
    """People met about exploitation, formally or not, called before or not. From then on a record is owed."""

    kind: ClassVar = "case.meeting_held"
    title: ClassVar = "Meeting held"
    of_meeting: ClassVar = True
    sentence: ClassVar = (
        "{group} met. There for their agencies: {came}. Present: {present}."
        "[ The adult whom the child trusts was not invited: {left_out}.][ {left_out_words}]"
    )
    response: ClassVar = True
    stands_alone: ClassVar = True
    answers: ClassVar = CALL | {"case.meeting_held", "case.dissent_answered"}
    """A call; and what is decided again: a meeting that could not decide, or one with which somebody disagreed."""
    only_once: ClassVar = True
    not_after: ClassVar = frozenset({MeetingCalledOff.kind})
    fixed: ClassVar = frozenset({"sort"})
    from_record: ClassVar = frozenset({"quorate"})
    attended: ClassVar = "came"
    leaves_out: ClassVar = ("left_out", "left_out_words")
    beside: ClassVar = frozenset({TrustedAdultNamed.kind, TrustedAdultReplaced.kind})
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
        Say("And the adult whom the child trusts?", missing="Say whether the adult whom the child trusts came."),
        CODE,
    ]
    left_out: Annotated[
        str | None,
        Options(
            {
                "child_said_no": "The child said no",
                "unsafe": "It was not safe for the child",
                "not_reached": "They could not be reached",
                NO_TIME[0]: NO_TIME[1],
            }
        ),
        Say("If that adult was not invited: why?", "The adult has a seat in every meeting."),
        CODE,
    ] = None
    left_out_words: Annotated[Words | None, Say("In your words, and the child's"), TOLD] = None
    children: Annotated[Whole | None, Say("How many children were discussed?"), CODE] = None
    quorate: Annotated[
        str | None,
        Options({"yes": "Everybody was there without whom it decides nothing", "no": "Somebody was missing"}),
        Say("Whether it could decide", "Filled in by the record."),
        CODE,
    ] = None

    def clashes(self, standing: Sequence[Fact]) -> tuple[Wrong, ...]:
        """The record knows whether a child named somebody: whom the child trusts is not left out as never named."""
        if self.trusted_adult == "none_named" and standing:
            return (Wrong("trusted_adult", "none_named", SOMEBODY_NAMED, "as the file says"),)
        return ()

    @field_validator("apologies")
    @classmethod
    def _came_or_not(cls, said: tuple[str, ...], asked: ValidationInfo) -> tuple[str, ...]:
        """No agency both came and sent apologies."""
        if both := [sort for sort in said if sort in asked.data.get("came", ())]:
            words = ", ".join(SORTS.words[sort] for sort in both)
            raise ValueError(f"{words} is among those who came. Say it once, here or there")
        return said

    def completed(self, known: Known) -> Self:
        """The same, with whether it could decide. Raises Refused where another sort of meeting was called."""
        called = [fact.sort for fact in known.answered if isinstance(fact, MeetingCalled | MeetingHeld)]
        if any(sort != self.sort for sort in called):
            words = MEETINGS.words[called[0]]
            says = f"“{words}” was called. Another sort of meeting does not take its place: record that by itself."
            raise Refused((Wrong("sort", self.sort, says, "the sort that was called"),))
        self._check_left_out(known)
        return self.model_copy(update={"quorate": self._could()})

    def also_so(self) -> Mapping[str, str]:
        """Where somebody was missing after all, it could not decide."""
        return {"quorate": "no"} if self._could() == "no" else {}

    def _could(self) -> str | None:
        needed = self.quorum.get(self.sort)
        return None if needed is None else "yes" if needed <= frozenset(self.came) else "no"

    def _check_left_out(self, known: Known) -> None:
        """Nobody leaves out whom the child trusts without a reason. What the child said to the call is one."""
        said_no = any(isinstance(fact, MeetingCalled) and fact.without_trusted_adult for fact in known.answered)
        if self.trusted_adult == "not_invited" and not said_no and not (self.left_out and self.left_out_words):
            field = "left_out_words" if self.left_out else "left_out"
            raise Refused((Wrong(field, "", WHY_LEFT_OUT, "must be answered"),))
