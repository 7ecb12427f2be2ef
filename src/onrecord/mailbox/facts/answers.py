"""What those who answer children say. Only somebody trained writes, and an offence that is clear is not asked about."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar, Self

from onrecord.intake.facts import DECISIONS, UNDECIDED, ReportReceived
from onrecord.ledger.facts import Fact, Known, Options, Say, Words, Wrong
from onrecord.ledger.facts.held import CODE, SAFETY, TOLD, WORDS
from onrecord.ledger.facts.wrong import Refused
from onrecord.mailbox.facts.another import TRAINED, WRITTEN, stepped_aside
from onrecord.mailbox.facts.told import ChildWrote, MayBeWatched, WordsGivenUp

WATCHED = (
    "Somebody may be watching what the child opens. Do not write here. First say how the child can be reached safely."
)
HANDED_OVER = (
    "An offence is clear. Ask nothing more about what happened: police and social care will, once and properly. You "
    "can ask whether the child is safe, and say what happens next."
)
NO_WORDS = "Nobody has words for this mailbox, so nobody would read it. Reach the child in the way that is safe."
NOT_A_CHILD = "Only a child who reported reads messages here. Tell anybody else in the way they can be reached."


HELD = Options(
    {
        "names": "Names of people who help",
        "places": "A place",
        "visits": "When somebody visits",
        "police": "What the police do",
    }
)
"""What a message may say that stays closed until the child chooses it: the codes are those of `SHOWN`."""


class OffenceClear(Fact):
    """An offence is clear from what a child said. Asking stops; police and social care discuss it together."""

    kind: ClassVar = "mailbox.offence_clear"
    title: ClassVar = "An offence is clear"
    sentence: ClassVar = "An offence is clear, {first}. Asking stopped; it goes to police and social care. {words}"
    of_an_entry: ClassVar = True

    first: Annotated[
        str,
        Options(
            {
                "own": "said by the child of their own accord",
                "asked": "said by the child after a question",
                "other": "said first by somebody else",
            }
        ),
        Say("Who said it first?", missing="Say who said it first."),
        CODE,
    ]
    words: Annotated[
        Words,
        Say(
            "What did the child say, in their own words?",
            "Copy the words. Put nothing right.",
            missing="Copy what the child said.",
        ),
        TOLD,
    ]


class WayFound(Fact):
    """How a child can be reached after all, where the mailbox may be watched."""

    kind: ClassVar = "mailbox.way_found"
    title: ClassVar = "Safe way to reach the child"
    sentence: ClassVar = "How to reach the child safely: {how}. {words}"
    response: ClassVar = True

    how: Annotated[
        str,
        Options(
            {
                "another_way": "another way; nobody writes in the mailbox",
                "here_again": "the mailbox again, as the child told somebody face to face",
                "not_yet": "no safe way is known yet; nobody writes in the mailbox",
            }
        ),
        Say("How can the child be reached?", missing="Choose how the child can be reached."),
        CODE,
    ]
    words: Annotated[
        Words,
        Say("Who found that out, and how?", missing="Say who found it out, and how."),
        SAFETY,
    ]


class MessageWritten(Fact):
    """A message to a child, in the mailbox. It is an answer, so it may be all that the child hears of a decision."""

    kind: ClassVar = WRITTEN
    title: ClassVar = "Message to the child"
    sentence: ClassVar = "Written to the child: “{words}”"
    response: ClassVar = True
    trained: ClassVar = TRAINED
    steps_aside: ClassVar = True
    beside: ClassVar = frozenset({MayBeWatched.kind, WayFound.kind, OffenceClear.kind, WordsGivenUp.kind})

    words: Annotated[
        Words,
        Say(
            "What do you write?",
            "Short and plain. Say names, places, visits and what the police do in a message of their own.",
            missing="Write something first.",
        ),
        WORDS,
    ]
    says: Annotated[
        str,
        Options(
            {
                "read": "That it was read, and what happens next",
                "decision": "What was decided, and why",
                "other": "Something else",
            }
        ),
        Say("What does it say?", missing="Choose what it says."),
        CODE,
    ]
    asks: Annotated[
        str,
        Options(
            {
                "nothing": "Nothing",
                "tell": "Tell me …",
                "explain": "Explain …",
                "describe": "Describe …",
                "safety": "Only whether the child is safe",
                "other": "Something else",
            }
        ),
        Say("Does it ask anything?", missing="Choose what it asks. “Nothing” is an answer."),
        CODE,
    ]

    holds: Annotated[
        tuple[Annotated[str, HELD], ...],
        Say(
            "Does it say any of these?",
            "A message that does stays closed in the mailbox until the child chooses to see such things there.",
        ),
        CODE,
    ] = ()

    def completed(self, known: Known) -> Self:
        """The same. Raises Refused where it answers no child, and where it tells of a decision that was not made."""
        if not any(_of_a_child(fact) for fact in known.answered):
            raise Refused((Wrong("words", "", NOT_A_CHILD, "a child's mailbox"),))
        if self.says == "decision" and known.hanging().isdisjoint(DECISIONS):
            raise Refused((Wrong("says", self.says, UNDECIDED, "a decision on the report first"),))
        return self

    @classmethod
    def barred(cls, said: Sequence[tuple[str, str, Mapping[str, Any]]]) -> frozenset[str]:
        """Whoever answered before the child asked for somebody else."""
        return stepped_aside(said)

    def clashes(self, standing: Sequence[Fact]) -> tuple[Wrong, ...]:
        """Nothing is written where somebody may be watching, and nothing asked once an offence is clear."""
        ways = [fact for fact in standing if isinstance(fact, MayBeWatched | WayFound)]
        last = ways[-1] if ways else None
        if last is not None and getattr(last, "how", "") != "here_again":
            return (Wrong("words", "", WATCHED, "nobody may be watching"),)
        if any(isinstance(fact, WordsGivenUp) for fact in standing):
            return (Wrong("words", "", NO_WORDS, "somebody can read it"),)
        clear = any(isinstance(fact, OffenceClear) for fact in standing)
        if clear and self.asks not in ("nothing", "safety"):
            return (Wrong("asks", self.asks, HANDED_OVER, "nothing more is asked"),)
        return ()


def _of_a_child(fact: Fact) -> bool:
    return isinstance(fact, ChildWrote) or (isinstance(fact, ReportReceived) and fact.said_by == "child")
