"""Disagreement with what was decided or recorded: raised, answered stage by stage, and ended by whoever raised it."""

from typing import Annotated, ClassVar

from onrecord.access.facts import SORTS
from onrecord.ledger.facts import Fact, Options, Say, Words, YesNo
from onrecord.ledger.facts.held import CODE, STAFF_CODE, WORDS

STAGES = Options(
    {
        "first": "First stage",
        "second": "Second stage",
        "third": "Third stage",
        "fourth": "Fourth stage",
        "outside": "Last stage, outside",
    }
)


class DisagreementRaised(Fact):
    """Somebody disagrees with a decision, an assessment, a lowering, a minute. It stands until they say it is settled.

    It says of which entry by naming it (`regarding`). Nobody can settle it for them.
    """

    kind: ClassVar = "duties.disagreement_raised"
    title: ClassVar = "Disagreement"
    sentence: ClassVar = "{whose} disagreed. It should be: {different} Why: {why}"
    weighs: ClassVar = True
    of_an_entry: ClassVar = True
    told_us: ClassVar = frozenset({"different", "why"})
    spoken_for: ClassVar = ("whose", frozenset({"reporter", "child", "parent", "trusted_adult"}))

    whose: Annotated[
        str,
        Options(
            {
                "worker": "A worker",
                "agency": "An agency",
                "reporter": "The person who reported",
                "child": "The child",
                "parent": "A parent or carer",
                "trusted_adult": "An adult whom the child trusts",
            }
        ),
        Say("Who disagrees?", missing="Choose who disagrees."),
        CODE,
    ]
    different: Annotated[
        Words,
        Say(
            "What should be different?",
            "In the words of whoever disagrees.",
            missing="Say what should be different.",
        ),
        WORDS,
    ]
    why: Annotated[Words, Say("Why?", missing="Say why."), WORDS]
    level: Annotated[
        str,
        Options({"front_door": "The front door", "practitioner": "Those who work with the child"}),
        Say("Who answers first?", missing="Choose who answers first."),
        STAFF_CODE,
    ]
    decided_by: Annotated[
        str,
        SORTS,
        Say("Which sort of agency decided it?", missing="Choose which sort of agency decided it."),
        STAFF_CODE,
    ]


class StageAnswered(Fact):
    """The side that decided answered a disagreement. Where they do not agree, the next stage begins by itself."""

    kind: ClassVar = "duties.stage_answered"
    title: ClassVar = "Disagreement answered"
    sentence: ClassVar = "{stage}: {outcome}. {words}"
    weighs: ClassVar = True
    response: ClassVar = True
    by_ladder: ClassVar = True

    stage: Annotated[str, STAGES, Say("Which stage?", missing="Choose the stage."), CODE]
    outcome: Annotated[
        str,
        Options(
            {
                "agreed": "We agree, and it will be as they ask",
                "changed": "We agree in part, and it is changed",
                "not_agreed": "We do not agree",
            }
        ),
        Say(
            "What is your answer?",
            "If you do not agree, it goes to the next stage. That is no fault.",
            missing="Choose your answer.",
        ),
        CODE,
    ]
    spoke: Annotated[
        YesNo,
        Say("Did both sides speak with each other?", missing="Say whether both sides spoke with each other."),
        CODE,
    ]
    words: Annotated[Words, Say("Why, and what happens now?", missing="Say why, and what happens now."), WORDS]


class DisagreementContinued(Fact):
    """Whoever disagrees still does, although it was said that there is agreement. It goes outside."""

    kind: ClassVar = "duties.disagreement_continued"
    title: ClassVar = "Still in disagreement"
    sentence: ClassVar = "The disagreement is not settled: {why}"
    weighs: ClassVar = True
    of_an_entry: ClassVar = True
    told_us: ClassVar = frozenset({"why"})

    why: Annotated[Words, Say("What is still not right?", missing="Say what is still not right."), WORDS]


class DisagreementSettled(Fact):
    """Whoever disagreed says that it is settled. Nobody else can say it."""

    kind: ClassVar = "duties.disagreement_settled"
    title: ClassVar = "Disagreement settled"
    sentence: ClassVar = "Whoever disagreed says that it is settled.[ {words}]"
    weighs: ClassVar = True
    response: ClassVar = True

    words: Annotated[Words | None, Say("Anything to add?"), WORDS] = None


FACTS: tuple[type[Fact], ...] = (DisagreementRaised, StageAnswered, DisagreementContinued, DisagreementSettled)
