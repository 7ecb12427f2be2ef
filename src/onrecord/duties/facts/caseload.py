"""Who holds which child's case. How many children somebody holds is computed from it, and never typed."""

from typing import Annotated, ClassVar

from onrecord.ledger.facts import Door, Fact, Options, Say, Text, Whole, Words
from onrecord.ledger.facts.held import CODE, RECORD, STAFF_CODE, WORDS


class CaseHeld(Fact):
    """A worker holds a child's case from now on, beside anybody else who does."""

    kind: ClassVar = "duties.case_held"
    title: ClassVar = "Case held"
    sentence: ClassVar = "{worker} holds the case, as {part}."
    opens_concern: ClassVar = True
    of_an_entry: ClassVar = True

    worker: Annotated[Text, Say("Who holds it?", missing="Choose who holds it."), STAFF_CODE]
    part: Annotated[
        str,
        Options({"lead": "lead worker", "also": "one who also works with the child"}),
        Say("As what?", missing="Choose as what they hold it."),
        CODE,
    ]


class CaseHandedOver(Fact):
    """Somebody else holds the case now; or nobody, which a second person has to agree to."""

    kind: ClassVar = "duties.case_handed_over"
    title: ClassVar = "Case handed over"
    sentence: ClassVar = "The case was handed over, to {to}[: {worker}]. {why}"
    weighs: ClassVar = True
    ends_concern: ClassVar = ("to", "nobody")
    of_an_entry: ClassVar = True

    to: Annotated[
        str,
        Options({"worker": "another worker", "nobody": "nobody, as the work has ended"}),
        Say("To whom?", missing="Choose to whom."),
        CODE,
    ]
    worker: Annotated[Text | None, Say("Who holds it now?"), STAFF_CODE] = None
    why: Annotated[Words, Say("Why?", missing="Say why."), WORDS]


class CaseloadFound(Fact):
    """A worker holds more children than the threshold, wherever they are held. Found by the watch, weekly."""

    kind: ClassVar = "duties.caseload_found"
    title: ClassVar = "Caseload over the threshold"
    sentence: ClassVar = "{worker} holds {children} children. The threshold is {threshold}."
    door: ClassVar = Door.MACHINE

    worker: Annotated[Text, Say("Sign-in name of the worker"), RECORD]
    agency: Annotated[Text, Say("Agency"), RECORD]
    children: Annotated[Whole, Say("How many children"), RECORD]
    threshold: Annotated[Whole, Say("Threshold"), RECORD]
    week: Annotated[Text, Say("Week"), RECORD]


class CaseloadAnswered(Fact):
    """A head of service says what is done about a caseload. It never is a reason to lower anything."""

    kind: ClassVar = "duties.caseload_answered"
    title: ClassVar = "Caseload answered"
    sentence: ClassVar = "The caseload was answered: {how}. {words}"
    response: ClassVar = True

    how: Annotated[
        str,
        Options(
            {
                "shared": "Some of the children have another worker now",
                "helped": "Somebody helps",
                "raised": "It stays as it is, and has been raised higher up",
            }
        ),
        Say("What is done about it?", missing="Choose what is done about it."),
        CODE,
    ]
    words: Annotated[Words, Say("Say what, and by when", missing="Say what is done, and by when."), WORDS]


FACTS: tuple[type[Fact], ...] = (CaseHeld, CaseHandedOver, CaseloadFound, CaseloadAnswered)
