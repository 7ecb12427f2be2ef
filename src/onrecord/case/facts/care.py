"""Where a child lives who is looked after, and support that outlives eighteen."""

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar

from onrecord.case.facts.barred import barred, names
from onrecord.case.facts.contact import SafeContactSet
from onrecord.intake.facts import ReportReceived
from onrecord.ledger.facts import Day, Fact, Options, Person, Place, Say, Text, Words, Wrong
from onrecord.ledger.facts.held import CODE, LIVES, SAFETY, SPECIAL_CODE, WHO, WORDS

BARRED = "This names somebody who must not know where the child is. If it is somebody else, give first and last name."


class ChildPlaced(Fact):
    """A child who is looked after lives somewhere else now. Where, and with whom, is shown by a reason only."""

    kind: ClassVar = "case.child_placed"
    title: ClassVar = "Placement"
    sentence: ClassVar = "The child lives somewhere else now: {sort}. Where stands sealed ({judged}). {why}"
    on_file: ClassVar = True
    sorts: ClassVar = frozenset({"childrens_social_care"})
    guarded: ClassVar = frozenset({"must_not_know", "number_who_must_not_know"})
    beside: ClassVar = frozenset({"case.child_placed", SafeContactSet.kind, ReportReceived.kind})

    sort: Annotated[
        str,
        Options(
            {
                "foster": "with foster carers",
                "kin": "with family or friends",
                "home": "in a children's home",
                "supported": "in supported accommodation",
                "secure": "in a secure home",
                "hospital": "in hospital",
                "back": "at home again",
                "other": "elsewhere",
            }
        ),
        Say("What sort of place is it?", missing="Choose what sort of place it is."),
        SPECIAL_CODE,
    ]
    place: Annotated[
        Place,
        Say(
            "Where does the child live now, and with whom?",
            "Say with whom beside the name of the place. It is shown only to somebody who says why, and each time is "
            "noted. It stands on no paper.",
            missing="Say where the child lives, as far as you know.",
        ),
        LIVES,
    ]
    must_not_know: Annotated[
        tuple[Text, ...],
        Say("Who must not know where the child is?", "Name each of them in a field of their own."),
        SAFETY,
    ] = ()
    judged: Annotated[
        str,
        Options({"child": "the child was asked who must not know", "worker": "a worker judged who must not know"}),
        Say("Who says who must not know?", missing="Say whether the child was asked or a worker judged so."),
        SAFETY,
    ]
    why: Annotated[Words, Say("Why there?", "Name no place here.", missing="Say in a sentence why there."), WORDS]

    def coded(self) -> dict[str, Any]:
        """Also how many people must not know: counted from the names, so that leaving one out is seen and weighed."""
        return super().coded() | {"number_who_must_not_know": len(self.must_not_know)}

    def clashes(self, standing: Sequence[Fact]) -> tuple[Wrong, ...]:
        """The child does not live with somebody who must not know, as said here, before, or in a report."""
        said = [
            line for fact in standing if isinstance(fact, ChildPlaced | SafeContactSet) for line in fact.must_not_know
        ]
        told = [fact.must_not_know for fact in standing if isinstance(fact, ReportReceived) and fact.must_not_know]
        everybody = [*barred(self.must_not_know), *barred(said, told)]
        lives = self.place.name or ""
        if names(everybody, lives):
            return (Wrong("place.name", lives, BARRED, "nobody who must not know"),)
        return ()


class CareLeaverRecorded(Fact):
    """A young person leaves care and is owed support to 25."""

    kind: ClassVar = "case.care_leaver_recorded"
    title: ClassVar = "Care leaver"
    sentence: ClassVar = "{child} became a care leaver, owed support until {until}."

    child: Annotated[Person, Say("The young person", missing="Say who it is."), WHO]
    until: Annotated[Day, Say("25th birthday", missing="Give the date of the 25th birthday."), WHO]


class PathwayPlanReviewed(Fact):
    """A pathway plan was reviewed, with where the young person lives."""

    kind: ClassVar = "case.pathway_plan_reviewed"
    title: ClassVar = "Pathway plan reviewed"
    sentence: ClassVar = "The pathway plan was reviewed. Housing: {housing}. {plan}"
    weighs: ClassVar = True
    response: ClassVar = True

    housing: Annotated[
        str,
        Options(
            {
                "settled": "Settled and safe",
                "at_risk": "At risk of losing it",
                "homeless": "Homeless",
                "not_known": "Not known",
            }
        ),
        Say("Where do they live?", missing="Choose how settled their housing is."),
        SPECIAL_CODE,
    ]
    plan: Annotated[Words, Say("What was agreed?", missing="Say what was agreed."), WORDS]


class LeavingCareSupportEnded(Fact):
    """Support after care ended. The law allows few reasons."""

    kind: ClassVar = "case.leaving_care_support_ended"
    title: ClassVar = "Support after care ended"
    sentence: ClassVar = "Support after care ended: {reason}."
    weighs: ClassVar = True

    reason: Annotated[
        str,
        Options(
            {
                "reached_25": "They turned 25",
                "moved_area": "Another area took over",
                "died": "They died",
                "own_request": "They asked for it to end",
            }
        ),
        Say("Why did it end?", missing="Choose why it ended."),
        CODE,
    ]
