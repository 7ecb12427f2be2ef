"""A child is passed on: to whom, why, what came of it. Nothing that is owed ends by any of it, nor changes hands."""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Self

from onrecord.case.facts.care import ChildPlaced
from onrecord.case.facts.enquiry import ConferenceHeld
from onrecord.ledger.facts import Fact, Known, Options, Place, Say, Text, Words, Wrong
from onrecord.ledger.facts.held import CODE, LIVES, RECORD, STAFF, STAFF_CODE, WHO, WORDS
from onrecord.ledger.facts.wrong import Refused

WAYS = Options(
    {
        "agency": "To an agency of this partnership",
        "in": "Here, from another area",
        "out": "To another area",
    }
)
PLANS = Options(
    {
        "child_protection": "A child protection plan",
        "looked_after": "The child is looked after",
        "child_in_need": "A child in need plan",
        "leaving_care": "A pathway plan",
        "none": "No plan",
    }
)
WHICH_WAY = Say("Which way is the child passed on?", missing="Choose which way the child is passed on.")
BY_PLAN = Say(
    "By what plan is the child protected?",
    "The area that looks after a child stays responsible, wherever the child lives.",
    missing="Choose by what plan the child is protected.",
)
ON_A_PLAN = (
    "The last conference put this child on a child protection plan. Choose that, or record the later conference."
)
PLACED_NOW = (
    "The record says that the child is placed away from home. Choose the plan, or record that the child is home."
)
PLACED = frozenset({"foster", "home", "supported", "secure"})
NO_AGENCY = "Choose the agency that receives the child."
NO_AREA = "Name the other area."
NOBODY_THERE = "Another area has no seat here. Choose no agency: you write down who receives the child there."


class ChildPassedOn(Fact):
    """A child is passed on to another agency, or between areas. Until it is accepted, and after, nothing owed ends."""

    kind: ClassVar = "case.child_passed_on"
    title: ClassVar = "Child passed on"
    sentence: ClassVar = "The child was passed on[ to {receiver}][, {area}]. {because}. {why} With it: {goes_with}."
    on_file: ClassVar = True
    weighs: ClassVar = True
    roles: ClassVar = frozenset({"front_door", "practitioner", "team_manager", "head_of_service", "director"})
    lends: ClassVar = "to_agency"
    fixed: ClassVar = frozenset({"way", "to_agency", "plan"})
    from_record: ClassVar = frozenset({"receiver"})
    beside: ClassVar = frozenset({ConferenceHeld.kind, ChildPlaced.kind})

    way: Annotated[str, WAYS, WHICH_WAY, CODE]
    to_agency: Annotated[
        Text | None, Say("Which agency receives the child?", "Not for another area.", wrong=NO_AGENCY), STAFF_CODE
    ] = None
    area: Annotated[Text | None, Say("Which other area, and who there?", "The name of the authority."), WHO] = None
    because: Annotated[
        str,
        Options(
            {
                "family_moved": "The family moved",
                "placed": "The child was placed there",
                "safer": "The child is safer there",
                "grown": "The child grew out of the service",
                "service": "Another service does this work",
                "other": "Another reason",
            }
        ),
        Say("What changed for the child?", missing="Choose what changed for the child."),
        CODE,
    ]
    why: Annotated[
        Words,
        Say("Why is the child passed on?", "What do they have to know at once?", missing="Say why, in a sentence."),
        WORDS,
    ]
    plan: Annotated[str, PLANS, BY_PLAN, CODE]
    goes_with: Annotated[
        tuple[
            Annotated[
                str,
                Options(
                    {
                        "safe_contact": "how contact is safe, and who must not know",
                        "chronology": "the chronology",
                        "assessments": "the assessments",
                        "plan": "the plan",
                        "documents": "documents",
                        "spoken": "a talk between the two workers",
                    }
                ),
            ],
            ...,
        ],
        Say("What goes with the child?", missing="Tick what goes with the child."),
        CODE,
    ]
    lives_at: Annotated[
        Place | None, Say("Where does the child live now?", "It is shown only to somebody who says why."), LIVES
    ] = None
    receiver: Annotated[Text | None, Say("The agency that receives the child, by name"), STAFF] = None

    def completed(self, known: Known) -> Self:
        """With the name of the agency. Raises Refused for one that does not take part, and where nobody is named."""
        faults = []
        if self.way == "out" and self.to_agency is not None:
            faults.append(Wrong("to_agency", self.to_agency, NOBODY_THERE, "no agency here"))
        if self.way != "out" and self.to_agency not in known.agencies:
            faults.append(Wrong("to_agency", self.to_agency or "", NO_AGENCY, "an agency that takes part"))
        if self.way != "agency" and self.area is None:
            faults.append(Wrong("area", "", NO_AREA, "must be answered"))
        if faults:
            raise Refused(tuple(faults))
        return self.model_copy(update={"receiver": known.agencies.get(self.to_agency or "")})

    def clashes(self, standing: Sequence[Fact]) -> tuple[Wrong, ...]:
        """A child whom the last conference put on a plan is on it, and one who was placed last is looked after."""
        last = {fact.kind: fact for fact in standing}
        conference, placed = last.get(ConferenceHeld.kind), last.get(ChildPlaced.kind)
        if isinstance(conference, ConferenceHeld) and conference.outcome == "plan" and self.plan != "child_protection":
            return (Wrong("plan", self.plan, ON_A_PLAN, "as the last conference decided"),)
        if self.plan == "none" and isinstance(placed, ChildPlaced) and placed.sort in PLACED:
            return (Wrong("plan", self.plan, PLACED_NOW, "as the child was placed"),)
        return ()


PASSED: frozenset[str] = frozenset({ChildPassedOn.kind})


class PassingReceived(Fact):
    """Whoever receives the child says that they have it. For another area, whoever sent it writes down who said so."""

    kind: ClassVar = "case.passing_received"
    title: ClassVar = "Receipt of a child passed on"
    sentence: ClassVar = "It was received by {who}."
    response: ClassVar = True
    by_ladder: ClassVar = True
    answers: ClassVar = PASSED
    only_once: ClassVar = True
    not_after: ClassVar = frozenset({"case.passing_answered"})

    who: Annotated[
        Text,
        Say("Who received it?", "Name and post. Of another area: who there said so.", missing="Name who received it."),
        STAFF,
    ]


class PassingAnswered(Fact):
    """Whoever receives the child accepts, or refuses with a reason. A refusal goes back to whoever sent the child."""

    kind: ClassVar = "case.passing_answered"
    title: ClassVar = "Answer about a child passed on"
    sentence: ClassVar = "{outcome}: {who}. {words}"
    weighs: ClassVar = True
    response: ClassVar = True
    by_ladder: ClassVar = True
    answers: ClassVar = PASSED
    only_once: ClassVar = True
    gives_back: ClassVar = ("outcome", "refused")
    fixed: ClassVar = frozenset({"outcome", "way", "plan", "from_agency"})
    from_record: ClassVar = frozenset({"way", "plan", "from_agency"})

    outcome: Annotated[
        str,
        Options({"accepted": "The child was accepted", "refused": "The child was refused"}),
        Say("Is the child accepted?", missing="Choose whether the child is accepted."),
        CODE,
    ]
    who: Annotated[
        Text,
        Say(
            "Who says so, and who works with the child from now on?",
            "Names and posts. Of another area: who there said so.",
            missing="Name who says so.",
        ),
        STAFF,
    ]
    words: Annotated[
        Words,
        Say("Why, and what happens next?", "Of a refusal: for what reason.", missing="Say why, and what is next."),
        WORDS,
    ]
    way: Annotated[str | None, WAYS, Say(WHICH_WAY.label), RECORD] = None
    plan: Annotated[str | None, PLANS, Say(BY_PLAN.label), RECORD] = None
    from_agency: Annotated[Text | None, Say("The agency that passed the child on"), RECORD] = None

    def completed(self, known: Known) -> Self:
        """With what was passed on and by whom, so that a refusal is owed by them."""
        sent = [(fact, by) for fact, by in zip(known.answered, known.said_by, strict=True)]
        passed = next(((fact, by) for fact, by in sent if isinstance(fact, ChildPassedOn)), None)
        if passed is None:
            return self
        fact, by = passed
        return self.model_copy(update={"way": fact.way, "plan": fact.plan, "from_agency": by})

    def by_another(self) -> bool:
        """That another area accepted is not for whoever sent the child there to write down."""
        return (self.way, self.outcome) == ("out", "accepted")


class PassingSettled(Fact):
    """A child who was passed on and refused: who holds the child now. They held it all the while."""

    kind: ClassVar = "case.passing_settled"
    title: ClassVar = "Who holds a child who was refused"
    sentence: ClassVar = "{outcome}. {who} works with the child. {words}"
    weighs: ClassVar = True
    response: ClassVar = True
    by_ladder: ClassVar = True
    answers: ClassVar = frozenset({PassingAnswered.kind})
    only_once: ClassVar = True
    untrue_until: ClassVar = ("outcome", "again", ChildPassedOn.kind)

    outcome: Annotated[
        str,
        Options(
            {
                "keeps": "The child stays with the agency that has worked with the child",
                "again": "The child was passed on anew",
                "disputed": "The child stays, and the refusal is disputed",
            }
        ),
        Say("What becomes of it?", missing="Choose what becomes of it."),
        CODE,
    ]
    who: Annotated[Text, Say("Who works with the child now?", missing="Name who works with the child now."), STAFF]
    words: Annotated[Words, Say("In your words", missing="Say in a sentence how it goes on."), WORDS]
