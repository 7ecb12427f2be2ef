"""What somebody who has to report learnt, where reporting it at once would put the child at risk."""

from typing import Annotated, ClassVar

from onrecord.ledger.facts import Fact, Options, Say, Text, Words
from onrecord.ledger.facts.held import CODE, SAFETY, STAFF


class AbuseLearnt(Fact):
    """Somebody at work learnt of sexual abuse and has not reported it yet, since that would put the child at risk."""

    kind: ClassVar = "intake.abuse_learnt"
    title: ClassVar = "Learnt, and not safe to report yet"
    sentence: ClassVar = "Somebody who has to report learnt of abuse: {how}. It waits, for the child's safety: {risk}"
    on_no_file: ClassVar = True

    how: Annotated[
        str,
        Options(
            {
                "child": "the child said it",
                "doer": "whoever did it said it",
                "seen": "they saw or heard it",
                "image": "they saw or heard it in a picture or a recording",
            }
        ),
        Say("How did you learn of it?", missing="Choose how you learnt of it."),
        CODE,
    ]
    risk: Annotated[
        Words,
        Say(
            "What would happen to the child if you reported it now?",
            "Do not name the child here. If nothing would, report it now. If somebody told you to wait, say “I was "
            "told not to report this” instead.",
            missing="Say what would put the child at risk. If nothing would, report it now.",
        ),
        SAFETY,
    ]


class AbuseReported(Fact):
    """What was learnt has been reported."""

    kind: ClassVar = "intake.abuse_reported"
    title: ClassVar = "Reported after all"
    sentence: ClassVar = "What was learnt was reported to {to}[ (number {number})]."
    response: ClassVar = True
    by_ladder: ClassVar = True
    answers: ClassVar = frozenset({AbuseLearnt.kind})

    to: Annotated[
        str,
        Options({"council": "the council", "police": "the police", "both": "the council and the police"}),
        Say("To whom was it reported?", missing="Choose to whom it was reported."),
        CODE,
    ]
    number: Annotated[Text | None, Say("The number of the report, if it has one"), STAFF] = None
