"""What may be said when a report comes in, and when it is answered."""

from typing import Annotated, ClassVar, Self

from pydantic import StringConstraints

from onrecord.ledger.facts import (
    Door,
    Fact,
    Known,
    Options,
    Person,
    Phone,
    Place,
    Say,
    Text,
    Vehicle,
    Words,
    Wrong,
    YesNo,
)
from onrecord.ledger.facts.declare import Refused
from onrecord.ledger.facts.held import CODE, RECORD, SAFETY, SPECIAL_CODE, WHO, WORDS

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

BY_ONE = ("concern", frozenset({"harm_at_home", "other"}))
"""The worries that one person may end. Any other may be exploitation, or harm outside the home."""

SEXUAL = "sexual_exploitation"
AGE_OF_NO_CONSENT = 13
"""Under this age nobody can consent in law: Sexual Offences Act 2003 sections 5 to 8."""
BY_BIRTH = "The birth date on record says otherwise. If that date is wrong, put it right first."
ALLEGED = "The report, or your own answer above, says sexual exploitation. So it is alleged, whatever is found later."

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


BatchMark = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$", max_length=32)]
"""Which batch, as an id: no word can stand in it."""


class ReportReceived(Fact):
    """A professional's report that a child may be harmed or exploited."""

    kind: ClassVar = "intake.report_received"
    title: ClassVar = "Report"
    sentence: ClassVar = "A worry about {child} was reported ({concern}): “{words}”"
    opens_concern: ClassVar = True
    by_one: ClassVar = BY_ONE
    told_us: ClassVar = frozenset(
        {"child", "words", "must_not_know", "setting", "place", "vehicles", "phones", "reporter_contact"}
    )
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
    batch: Annotated[
        BatchMark | None,
        Say("The batch it came in", "Filled in where a file of many was taken in.", wrong="Leave the batch out."),
        CODE,
    ] = None


class ReportRouted(Fact):
    """Where a report went: to the front door, or sealed to the designated officer and one person outside.

    Said by the machine, once the report was compared with everybody who works here. Until it is said, nobody inside
    reads the report. `against` are the sign-in names of those whom it may be about: codes, and no names.
    """

    kind: ClassVar = "intake.report_routed"
    title: ClassVar = "Report routed"
    sentence: ClassVar = "The report went to {to}, {because}."
    door: ClassVar = Door.MACHINE

    to: Annotated[
        str,
        Options({"front_door": "the front door", "sealed": "the designated officer and one person outside, sealed"}),
        Say("Where it went"),
        RECORD,
    ]
    because: Annotated[
        str,
        Options(
            {
                "said_so": "as it says that somebody in it works with children, police, council or taxis",
                "staff_named": "as somebody who works here is named in it",
                "both": "as it says that somebody in it works with children, and names somebody who works here",
                "not": "as nobody who works here was found in it",
            }
        ),
        Say("Why"),
        RECORD,
    ]
    against: Annotated[tuple[Text, ...], Say("Sign-in names of those named in it"), RECORD] = ()
    details: Annotated[
        tuple[Text, ...] | None, Say("Entries of details by which alone somebody in it was found"), RECORD
    ] = None


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


class OriginalKept(Fact):
    """What a report was taken from, kept sealed as it came: an e-mail, a letter. Never shown, only handed out."""

    kind: ClassVar = "intake.original_kept"
    title: ClassVar = "Original kept"
    sentence: ClassVar = "What the report was taken from was kept sealed: {name}, {size} bytes."
    door: ClassVar = Door.MACHINE
    keeps_file: ClassVar = "sha256"

    name: Annotated[Text, Say("Name of the file", missing="Say what the file is called."), WORDS]
    media_type: Annotated[Text, Say("What sort of file it is said to be"), WHO]
    size: Annotated[Text, Say("How many bytes"), WHO]
    sha256: Annotated[Text, Say("SHA-256 of the file"), WHO]


class DecisionMade(Fact):
    """What the front door decided about a report, and why."""

    kind: ClassVar = "intake.decision_made"
    title: ClassVar = "Decision on a report"
    sentence: ClassVar = "Decided: {outcome}. {why}"
    response: ClassVar = True
    ends_concern: ClassVar = ("outcome", "no_further_action")
    by_one: ClassVar = BY_ONE
    roles: ClassVar = frozenset({"front_door", "team_manager", "designated_officer"})
    only_by_conference: ClassVar = {"under_13": "yes", "sexual_harm": "yes"}

    outcome: Annotated[
        str,
        Options(
            {
                "protect_now": "Protect now",
                "strategy_discussion": "Strategy discussion",
                "assess": "Assess",
                "send_to": "Send to another service",
                "no_further_action": "No further action (a second person agrees where it may be exploitation)",
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
    sexual_harm: Annotated[
        str | None,
        Options({"yes": "Yes", "no": "No", "unknown": "I don't know"}),
        Say(
            "Is sexual harm to the child alleged?",
            "Leave it blank where the worry is sexual exploitation: that says yes.",
        ),
        SPECIAL_CODE,
    ] = None
    under_13: Annotated[
        str | None,
        Options({"yes": "Yes", "no": "No", "not_known": "Not known"}),
        Say(
            "Is the child under 13?",
            "Leave it blank where a birth date is on record. Nobody under 13 can consent in law.",
        ),
        CODE,
    ] = None
    tell_reporter: Annotated[
        Words,
        Say(
            "What will you tell the person who reported?",
            missing="Say what the person who reported will be told.",
        ),
        WORDS,
    ]

    def completed(self, known: Known) -> Self:
        """Fill in what a birth date and the reports say. Raises Refused for what contradicts them."""
        by_birth = "" if known.age is None else "yes" if known.age < AGE_OF_NO_CONSENT else "no"
        alleged = any(getattr(fact, "concern", "") == SEXUAL for fact in (self, *known.answered))
        faults = []
        if by_birth and self.under_13 not in (None, by_birth):
            faults.append(Wrong("under_13", str(self.under_13), BY_BIRTH, "as the birth date says"))
        if alleged and self.sexual_harm not in (None, "yes"):
            faults.append(Wrong("sexual_harm", str(self.sexual_harm), ALLEGED, "as the report says"))
        if faults:
            raise Refused(tuple(faults))
        filled = {
            "under_13": by_birth or self.under_13 or "not_known",
            "sexual_harm": "yes" if alleged else self.sexual_harm or "unknown",
        }
        return self.model_copy(update=filled)


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


FACTS: tuple[type[Fact], ...] = (
    ReportReceived,
    ReportRouted,
    OriginalKept,
    ReportAcknowledged,
    DecisionMade,
    ReferrerTold,
)
