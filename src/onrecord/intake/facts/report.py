"""A report: by a professional, or by a child, a parent or anybody else who writes without signing in."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field, ValidationInfo, field_validator

from onrecord.intake.facts.lists import (
    BY_ONE,
    CONCERNS,
    PROFESSIONAL,
    REACH,
    SAID_BY,
    SETTINGS,
    SEXUAL,
    UNSAID,
    BatchMark,
)
from onrecord.ledger.facts import Fact, Person, Phone, Place, Say, Text, Vehicle, Words, YesNo
from onrecord.ledger.facts.held import CODE, SAFETY, SPECIAL_CODE, WHO, WORDS


def by_reason_only(coded: Mapping[str, Any]) -> bool:
    """Whether a report's child is compared with others only by reason: they wrote themselves, and signed nowhere."""
    return coded.get("said_by") == "child"


class ReportReceived(Fact):
    """A report that a child may be harmed or exploited, whoever says it.

    A professional says at least what they saw. Whoever writes without signing in may leave every answer open: what
    nobody said is then a code, such as “not sure yet”, or is not there.
    """

    kind: ClassVar = "intake.report_received"
    title: ClassVar = "Report"
    sentence: ClassVar = "A worry about {child} was reported ({concern})[: “{words}”]"
    opens_concern: ClassVar = True
    by_one: ClassVar = BY_ONE
    told_us: ClassVar = frozenset(
        {"child", "words", "who", "must_not_know", "setting", "place", "vehicles", "phones", "reporter_contact"}
        | {"reach", "reach_how", "child_reach"}
    )
    guarded: ClassVar = frozenset(
        {"concern", "danger_now", "must_not_know", "positions", "reach", "reach_how", "child_reach"}
    )
    warns: ClassVar = frozenset({"yes", SEXUAL})

    said_by: Annotated[
        str, SAID_BY, Say("Who reports this?", "Filled in by the page.", wrong="Leave it out."), CODE
    ] = PROFESSIONAL

    child: Annotated[
        Person,
        Say(
            "The child",
            "As much as you know. A description is enough.",
            missing="Say something about the child: a name, an age, a description.",
            wrong="Check what you wrote about the child.",
        ),
        WHO,
    ]
    words: Annotated[
        Words | None,
        Field(validate_default=True),
        Say(
            "What have you seen or been told?",
            "In their words where you can. You do not need proof.",
            missing="Say what you saw or were told. One sentence is enough.",
        ),
        WORDS,
    ] = None
    concern: Annotated[
        str,
        CONCERNS,
        Say("What are you worried about?", missing="Choose one. “Not sure yet” is an answer."),
        SPECIAL_CODE,
    ]
    danger_now: Annotated[
        YesNo,
        Say("Is the child in danger now?", "If they are, call 999 first.", missing="Say whether there is danger now."),
        CODE,
    ]
    must_not_know: Annotated[
        Words | None,
        Say("Who must not find out about this report?", "For example a relative, a driver, a colleague."),
        SAFETY,
    ] = None
    positions: Annotated[
        YesNo,
        Say(
            "Does anyone in it work with children, the police, the council or taxis?",
            missing="Choose an answer. “I don't know” is an answer.",
        ),
        CODE,
    ]
    setting: Annotated[str | None, SETTINGS, Say("Where does it happen?"), CODE] = None
    place: Annotated[Place | None, Say("A place you can name"), WORDS] = None
    vehicles: Annotated[tuple[Vehicle, ...], Say("Cars, vans or taxis"), WORDS] = ()
    phones: Annotated[tuple[Phone, ...], Say("Phone numbers"), WORDS] = ()
    reporter_contact: Annotated[Text | None, Say("How can we reach you about this?"), WHO] = None
    batch: Annotated[
        BatchMark | None,
        Say("The batch it came in", "Filled in where a file of many was taken in.", wrong="Leave the batch out."),
        CODE,
    ] = None
    who: Annotated[Words | None, Say("Who is doing this?", "A name, a nickname, or how they look."), WORDS] = None
    reach: Annotated[str | None, REACH, Say("How can we reach you safely?"), SAFETY] = None
    reach_how: Annotated[Words | None, Say("Anything we need to know to reach you safely"), SAFETY] = None

    child_reach: Annotated[
        Words | None,
        Say(
            "How can the child be reached safely?",
            "Who is it safe to speak to, how and when? Leave it blank if you do not know.",
        ),
        SAFETY,
    ] = None
    unsaid: Annotated[
        tuple[Annotated[str, UNSAID], ...], Say("What they did not know, or would rather not say"), CODE
    ] = ()

    @field_validator("words")
    @classmethod
    def _a_professional_says_something(cls, words: str | None, info: ValidationInfo) -> str | None:
        if words is None and info.data.get("said_by") == PROFESSIONAL:
            raise ValueError("say what you saw or were told")
        return words
