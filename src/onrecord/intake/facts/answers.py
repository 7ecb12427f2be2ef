"""How a report is answered: it was read, it was decided on, and whoever reported was told."""

from typing import Annotated, ClassVar, Self

from onrecord.intake.facts.lists import AGE_OF_NO_CONSENT, ALLEGED, BY_BIRTH, BY_ONE, CONCERNS, SEXUAL
from onrecord.ledger.facts import Fact, Known, Options, Say, Text, Words, Wrong, YesNo
from onrecord.ledger.facts.held import CODE, SPECIAL_CODE, WORDS
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.rules.machine import PUBLIC

SIGNED = "Somebody who signed in reported this. Decide on it; it cannot be set aside."


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
    weighs: ClassVar = True
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
        str,
        CONCERNS,
        Say(
            "What is the worry, as you see it?",
            "Where less is owed for it than for the worry that was reported, a second person agrees.",
            missing="Choose the worry.",
        ),
        SPECIAL_CODE,
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


class ReportSetAside(Fact):
    """A report that came in without signing in is none: spam, a trial, a mistake. It takes two, and stays readable.

    A decision on the report brings it back at any time.
    """

    kind: ClassVar = "intake.report_set_aside"
    title: ClassVar = "Set a report aside"
    sentence: ClassVar = "The report was set aside: {because}. {why}"
    weighs: ClassVar = True
    response: ClassVar = True
    roles: ClassVar = frozenset({"front_door", "team_manager", "designated_officer"})
    by_two: ClassVar = "why"

    because: Annotated[
        str,
        Options(
            {
                "advertising": "it is advertising, or was sent by a program",
                "trial": "somebody tried out the page",
                "no_child": "nothing in it is about a child or a young person",
                "again": "it is word for word the same as another report from the same place",
            }
        ),
        Say("Why is it no report?", missing="Choose why."),
        CODE,
    ]
    why: Annotated[
        Words,
        Say(
            "How do you know?",
            "In doubt it is a report. Someone of another agency reads it too, and agrees or does not.",
            missing="Say how you know, in a sentence.",
        ),
        WORDS,
    ]

    def completed(self, known: Known) -> Self:
        """The same. Raises Refused for what somebody reported who signed in: that is decided on, never set aside."""
        if any(agency != PUBLIC for agency in known.said_by):
            raise Refused((Wrong("because", self.because, SIGNED, "only what came without signing in"),))
        return self


SET_ASIDE = "set_aside"
DECISIONS = frozenset({DecisionMade.kind, ReportSetAside.kind})
"""What becomes of a report. The last that is in effect counts, so that a decision brings back what was set aside."""
UNDECIDED = "Nothing is decided on this report yet. Decide first, and then tell whoever reported."
_decided = DecisionMade.options("outcome")
OUTCOMES = {**(_decided.words if _decided else {}), SET_ASIDE: "Set aside: it is no report about a child"}
"""What can become of a report, in words."""


class ReferrerTold(Fact):
    """The person who reported was told what was decided."""

    kind: ClassVar = "intake.referrer_told"
    title: ClassVar = "Referrer told the outcome"
    sentence: ClassVar = "The person who reported was told: {told}"
    weighs: ClassVar = True
    response: ClassVar = True

    told: Annotated[Words, Say("What were they told?", missing="Say what they were told."), WORDS]
    how: Annotated[
        str,
        Options({"phone": "by phone", "message": "by message", "in_person": "in person", "letter": "by letter"}),
        Say("How?", missing="Choose how they were told."),
        CODE,
    ]

    def completed(self, known: Known) -> Self:
        """The same. Raises Refused before anything is decided: then there is nothing yet to tell."""
        if known.hanging().isdisjoint(DECISIONS):
            raise Refused((Wrong("told", self.told, UNDECIDED, "a decision on the report first"),))
        return self
