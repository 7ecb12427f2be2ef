"""That the police hold material about a child: where it lies and how it may be used, and never what it says."""

from typing import Annotated, ClassVar

from onrecord.ledger.facts import Day, Fact, Options, Say, Text, Words
from onrecord.ledger.facts.held import CODE, WHO, WORDS


class PoliceMaterialHeld(Fact):
    """The police hold material about a child. Those who work with the child see that it is there, and whom to ask."""

    kind: ClassVar = "case.police_material_held"
    title: ClassVar = "Police hold material"
    sentence: ClassVar = (
        "Police hold material: reference {reference}, handling {handling}. {conditions} Review by {review_on}."
    )
    sorts: ClassVar = frozenset({"police"})
    on_file: ClassVar = True

    reference: Annotated[
        Text,
        Say(
            "Reference",
            "Of the material in police systems. Say nothing of what is in it.",
            missing="Give the reference.",
        ),
        WHO,
    ]
    handling: Annotated[
        str,
        Options({"p": "code P: it may be shared", "c": "code C: it may be shared under conditions"}),
        Say("Handling code", missing="Choose the handling code."),
        CODE,
    ]
    conditions: Annotated[
        Words,
        Say("Conditions, and whom to ask", missing="Say the conditions, or “none”, and whom to ask."),
        WORDS,
    ]
    review_on: Annotated[
        Day,
        Say("Review by", "Within twelve months at the latest.", missing="Say by which day it is reviewed."),
        CODE,
    ]


class PoliceMaterialReviewed(Fact):
    """The police looked again whether the material is still held."""

    kind: ClassVar = "case.police_material_reviewed"
    title: ClassVar = "Police material reviewed"
    sentence: ClassVar = "The police looked again: {outcome}.[ {words}]"
    weighs: ClassVar = True
    response: ClassVar = True
    sorts: ClassVar = frozenset({"police"})

    outcome: Annotated[
        str,
        Options(
            {
                "held": "it is still held",
                "released": "it was released to those who work with the child",
                "ended": "it is not held any more",
            }
        ),
        Say("What is true now?", missing="Choose what is true now."),
        CODE,
    ]
    review_on: Annotated[Day | None, Say("If it is still held, review again by"), CODE] = None
    words: Annotated[Words | None, Say("Anything to add"), WORDS] = None

    def by_another(self) -> bool:
        """What ends looking again is not for whoever recorded that it is held: that it is not, or was released."""
        return self.outcome != "held"
