"""Support offered at the first report: unconditional, and whatever becomes of the case."""

from typing import Annotated, ClassVar

from pydantic import field_validator

from onrecord.ledger.facts import Fact, Options, Say, Words
from onrecord.ledger.facts.held import SPECIAL_CODE, WORDS

UNCONDITIONAL = (
    "Support that depends on this is not recorded as offered. Under the Victims' Code a child has a right to it, "
    "whether or not there is a statement, a prosecution or a charge. Offer it unconditionally."
)


class SupportOffered(Fact):
    """Support was offered to a child: what, on no condition, and what she answered. It outlives the end of a case."""

    kind: ClassVar = "case.support_offered"
    title: ClassVar = "Support offered"
    sentence: ClassVar = "Support was offered: {what}. The answer: {answer}. {words} It depends on: {depends_on}."
    response: ClassVar = True

    what: Annotated[
        tuple[str, ...],
        Options(
            {
                "therapeutic": "Therapeutic support",
                "advocacy": "An independent advocate, such as an ISVA or ChISVA",
                "health": "Health care, such as a sexual health clinic",
                "practical": "Practical help: a safe place, travel, school",
                "other": "Something else",
            }
        ),
        Say("What was offered?", missing="Tick what was offered."),
        SPECIAL_CODE,
    ]
    answer: Annotated[
        str,
        Options(
            {
                "accepted": "Accepted",
                "later": "Not now; to be offered again",
                "declined": "Declined; the offer stays open",
                "not_reached": "Not reached yet",
            }
        ),
        Say("What did the child answer?", missing="Choose the child's answer."),
        SPECIAL_CODE,
    ]
    depends_on: Annotated[
        str,
        Options(
            {
                "nothing": "Nothing",
                "statement": "A statement to the police",
                "prosecution": "A charge, or a prosecution",
                "engagement": "The child's engagement with a plan",
                "other": "Something else",
            }
        ),
        Say("What does the support depend on?", missing="Say what it depends on.", wrong=UNCONDITIONAL),
        SPECIAL_CODE,
    ]
    words: Annotated[Words, Say("How was it offered, and what was said?", missing="Say how it was offered."), WORDS]

    @field_validator("depends_on")
    @classmethod
    def _on_nothing(cls, said: str) -> str:
        """Anything but nothing is refused, with the reason."""
        if said != "nothing":
            raise ValueError("support depends on nothing")
        return said
