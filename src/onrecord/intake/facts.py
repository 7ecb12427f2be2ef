"""What may be said when a report comes in, and when it is answered."""

from typing import Annotated, ClassVar

from onrecord.ledger.facts import Fact, Options, Person, Phone, Place, Say, Text, Vehicle, Words, YesNo
from onrecord.ledger.facts.held import CODE, SAFETY, SPECIAL_CODE, WHO, WORDS

CONCERNS = Options(
    {
        "sexual_exploitation": "Sexual exploitation",
        "criminal_exploitation": "Criminal exploitation, county lines or gangs",
        "missing": "Going missing",
        "harm_at_home": "Harm or neglect at home",
        "other": "Something else",
        "not_sure": "Not sure yet",
    }
)

SETTINGS = Options(
    {
        "school": "At or near school",
        "home": "At home",
        "care_home": "A children's home",
        "public_place": "A street, park, station or shop",
        "online": "Online",
        "vehicle": "A car or taxi",
        "other": "Somewhere else",
        "unknown": "Not known",
    }
)


class ReportReceived(Fact):
    """A professional's report that a child may be harmed or exploited."""

    kind: ClassVar = "intake.report_received"
    title: ClassVar = "Report"
    sentence: ClassVar = "A worry about {child} was reported ({concern}): “{words}”"
    opens_concern: ClassVar = True
    guarded: ClassVar = frozenset({"danger_now", "must_not_know", "positions"})

    child: Annotated[
        Person,
        Say(
            "The child",
            "As much as you know. A description is enough.",
            missing="Say something about the child: a name, an age, a description.",
            wrong="Check what you wrote about the child.",
        ),
        WHO,
    ]
    words: Annotated[
        Words,
        Say(
            "What have you seen or been told?",
            "In their words where you can. You do not need proof.",
            missing="Say what you saw or were told. One sentence is enough.",
        ),
        WORDS,
    ]
    concern: Annotated[
        str,
        CONCERNS,
        Say("What are you worried about?", missing="Choose one. “Not sure yet” is an answer."),
        SPECIAL_CODE,
    ]
    danger_now: Annotated[
        YesNo,
        Say("Is the child in danger now?", "If they are, call 999 first.", missing="Say whether there is danger now."),
        CODE,
    ]
    must_not_know: Annotated[
        Words | None,
        Say("Who must not find out about this report?", "For example a relative, a driver, a colleague."),
        SAFETY,
    ] = None
    positions: Annotated[
        YesNo,
        Say(
            "Does anyone in it work with children, the police, the council or taxis?",
            missing="Choose an answer. “I don't know” is an answer.",
        ),
        CODE,
    ]
    setting: Annotated[str | None, SETTINGS, Say("Where does it happen?"), CODE] = None
    place: Annotated[Place | None, Say("A place you can name"), WORDS] = None
    vehicles: Annotated[tuple[Vehicle, ...], Say("Cars, vans or taxis"), WORDS] = ()
    phones: Annotated[tuple[Phone, ...], Say("Phone numbers"), WORDS] = ()
    reporter_contact: Annotated[Text | None, Say("How can we reach you about this?"), WHO] = None


class ReportAcknowledged(Fact):
    """The person who reported was told that it has been read."""

    kind: ClassVar = "intake.report_acknowledged"
    title: ClassVar = "Report acknowledged"
    sentence: ClassVar = "The person who reported was told it had been read, {how}."
    response: ClassVar = True

    how: Annotated[
        str,
        Options({"phone": "by phone", "message": "by message", "in_person": "in person", "letter": "by letter"}),
        Say("How did you tell them?", missing="Choose how you told them."),
        CODE,
    ]


class DecisionMade(Fact):
    """What the front door decided about a report, and why."""

    kind: ClassVar = "intake.decision_made"
    title: ClassVar = "Decision on a report"
    sentence: ClassVar = "Decided: {outcome}. {why}"
    response: ClassVar = True
    ends_concern: ClassVar = ("outcome", "no_further_action")
    roles: ClassVar = frozenset({"front_door", "team_manager"})

    outcome: Annotated[
        str,
        Options(
            {
                "protect_now": "Protect now",
                "strategy_discussion": "Strategy discussion",
                "assess": "Assess",
                "send_to": "Send to another service",
                "no_further_action": "No further action (goes to the joint list)",
            }
        ),
        Say("What happens next?", missing="Choose what happens next."),
        CODE,
    ]
    concern: Annotated[
        str, CONCERNS, Say("What is the worry, as you see it?", missing="Choose the worry."), SPECIAL_CODE
    ]
    why: Annotated[Words, Say("Why?", missing="Say why, in a sentence or two."), WORDS]
    crime_alleged: Annotated[YesNo, Say("Is a crime alleged?", missing="Say whether a crime is alleged."), CODE]
    crime_number: Annotated[Text | None, Say("Crime number, or why there is none"), WORDS] = None
    tell_reporter: Annotated[
        Words,
        Say(
            "What will you tell the person who reported?",
            missing="Say what the person who reported will be told.",
        ),
        WORDS,
    ]


class ReferrerTold(Fact):
    """The person who reported was told what was decided."""

    kind: ClassVar = "intake.referrer_told"
    title: ClassVar = "Referrer told the outcome"
    sentence: ClassVar = "The person who reported was told: {told}"
    response: ClassVar = True

    told: Annotated[Words, Say("What were they told?", missing="Say what they were told."), WORDS]
    how: Annotated[
        str,
        Options({"phone": "by phone", "message": "by message", "in_person": "in person", "letter": "by letter"}),
        Say("How?", missing="Choose how they were told."),
        CODE,
    ]


FACTS: tuple[type[Fact], ...] = (ReportReceived, ReportAcknowledged, DecisionMade, ReferrerTold)
