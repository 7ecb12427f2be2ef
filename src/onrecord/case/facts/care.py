"""Support that outlives eighteen."""

from typing import Annotated, ClassVar

from onrecord.ledger.facts import Day, Fact, Options, Person, Say, Words
from onrecord.ledger.facts.held import CODE, SPECIAL_CODE, WHO, WORDS


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
