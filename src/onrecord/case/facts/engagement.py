"""When a young person cannot be reached, or does not want contact: never an end, always a day on which to try again."""

from typing import Annotated, ClassVar, Self

from onrecord.ledger.facts import Day, Fact, Known, Options, Say, Words, Wrong
from onrecord.ledger.facts.held import CODE, SPECIAL_CODE, WORDS
from onrecord.ledger.facts.wrong import Refused

NEXT = Say(
    "On which day is it tried again?",
    "At most 28 days from now.",
    missing="Give the day on which it is tried again.",
)


class DisengagementRecorded(Fact):
    """A young person cannot be reached, or does not want contact now. It ends nothing."""

    kind: ClassVar = "case.disengagement_recorded"
    title: ClassVar = "Contact lost"
    sentence: ClassVar = "Contact was lost: {reason}. {tried} To be tried again on {reapproach_on}."
    on_file: ClassVar = True

    reason: Annotated[
        str,
        Options(
            {
                "not_reached": "The young person cannot be reached",
                "not_wanted": "The young person does not want contact now",
                "not_safe": "Contact is not safe at the moment",
                "not_trusted": "The young person does not trust us, or has reason not to",
                "moved": "The young person moved",
                "other": "Another reason",
            }
        ),
        Say("What happened?", missing="Choose what happened."),
        SPECIAL_CODE,
    ]
    tried: Annotated[
        Words,
        Say(
            "What did we try, and what could we do otherwise?",
            "Another worker, another place, another time. What would make it worth their while?",
            missing="Say what was tried, and what could be done otherwise.",
        ),
        WORDS,
    ]
    reapproach_on: Annotated[Day, NEXT, CODE]

    def completed(self, known: Known) -> Self:
        """The day lies ahead."""
        if self.reapproach_on <= known.day:
            says = "Give a day that is still to come."
            raise Refused((Wrong("reapproach_on", self.reapproach_on.isoformat(), says, "a day to come"),))
        return self


class ContactTried(Fact):
    """Contact was tried again. Until it is resumed, there is a next day."""

    kind: ClassVar = "case.contact_tried"
    title: ClassVar = "Contact tried again"
    sentence: ClassVar = "Contact was tried again: {outcome}. {how}[ Next: {reapproach_on}.]"
    response: ClassVar = True

    outcome: Annotated[
        str,
        Options(
            {
                "resumed": "We are in contact again",
                "not_yet": "The young person answered, and does not want contact yet",
                "not_reached": "Not reached",
            }
        ),
        Say("What came of it?", missing="Choose what came of it."),
        SPECIAL_CODE,
    ]
    how: Annotated[
        Words, Say("How was it tried, and what was said?", missing="Say how it was tried and what was said."), WORDS
    ]
    reapproach_on: Annotated[
        Day | None,
        Say(
            "If not in contact again: on which day is it tried next?",
            "At most 28 days from now.",
            missing="Give the day on which it is tried next.",
        ),
        CODE,
    ] = None

    def completed(self, known: Known) -> Self:
        """Until contact is resumed a next day is named, and it lies ahead."""
        if self.outcome != "resumed" and (self.reapproach_on is None or self.reapproach_on <= known.day):
            says = "Give the day on which it is tried next. It is still to come."
            raise Refused((Wrong("reapproach_on", str(self.reapproach_on or ""), says, "a day to come"),))
        return self
