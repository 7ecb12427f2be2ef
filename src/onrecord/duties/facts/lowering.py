"""What follows once something was lowered: who is told, who reads it again, and what stands out when it is many."""

from typing import Annotated, ClassVar, Self

from onrecord.access.facts import OUTSIDE_ROLES, PEERS, SORTS
from onrecord.ledger.facts import Day, Door, Fact, Known, Options, Say, Text, Whole, Words
from onrecord.ledger.facts.held import CODE, RECORD, TOLD, WORDS

YES = Options({"yes": "yes", "no": "no"})


class LoweringTookEffect(Fact):
    """Something about a child was lowered, from the second signature on. `reread` was drawn by a key, by nobody."""

    kind: ClassVar = "duties.lowering_took_effect"
    title: ClassVar = "Lowering in effect"
    sentence: ClassVar = "What was proposed counts from now on, as two agreed.[ It can be challenged until {until}.]"
    door: ClassVar = Door.MACHINE

    decided_by: Annotated[str, SORTS, Say("Which sort of agency proposed it"), RECORD]
    of_level: Annotated[str, YES, Say("Whether it lowered how serious it is"), RECORD]
    reread: Annotated[str, YES, Say("Whether it is read again"), RECORD]
    read_by: Annotated[
        str | None,
        Options({"neighbour": "somebody in a neighbouring area", "scrutineer": "the scrutineer"}),
        Say("Who reads it again"),
        RECORD,
    ] = None
    reader_agency: Annotated[Text | None, Say("The outside body that reads it again"), RECORD] = None
    put_off: Annotated[str | None, YES, Say("Whether it only put off what is owed"), RECORD] = None
    ended: Annotated[str | None, YES, Say("Whether it ended what was reported"), RECORD] = None
    until: Annotated[Day | None, Say("The last day on which a challenge sets it aside"), RECORD] = None


class LoweringTold(Fact):
    """Whoever set the higher level was told that it is lower now, and how to disagree."""

    kind: ClassVar = "duties.lowering_told"
    title: ClassVar = "Worker told of the lowering"
    sentence: ClassVar = "{who} was told that it is lower now, and how to disagree: {said}"
    weighs: ClassVar = True
    response: ClassVar = True

    who: Annotated[Text, Say("Who was told?", "Whoever set the higher level.", missing="Name who was told."), WORDS]
    said: Annotated[
        Words,
        Say(
            "What did they say?",
            "In their own words. If they disagree, they can say so on the child's file at any time.",
            missing="Say what they said.",
        ),
        TOLD,
    ]

    def by_another(self) -> bool:
        """It is not the word of whoever proposed the lowering."""
        return True


class LoweringReread(Fact):
    """Somebody outside read what was known, without what was decided, and says what they would have done."""

    kind: ClassVar = "duties.lowering_reread"
    title: ClassVar = "Read again by somebody outside"
    sentence: ClassVar = "Read again, without knowing what was decided: {would}. {why}"
    weighs: ClassVar = True
    response: ClassVar = True
    roles: ClassVar = OUTSIDE_ROLES | PEERS
    from_record: ClassVar = frozenset({"decided_by"})

    would: Annotated[
        str,
        Options(
            {
                "less": "I would have ended it or put it lower",
                "as_it_was": "I would have left it as it was",
                "more": "I would have done more",
                "not_enough": "There is not enough here to decide",
            }
        ),
        Say("What would you have done?", "You see what was known before, not what was decided.", missing="Choose one."),
        CODE,
    ]
    why: Annotated[Words, Say("Why?", missing="Say why."), WORDS]
    decided_by: Annotated[
        str | None, SORTS, Say("Which sort of agency decided it?", "Filled in from the record."), CODE
    ] = None

    def completed(self, known: Known) -> Self:
        """With the sort of agency that decided, from the record."""
        found = (fact.decided_by for fact in known.answered if isinstance(fact, LoweringTookEffect))
        return self.model_copy(update={"decided_by": next(found, None)})


class RereadAnswered(Fact):
    """The head of the agency that decided answers somebody outside who would have decided otherwise."""

    kind: ClassVar = "duties.reread_answered"
    title: ClassVar = "Other view answered"
    sentence: ClassVar = "The other view was answered: {follows}. {words}"
    weighs: ClassVar = True
    response: ClassVar = True
    roles: ClassVar = frozenset({"head_of_service", "director"})

    follows: Annotated[
        str,
        Options(
            {
                "raised": "It is put back, or raised",
                "stands": "It stands, with reasons",
                "looked_at": "All like it are read again",
            }
        ),
        Say("What follows?", missing="Choose what follows."),
        CODE,
    ]
    words: Annotated[Words, Say("Your reasons", missing="Give your reasons."), WORDS]

    def by_another(self) -> bool:
        """That it stands is not for whoever proposed it, or decided what it lowered."""
        return self.follows == "stands"


class BulkLoweringFound(Fact):
    """One agency lowered or ended much in few days, or one person did. Counts and references, and no name."""

    kind: ClassVar = "duties.bulk_lowering_found"
    title: ClassVar = "Many lowered at once"
    sentence: ClassVar = (
        "{agency} lowered or ended {children} within {days} days[, all by {proposed_by}]. {concerns} were open. "
        "References: {references}."
    )
    door: ClassVar = Door.MACHINE

    agency: Annotated[Text, Say("Which agency"), RECORD]
    sort: Annotated[str, SORTS, Say("Which sort of agency"), RECORD]
    children: Annotated[Whole, Say("Of how many children"), RECORD]
    concerns: Annotated[Whole, Say("How many concerns were open"), RECORD]
    references: Annotated[tuple[Text, ...], Say("References of what was lowered"), RECORD]
    entries: Annotated[tuple[Text, ...], Say("The same entries by their whole ids"), RECORD] = ()
    days: Annotated[Whole, Say("Within how many days"), RECORD] = 7
    proposed_by: Annotated[
        str | None,
        Options({"one": "the proposals of one person", "alone": "one person, without a second signature"}),
        Say("Whether one person proposed or decided all of it"),
        RECORD,
    ] = None


class BulkLoweringAnswered(Fact):
    """A director says why so much was lowered at once, child by child."""

    kind: ClassVar = "duties.bulk_lowering_answered"
    title: ClassVar = "Many lowered at once: answered"
    sentence: ClassVar = "It was answered why so much was lowered at once: {why}"
    response: ClassVar = True
    roles: ClassVar = frozenset({"director"})

    why: Annotated[
        Words,
        Say(
            "What happened to each of them?",
            "By reference. Not enough staff, time or money is never a reason.",
            missing="Say of each reference what happened.",
        ),
        WORDS,
    ]


FACTS: tuple[type[Fact], ...] = (
    LoweringTookEffect,
    LoweringTold,
    LoweringReread,
    RereadAnswered,
    BulkLoweringFound,
    BulkLoweringAnswered,
)
