"""Discussions, conferences and assessments. A step whose home is another case system is one imported line here."""

from typing import Annotated, ClassVar

from onrecord.access.facts import SORTS
from onrecord.ledger.facts import Fact, Options, Say, Text, Words
from onrecord.ledger.facts.held import CODE, WHO, WORDS

REFERENCE = Say("Reference in the system where the full record is kept")
PRESENT = Say("Which agencies took part?", missing="Tick the agencies that took part.")


class StrategyDiscussionHeld(Fact):
    """Social care, police, health and others decided together whether to make enquiries."""

    kind: ClassVar = "case.strategy_discussion_held"
    title: ClassVar = "Strategy discussion"
    sentence: ClassVar = "A strategy discussion was held with {present}: {outcome}."
    response: ClassVar = True

    present: Annotated[tuple[str, ...], SORTS, PRESENT, CODE]
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
    why: Annotated[Words, Say("Why?", missing="Say why."), WORDS]
    reference: Annotated[Text | None, REFERENCE, WHO] = None


class ConferenceHeld(Fact):
    """A child protection conference."""

    kind: ClassVar = "case.conference_held"
    title: ClassVar = "Child protection conference"
    sentence: ClassVar = "A child protection conference was held with {present}: {outcome}."
    response: ClassVar = True
    is_conference: ClassVar = frozenset({"childrens_social_care", "police", "health"})

    present: Annotated[tuple[str, ...], SORTS, PRESENT, CODE]
    outcome: Annotated[
        str,
        Options({"plan": "Child protection plan", "no_plan": "No child protection plan"}),
        Say("What was decided?", missing="Choose what was decided."),
        CODE,
    ]
    reference: Annotated[Text | None, REFERENCE, WHO] = None


class CoreGroupMet(Fact):
    """The core group of a child protection plan met."""

    kind: ClassVar = "case.core_group_met"
    title: ClassVar = "Core group"
    sentence: ClassVar = "The core group met."
    response: ClassVar = True

    reference: Annotated[Text | None, REFERENCE, WHO] = None


class AssessmentCompleted(Fact):
    """A child and family assessment was completed."""

    kind: ClassVar = "case.assessment_completed"
    title: ClassVar = "Child and family assessment"
    sentence: ClassVar = "The assessment was completed: {outcome}.[ {late_because}]"
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
    response: ClassVar = True

    outcome: Annotated[
        str,
        Options({"nothing_found": "Nothing more is owed", "reopened": "Work with the child starts again"}),
        Say("What follows?", missing="Choose what follows."),
        CODE,
    ]
    found: Annotated[Words, Say("What was found?", missing="Say what you read and what you found."), WORDS]
