"""“I was told not to report this”: said to somebody outside, past everybody inside."""

from typing import Annotated, ClassVar

from onrecord.access.facts import OUTSIDE_ROLES
from onrecord.ledger.facts import Fact, Held, Options, Say, Text, Words
from onrecord.ledger.facts.held import AUTHOR, LIFE, TASK

OUTSIDE = "one person outside, and nobody inside"
SAID = Held("So that nobody can be told to keep silent unseen", TASK, OUTSIDE, LIFE, said_by=AUTHOR)
CODED = Held("So that nobody can be told to keep silent unseen", TASK, OUTSIDE, LIFE, coded=True)


class InstructionReported(Fact):
    """Somebody at work was told not to report or not to record something. Only a person outside reads it.

    It is compared with everybody who works here, as a report is: whoever is named in it never reads it, outside too.
    """

    kind: ClassVar = "duties.instruction_reported"
    title: ClassVar = "I was told not to report this"
    on_no_file: ClassVar = True
    sentence: ClassVar = (
        "A worker was told {what}: “{words}” It was said by: {who}.[ They wrote without signing in, beside report "
        "{with_report}. They read what came of it, and not your words.]"
    )
    told_us: ClassVar = frozenset({"words", "who", "given"})
    from_record: ClassVar = frozenset({"with_report", "against"})

    what: Annotated[
        str,
        Options(
            {
                "not_report": "not to report something",
                "not_record": "not to record something",
                "change": "to change or leave out what they had recorded",
                "not_ask": "not to ask or not to look further",
                "silent": "not to report it, or not to write it down",
            }
        ),
        Say("What were you told?", missing="Choose what you were told."),
        CODED,
    ]
    words: Annotated[
        Words,
        Say("What was said, and about what?", "As near to the words as you can.", missing="Say what you were told."),
        SAID,
    ]
    who: Annotated[
        Text, Say("In which role was whoever said it?", "A name is not needed.", missing="Say who gave it."), SAID
    ]
    given: Annotated[Text | None, Say("Which reason was given?"), SAID] = None
    with_report: Annotated[Text | None, Say("The report that it came with", "Filled in by the record."), SAID] = None
    against: Annotated[
        tuple[Text, ...] | None, Say("Sign-in names of those named in it", "Filled in by the record."), CODED
    ] = None


class InstructionAnswered(Fact):
    """The person outside looked into it, and answers whoever was told."""

    kind: ClassVar = "duties.instruction_answered"
    title: ClassVar = "What came of an instruction not to report"
    sentence: ClassVar = "The instruction was looked into: {finding}. {words}"
    response: ClassVar = True
    roles: ClassVar = OUTSIDE_ROLES

    finding: Annotated[
        str,
        Options(
            {
                "withdrawn": "It was wrong, and has been taken back",
                "taken_on": "It was wrong, and is being taken further",
                "misunderstood": "It was not meant so, and that has been said to everybody who heard it",
                "not_found": "It could not be found out",
            }
        ),
        Say("What came of it?", missing="Choose what came of it."),
        CODED,
    ]
    words: Annotated[
        Words,
        Say(
            "What do you say to the person who told you?",
            "Whoever wrote without signing in reads only what came of it.",
            missing="Say what you answer them.",
        ),
        SAID,
    ]


FACTS: tuple[type[Fact], ...] = (InstructionReported, InstructionAnswered)
