"""How a child can be reached without danger. Asked before anybody speaks with the family."""

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar

from onrecord.case.facts.barred import barred, names
from onrecord.intake.facts import ReportReceived
from onrecord.ledger.facts import Fact, Options, Say, Text, Words, Wrong
from onrecord.ledger.facts.held import SAFETY, TOLD_SAFETY

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


NAMED = "This names somebody who must not know. If it is somebody else, give the first and the last name."
NAMED_BESIDE = (
    "This names somebody who must not know. Name that person under “Who must not know?” here too, so that nobody takes "
    "these words for leave to speak with them."
)


class SafeContactSet(Fact):
    """How, when and through whom a child can be reached without danger, and who must not know."""

    kind: ClassVar = "case.safe_contact_set"
    title: ClassVar = "Safe contact"
    sentence: ClassVar = "Safe contact was set: {who}. {how}.[ {when}] ({judged})"
    response: ClassVar = True
    guarded: ClassVar = frozenset({"who", "how", "when", "must_not_know", "number_who_must_not_know"})
    beside: ClassVar = frozenset({"case.safe_contact_set", ReportReceived.kind})

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
    words: Annotated[Words | None, Say("In the child's own words"), TOLD_SAFETY] = None

    def coded(self) -> dict[str, Any]:
        """Also how many people must not know: counted from the names, so that leaving one out is seen and weighed."""
        return super().coded() | {"number_who_must_not_know": len(self.must_not_know)}

    def clashes(self, standing: Sequence[Fact]) -> tuple[Wrong, ...]:
        """Whom contact goes through is nobody who must not know, as said here, before, or in a report.

        What the child said stays as it was said, if the person is named here among those who must not know.
        """
        own = barred(self.must_not_know)
        before = [line for fact in standing if isinstance(fact, SafeContactSet) for line in fact.must_not_know]
        told = [fact.must_not_know for fact in standing if isinstance(fact, ReportReceived) and fact.must_not_know]
        everybody = [*own, *barred(before, told)]
        faults = [Wrong(name, said, NAMED, RULE) for name, said in _through(self) if names(everybody, said)]
        for name, said in (("trusts", self.trusts), ("words", self.words)):
            if said and names(everybody, said) and not names(own, said):
                faults.append(Wrong(name, said[:200], NAMED_BESIDE, RULE))
        return tuple(faults)


RULE = "nobody who must not know"


def _through(contact: SafeContactSet) -> list[tuple[str, str]]:
    """What says through whom, or when, contact is made."""
    return [(name, said) for name, said in (("who", contact.who), ("when", contact.when)) if said]
