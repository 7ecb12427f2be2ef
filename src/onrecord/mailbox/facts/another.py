"""Somebody else, please: who reads and answers from then on, and who does not."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar

from onrecord.intake.facts import DecisionMade, ReferrerTold, ReportAcknowledged
from onrecord.ledger.facts import Fact, Options, Say, Text, Words
from onrecord.ledger.facts.held import CODE, STAFF_CODE, WORDS
from onrecord.mailbox.facts.told import AnotherReaderAsked

TRAINED = "answers_children"
"""The training that writing to a child takes."""
WRITTEN = "mailbox.message_written"
ANSWERED = frozenset({ReportAcknowledged.kind, DecisionMade.kind, ReferrerTold.kind, WRITTEN})
"""By what somebody has answered a child."""


class ReaderChanged(Fact):
    """What came of a child's wish that somebody else reads and answers. It goes to another who is trained."""

    kind: ClassVar = "mailbox.reader_changed"
    title: ClassVar = "Somebody else reads"
    sentence: ClassVar = "{how}[ {words}]"
    response: ClassVar = True
    trained: ClassVar = TRAINED
    hands_to: ClassVar = "reader"
    fixed: ClassVar = frozenset({"how", "reader"})
    steps_aside: ClassVar = True

    how: Annotated[
        str,
        Options(
            {
                "changed": "Somebody else reads and answers from now on.",
                "chosen": "The child chose somebody, and that person reads and answers from now on.",
            }
        ),
        Say("What was done?", missing="Choose what was done."),
        CODE,
    ]
    reader: Annotated[Text, Say("Who reads and answers now?", missing="Choose who reads and answers now."), STAFF_CODE]
    words: Annotated[Words, Say("What was arranged?", missing="Say what was arranged."), WORDS]

    def done_by(self, author: str) -> frozenset[str]:
        """Its author, and whoever reads from now on; only of these whom the child chose nobody asks."""
        return frozenset({author} if self.how == "chosen" else {author, self.reader})

    @classmethod
    def barred(cls, said: Sequence[tuple[str, str, Mapping[str, Any]]]) -> frozenset[str]:
        """Whoever stepped aside changes nothing here, and nobody puts them back but the child."""
        return stepped_aside(said)


def stepped_aside(said: Sequence[tuple[str, str, Mapping[str, Any]]]) -> frozenset[str]:
    """Who writes to the child no more: whoever wrote before the child asked for somebody else, or else answered last.

    Whom the child chose since may write again. `said` is the kind, author and coded answers of each entry, in order.
    """
    aside, wrote, last = set[str](), set[str](), set[str]()
    for kind, by, coded in said:
        if kind in ANSWERED:
            last = {by}
            wrote |= last if kind == WRITTEN else set()
        elif kind == AnotherReaderAsked.kind:
            aside |= wrote or last
        elif kind == ReaderChanged.kind and coded.get("how") == "chosen":
            aside.discard(str(coded.get("reader")))
    return frozenset(aside)
