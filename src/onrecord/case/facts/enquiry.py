"""Discussions, conferences and assessments. A step whose home is another case system is one imported line here."""

from typing import Annotated, ClassVar, Self

from onrecord.access.facts import SORTS
from onrecord.case.facts.meeting import MeetingHeld
from onrecord.ledger.facts import Fact, Known, Options, Say, Text, Words, Wrong
from onrecord.ledger.facts.held import CODE, DECIDED, WHO, WORDS
from onrecord.ledger.facts.wrong import Refused

REFERENCE = Say("Reference in the system where the full record is kept")
PRESENT = Say("Which agencies took part?", missing="Tick the agencies that took part.")
ANOTHER_MEETING = (
    "The meeting that this answers was of another sort, on another day, or without some of these agencies. Name the "
    "one at which it was, or none."
)


class MetAsStep(Fact):
    """Agencies met, and it is a step that is owed. Its minutes are too, unless the meeting is on record and owes them.

    `meets_as` is what a recorded meeting may be at which it was, the usual one first.
    """

    response: ClassVar = True
    weighs: ClassVar = True
    attended: ClassVar = "present"
    meets_as: ClassVar[tuple[str, ...]]
    from_record: ClassVar = frozenset({"minuted"})
    fixed: ClassVar = frozenset({"minuted"})

    present: Annotated[tuple[str, ...], SORTS, PRESENT, CODE]
    minuted: Annotated[
        str | None,
        Options({"meeting": "With the meeting that it answers"}),
        Say("Where the minutes stand", "Filled in by the record."),
        CODE,
    ] = None

    def completed(self, known: Known) -> Self:
        """With where its minutes stand. Raises Refused where it names a meeting that was another one."""
        given = zip(known.answered, known.days, strict=True)
        met = [(fact, day) for fact, day in given if isinstance(fact, MeetingHeld)]
        same = [
            fact.sort in self.meets_as and day == known.day and set(self.present) <= set(fact.came) for fact, day in met
        ]
        if not all(same):
            raise Refused((Wrong("present", self.spoken("present"), ANOTHER_MEETING, "the meeting at which it was"),))
        return self.model_copy(update={"minuted": "meeting" if met else None})


class StrategyDiscussionHeld(MetAsStep):
    """Social care, police, health and others decided together whether to make enquiries."""

    kind: ClassVar = "case.strategy_discussion_held"
    title: ClassVar = "Strategy discussion"
    sentence: ClassVar = "A strategy discussion was held with {present}: {outcome}. {why}"
    meets_as: ClassVar = ("strategy_discussion",)

    outcome: Annotated[
        str,
        Options(
            {
                "enquiry_together": "Section 47 enquiry, police and social care together",
                "enquiry_alone": "Section 47 enquiry by social care",
                "no_enquiry": "No section 47 enquiry",
            }
        ),
        Say("What was decided?", missing="Choose what was decided."),
        CODE,
    ]
    why: Annotated[Words, Say("Why?", missing="Say why."), DECIDED]
    reference: Annotated[Text | None, REFERENCE, WHO] = None


class ConferenceHeld(MetAsStep):
    """A child protection conference."""

    kind: ClassVar = "case.conference_held"
    title: ClassVar = "Child protection conference"
    sentence: ClassVar = "A child protection conference was held with {present}: {outcome}."
    meets_as: ClassVar = ("initial_conference", "review_conference")
    is_conference: ClassVar = frozenset({"childrens_social_care", "police", "health"})

    outcome: Annotated[
        str,
        Options({"plan": "Child protection plan", "no_plan": "No child protection plan"}),
        Say("What was decided?", missing="Choose what was decided."),
        CODE,
    ]
    reference: Annotated[Text | None, REFERENCE, WHO] = None


class CoreGroupMet(MetAsStep):
    """The core group of a child protection plan met."""

    kind: ClassVar = "case.core_group_met"
    title: ClassVar = "Core group"
    sentence: ClassVar = "The core group met, with {present}."
    meets_as: ClassVar = ("core_group",)

    reference: Annotated[Text | None, REFERENCE, WHO] = None


class AssessmentCompleted(Fact):
    """A child and family assessment was completed."""

    kind: ClassVar = "case.assessment_completed"
    title: ClassVar = "Child and family assessment"
    sentence: ClassVar = "The assessment was completed: {outcome}.[ {late_because}]"
    weighs: ClassVar = True
    response: ClassVar = True

    outcome: Annotated[
        str,
        Options({"plan": "A plan", "services": "Services without a plan", "no_services": "No services"}),
        Say("What follows?", missing="Choose what follows."),
        CODE,
    ]
    late_because: Annotated[Words | None, Say("If it took more than 45 working days, why?"), WORDS] = None
    reference: Annotated[Text | None, REFERENCE, WHO] = None


class LookBackDone(Fact):
    """An earlier history was read again in the light of what is known now."""

    kind: ClassVar = "case.look_back_done"
    title: ClassVar = "Look-back"
    sentence: ClassVar = "The earlier history was read again: {outcome}. {found}"
    weighs: ClassVar = True
    response: ClassVar = True

    outcome: Annotated[
        str,
        Options({"nothing_found": "Nothing more is owed", "reopened": "Work with the child starts again"}),
        Say("What follows?", missing="Choose what follows."),
        CODE,
    ]
    found: Annotated[Words, Say("What was found?", missing="Say what you read and what you found."), WORDS]
