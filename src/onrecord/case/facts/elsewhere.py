"""What was decided about a child's case by somebody over whom nobody here has a say, and what we make of it."""

from typing import Annotated, ClassVar

from onrecord.ledger.facts import Fact, Options, Say, Words
from onrecord.ledger.facts.held import CODE, WORDS


class DecidedElsewhere(Fact):
    """It is recorded as it was made: nobody here signs it, and it lowers nothing. We answer it, and tell the child."""

    kind: ClassVar = "case.decided_elsewhere"
    title: ClassVar = "Decided elsewhere"
    sentence: ClassVar = "{by} decided: {what}. {words}"
    on_file: ClassVar = True
    weighs: ClassVar = True

    by: Annotated[
        str,
        Options(
            {
                "crime_registrar": "The force crime registrar",
                "prosecutor": "The Crown Prosecution Service",
                "court": "A court",
                "other": "Another authority",
            }
        ),
        Say("Who decided?", missing="Choose who decided."),
        CODE,
    ]
    what: Annotated[
        str,
        Options(
            {
                "no_crime": "No crime, or a crime was taken off the books",
                "lesser": "A lesser offence than was reported",
                "no_prosecution": "No prosecution, or it was stopped",
                "acquitted": "Not guilty",
                "no_order": "An order was refused, or ended",
                "charged": "Somebody was charged",
                "convicted": "Guilty",
                "order": "An order was made",
                "other": "Something else",
            }
        ),
        Say("What was decided?", missing="Choose what was decided."),
        CODE,
    ]
    words: Annotated[
        Words,
        Say(
            "What was said, and why?",
            "As it was told to you. A number or a name by which it is found there.",
            missing="Say what you were told of the decision.",
        ),
        WORDS,
    ]


class ElsewhereAnswered(Fact):
    """Whether a decision made elsewhere is challenged, and whether the child was told of it and of the right to ask.

    It is asked again until the child was told, and no review is waited for.
    """

    kind: ClassVar = "case.elsewhere_answered"
    title: ClassVar = "Answer to a decision made elsewhere"
    sentence: ClassVar = "{outcome}. {why} The child: {told}."
    weighs: ClassVar = True
    response: ClassVar = True
    by_ladder: ClassVar = True
    answers: ClassVar = frozenset({DecidedElsewhere.kind})

    outcome: Annotated[
        str,
        Options(
            {
                "challenged": "We challenge it",
                "review": "The child or the family asks for a review, and we help",
                "changed": "It was changed after a review",
                "stands": "It is not challenged, or it stands after a review",
            }
        ),
        Say("What do we make of it?", missing="Choose what you make of it."),
        CODE,
    ]
    why: Annotated[
        Words,
        Say(
            "Why, and what keeps the child safe now?",
            "No charge does not mean that nothing happened. What is owed to the child here stays owed.",
            missing="Say why, and what keeps the child safe now.",
        ),
        WORDS,
    ]
    told: Annotated[
        str,
        Options(
            {
                "told": "told of it, and of the right to ask for a review where there is one",
                "unsafe": "not told yet, because it is not safe",
                "later": "not told yet",
            }
        ),
        Say(
            "Was the child told, and that a review can be asked for where it can?",
            missing="Choose whether the child was told.",
        ),
        CODE,
    ]

    def by_another(self) -> bool:
        """What ends the matter is for somebody else to say than whoever brought it in."""
        return self.outcome in ("stands", "changed")


ELSEWHERE: tuple[type[Fact], ...] = (DecidedElsewhere, ElsewhereAnswered)
