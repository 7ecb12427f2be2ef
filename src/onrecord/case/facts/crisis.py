"""A crisis: what is owed the same day, and the separate question whether it is a serious incident."""

from typing import Annotated, ClassVar

from onrecord.ledger.facts import Fact, Options, Say, Text, Words, YesNo
from onrecord.ledger.facts.held import SPECIAL_CODE, TOLD, WHO, WORDS


class CrisisRecorded(Fact):
    """A child took an overdose, harmed herself, or is thinking of ending her life. `happened` is when."""

    kind: ClassVar = "case.crisis_recorded"
    title: ClassVar = "Crisis"
    sentence: ClassVar = "{what}. Seen by: {seen_by}. {words}"
    on_file: ClassVar = True
    guarded: ClassVar = frozenset({"serious_harm"})

    what: Annotated[
        str,
        Options({"overdose": "An overdose", "self_harm": "Self-harm", "suicidal": "Thoughts or plans of suicide"}),
        Say("What happened?", missing="Choose what happened."),
        SPECIAL_CODE,
    ]
    seen_by: Annotated[
        Text,
        Say(
            "Who has seen the child, and where?",
            "For example, an ambulance crew at home. “Nobody yet” is an answer.",
            missing="Say who has seen the child and where, or “nobody yet”.",
        ),
        WORDS,
    ]
    words: Annotated[Words, Say("What is known", missing="Say what is known. One sentence is enough."), WORDS]
    serious_harm: Annotated[
        YesNo,
        Say(
            "Was the child seriously harmed?",
            "Life in danger, or harm that may last. Self-harm alone is not a serious incident.",
            missing="Say whether the child was seriously harmed. “I don't know” is an answer.",
        ),
        SPECIAL_CODE,
    ]


class CrisisContactMade(Fact):
    """Somebody of a health service spoke with the child on the day of a crisis."""

    kind: ClassVar = "case.crisis_contact_made"
    title: ClassVar = "Health contact in a crisis"
    sentence: ClassVar = "A health worker was in contact: {how}. {found}"
    response: ClassVar = True

    how: Annotated[
        str,
        Options({"seen": "The child was seen", "spoken": "By phone or video", "not_reached": "Tried, and not reached"}),
        Say("How?", missing="Choose how."),
        SPECIAL_CODE,
    ]
    found: Annotated[Words, Say("What was found, and what follows?", missing="Say what was found."), WORDS]


class SafetyPlanMade(Fact):
    """What keeps a child safe from now on: agreed with the child, and known to those who carry it out."""

    kind: ClassVar = "case.safety_plan_made"
    title: ClassVar = "Safety plan"
    sentence: ClassVar = "A safety plan was made: {plan} Whom the child can call at any hour: {call}."
    response: ClassVar = True
    told_us: ClassVar = frozenset({"child_says"})

    plan: Annotated[Words, Say("Who does what, from today?", missing="Say who does what."), WORDS]
    call: Annotated[
        Text, Say("Whom can the child call at any hour?", missing="Say whom the child can call at any hour."), WHO
    ]
    child_says: Annotated[Words | None, Say("What does the child say to it?", "In the child's words."), TOLD] = None


class SeriousIncidentConsidered(Fact):
    """Whether a crisis is a serious incident of which the national panel is told. Asked apart from the care owed."""

    kind: ClassVar = "case.serious_incident_considered"
    title: ClassVar = "Serious incident considered"
    sentence: ClassVar = "Is it a serious incident? {notified}. {why}"
    weighs: ClassVar = True
    response: ClassVar = True

    notified: Annotated[
        str,
        Options({"yes": "Yes, the national panel was told", "no": "No, it does not meet the criteria"}),
        Say(
            "Was the Child Safeguarding Practice Review Panel told?",
            "Where abuse or neglect is known or suspected and the child was seriously harmed.",
            missing="Choose yes or no.",
        ),
        SPECIAL_CODE,
    ]
    why: Annotated[Words, Say("Why?", missing="Say why."), WORDS]
    reference: Annotated[Text | None, Say("Reference of the notification"), WHO] = None


class RapidReviewHeld(Fact):
    """The safeguarding partners reviewed a serious incident together."""

    kind: ClassVar = "case.rapid_review_held"
    title: ClassVar = "Rapid review"
    sentence: ClassVar = "A rapid review was held: {outcome}. {learned}"
    weighs: ClassVar = True
    response: ClassVar = True

    outcome: Annotated[
        str,
        Options({"review": "A local practice review follows", "no_review": "No local practice review follows"}),
        Say("What follows?", missing="Choose what follows."),
        SPECIAL_CODE,
    ]
    learned: Annotated[Words, Say("What was learned?", missing="Say what was learned."), WORDS]
