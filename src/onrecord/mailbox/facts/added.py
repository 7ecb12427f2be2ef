"""What comes of what was added in the mailbox, where no new decision on the report is made."""

from collections.abc import Sequence
from typing import Annotated, ClassVar

from onrecord.intake.facts import DecisionMade, ReportSetAside
from onrecord.intake.facts.lists import WORKED_ON
from onrecord.ledger.facts import Fact, Options, Say, Words, Wrong
from onrecord.ledger.facts.held import CODE, WORDS

UNDECIDED = "This report still waits for its decision. Decide on it: that answers what was added too."
NOT_WORKED_ON = (
    "Nobody works on this: what was decided last brought no work with the child. Decide again on the report; or say "
    "that it says nothing new, with which a second person agrees."
)


class AddedWeighed(Fact):
    """Somebody who decides on reports read what was added, and what was decided stands."""

    kind: ClassVar = "mailbox.added_weighed"
    title: ClassVar = "What was added, weighed"
    sentence: ClassVar = "Of what was added: {comes}. {why}"
    weighs: ClassVar = True
    response: ClassVar = True
    ends_concern: ClassVar = ("comes", "nothing_new")
    by_two: ClassVar = "why"
    roles: ClassVar = DecisionMade.roles
    beside: ClassVar = frozenset({DecisionMade.kind, ReportSetAside.kind})

    comes: Annotated[
        str,
        Options(
            {
                "worked_on": "It is about what is being worked on, and whoever works with the child was told",
                "nothing_new": "It says nothing new about harm (a second person agrees)",
            }
        ),
        Say(
            "What comes of it?",
            "If it says something new, decide again on the report.",
            missing="Choose what comes of it.",
        ),
        CODE,
    ]
    why: Annotated[
        Words,
        Say(
            "Why? If it is being worked on: who was told, and when?",
            missing="Say why, or who was told, in a sentence or two.",
        ),
        WORDS,
    ]

    def clashes(self, standing: Sequence[Fact]) -> tuple[Wrong, ...]:
        """Nothing is added to a decision that was not made, and nobody is told where nobody works."""
        decided = [fact for fact in standing if isinstance(fact, DecisionMade | ReportSetAside)]
        if not decided:
            return (Wrong("comes", self.comes, UNDECIDED, "a decision on the report first"),)
        if self.comes == "worked_on" and getattr(decided[-1], "outcome", "") not in WORKED_ON:
            return (Wrong("comes", self.comes, NOT_WORKED_ON, "a decision on which somebody works"),)
        return ()
