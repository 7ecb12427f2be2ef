"""Requests to a manager for a resource or a decision. A refusal is an answer; the need stands and is seen higher up."""

from typing import Annotated, ClassVar

from onrecord.ledger.facts import Day, Fact, Options, Say, Text, Whole, Words
from onrecord.ledger.facts.held import CODE, STAFF, WORDS


class RequestMade(Fact):
    """Somebody asks their manager for what the work needs, or for a decision."""

    kind: ClassVar = "duties.request_made"
    title: ClassVar = "Request to a manager"
    sentence: ClassVar = "Asked for: {wanted}, for {group}, by {by_day}. {what}"

    wanted: Annotated[
        str,
        Options({"people": "more people", "money": "money", "service": "a service", "decision": "a decision"}),
        Say("What do you ask for?", missing="Choose what you ask for."),
        CODE,
    ]
    what: Annotated[Words, Say("Say what is needed, and why", missing="Say what is needed, and why."), WORDS]
    group: Annotated[
        Text, Say("For whom?", "A group or a team. Do not name a child.", missing="Say for whom it is."), STAFF
    ]
    children: Annotated[Whole | None, Say("How many children wait for it?"), CODE] = None
    by_day: Annotated[
        Day,
        Say(
            "By which day do you need an answer?",
            "It is due within five working days at the latest.",
            missing="Say by which day you need an answer.",
        ),
        CODE,
    ]


class RequestAnswered(Fact):
    """A manager answered a request. What is refused goes to the head of service, with the reason."""

    kind: ClassVar = "duties.request_answered"
    title: ClassVar = "Request answered"
    sentence: ClassVar = "The request was answered: {outcome}.[ {reason}] {words}"
    weighs: ClassVar = True
    response: ClassVar = True
    by_ladder: ClassVar = True

    outcome: Annotated[
        str,
        Options({"given": "Given", "part": "Given in part", "refused": "Refused"}),
        Say("What is the answer?", missing="Choose your answer."),
        CODE,
    ]
    reason: Annotated[
        str | None,
        Options(
            {
                "capacity": "There are not enough people, or there is not enough time or money.",
                "elsewhere": "Somebody else decides it.",
                "not_needed": "The need is met in another way.",
                "other": "There is another reason.",
            }
        ),
        Say("If not all of it, why?"),
        CODE,
    ] = None
    words: Annotated[Words, Say("What happens now?", missing="Say what happens now."), WORDS]


class RefusalViewed(Fact):
    """A head of service says what they make of a refused request: the need is theirs now to carry."""

    kind: ClassVar = "duties.refusal_viewed"
    title: ClassVar = "Head of service on a refused request"
    sentence: ClassVar = "The head of service on the refusal: {view}. {words}"
    weighs: ClassVar = True
    response: ClassVar = True
    roles: ClassVar = frozenset({"head_of_service", "director"})

    view: Annotated[
        str,
        Options(
            {
                "found": "It is given after all",
                "raised": "The need stands, and I raise it with those who hold the money",
                "agreed": "I agree with the refusal",
            }
        ),
        Say("What do you make of it?", missing="Choose what you make of it."),
        CODE,
    ]
    words: Annotated[
        Words,
        Say("What becomes of the need?", "A refusal does not end a need.", missing="Say what becomes of the need."),
        WORDS,
    ]

    def by_another(self) -> bool:
        """That the refusal is right is not for whoever refused."""
        return self.view == "agreed"


FACTS: tuple[type[Fact], ...] = (RequestMade, RequestAnswered, RefusalViewed)
