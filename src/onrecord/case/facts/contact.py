"""How a child can be reached without danger. Asked before anybody speaks with the family."""

from typing import Annotated, Any, ClassVar

from onrecord.ledger.facts import Fact, Options, Say, Text, Words
from onrecord.ledger.facts.held import SAFETY

HOW = Options(
    {
        "phone": "By phone",
        "message": "By message",
        "in_person": "In person",
        "school": "Through school",
        "worker": "Through a worker",
        "letter": "By letter",
        "none": "No safe way is known",
    }
)


class SafeContactSet(Fact):
    """How, when and through whom a child can be reached without danger, and who must not know."""

    kind: ClassVar = "case.safe_contact_set"
    title: ClassVar = "Safe contact"
    sentence: ClassVar = "Safe contact was set: {who}. {how}. {when} ({judged})"
    response: ClassVar = True
    guarded: ClassVar = frozenset({"who", "how", "when", "must_not_know", "number_who_must_not_know"})

    who: Annotated[
        Text,
        Say(
            "Who is it safe to speak to?",
            "For example the child herself, or a teacher she named.",
            missing="Say who it is safe to speak to.",
        ),
        SAFETY,
    ]
    how: Annotated[str, HOW, Say("How is it safe to make contact?", missing="Choose how it is safe."), SAFETY]
    when: Annotated[Text | None, Say("When is it safe?", "For example, at school before three."), SAFETY] = None
    must_not_know: Annotated[
        tuple[Text, ...], Say("Who must not know?", "Name each of them in a field of their own."), SAFETY
    ] = ()
    judged: Annotated[
        str,
        Options({"child": "As the child said", "worker": "As a worker judged"}),
        Say("Who says so?", missing="Say whether the child said so or a worker judged so."),
        SAFETY,
    ]
    trusts: Annotated[Text | None, Say("Whom does the child trust?"), SAFETY] = None
    words: Annotated[Words | None, Say("In the child's own words"), SAFETY] = None

    def coded(self) -> dict[str, Any]:
        """Also how many people must not know: counted from the names, so that leaving one out is seen and weighed."""
        return super().coded() | {"number_who_must_not_know": len(self.must_not_know)}
