"""What was put to an agency about how it works, and what it answered: reports, briefings, and accounts of decisions.

Each is put to one agency, so that each agency owes an answer of its own. Where several are told, each gets its entry.
"""

from typing import Annotated, ClassVar

from pydantic import StringConstraints

from onrecord.access.facts import SORTS
from onrecord.ledger.facts import Day, Fact, Options, Say, Text, Words
from onrecord.ledger.facts.held import CODE, STAFF, WORDS

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256, in lower-case hex."""
DOCUMENT = Say(
    "SHA-256 of the document, if you have it",
    "64 signs, as `sha256sum` prints them. Nobody can then say later that it was another document.",
    wrong="Give the 64 signs that sha256sum prints: digits, and letters from a to f.",
)
PUT_TO = "owner"
"""The coded field with the sort of agency that owes the answer. Nobody puts it right: a duty went by it."""
AS_GIVEN = frozenset({PUT_TO, "fingerprint"})
"""Nor the fingerprint: it says for ever which document it was."""


class WrittenReportHandedOver(Fact):
    """A written report on how an agency works was handed to it. From now on it is owed a written answer."""

    kind: ClassVar = "oversight.written_report_handed_over"
    title: ClassVar = "Written report handed over"
    sentence: ClassVar = "“{name}” by {author}, {sort}, was handed to {owner}. It says: “{finds}”"
    on_no_file: ClassVar = True
    fixed: ClassVar = AS_GIVEN

    name: Annotated[Text, Say("What is the report called?", missing="Give the name of the report."), STAFF]
    sort: Annotated[
        str,
        Options(
            {
                "research": "research",
                "audit": "an audit",
                "inspection": "an inspection",
                "review": "a review of practice",
                "worker": "a letter of somebody who works with children",
                "other": "another sort of report",
            }
        ),
        Say("What sort of report is it?", missing="Choose the sort of report."),
        CODE,
    ]
    author: Annotated[Text, Say("Who wrote it?", missing="Say who wrote it."), STAFF]
    owner: Annotated[
        str, SORTS, Say("Which agency is to answer it?", missing="Choose the agency that is to answer it."), CODE
    ]
    finds: Annotated[
        Words,
        Say("What does it find, in its own words?", "Name no child here.", missing="Say in a sentence what it finds."),
        WORDS,
    ]
    fingerprint: Annotated[Digest | None, DOCUMENT, STAFF] = None


class WrittenReportAnswered(Fact):
    """An agency answered a written report: what it accepts, and what it does by when."""

    kind: ClassVar = "oversight.written_report_answered"
    title: ClassVar = "Written report answered"
    sentence: ClassVar = "The written report was answered: {outcome}. {words}"
    response: ClassVar = True
    by_ladder: ClassVar = True
    answers: ClassVar = frozenset({WrittenReportHandedOver.kind})

    outcome: Annotated[
        str,
        Options({"accepted": "accepted", "part": "accepted in part", "not_accepted": "not accepted"}),
        Say("Do you accept what it finds?", missing="Choose whether you accept it."),
        CODE,
    ]
    words: Annotated[
        Words,
        Say(
            "What do you do about it, and by when?",
            "Where you do not accept something, say why.",
            missing="Say what you do about it, and by when.",
        ),
        WORDS,
    ]


class BriefingGiven(Fact):
    """An agency was told something: at a seminar, in a board paper, in training. It knows from that day on."""

    kind: ClassVar = "oversight.briefing_given"
    title: ClassVar = "Briefing given"
    sentence: ClassVar = "{owner} was told on {on_day}, {sort}: {name}. “{told}”"
    on_no_file: ClassVar = True
    fixed: ClassVar = AS_GIVEN

    name: Annotated[Text, Say("What was it called?", missing="Give it a name."), STAFF]
    sort: Annotated[
        str,
        Options(
            {
                "seminar": "at a seminar",
                "briefing": "at a briefing",
                "board_paper": "in a paper for its board",
                "training": "in training",
                "letter": "by letter",
            }
        ),
        Say("How was it told?", missing="Choose how it was told."),
        CODE,
    ]
    on_day: Annotated[Day, Say("On which day?", missing="Give the day."), CODE]
    owner: Annotated[
        str,
        SORTS,
        Say(
            "Which agency was told?",
            "Record it once for each agency that was there.",
            missing="Choose the agency that was told.",
        ),
        CODE,
    ]
    told: Annotated[
        Words,
        Say("What were they told?", "Name no child here.", missing="Say in a sentence what they were told."),
        WORDS,
    ]
    fingerprint: Annotated[Digest | None, DOCUMENT, STAFF] = None


class BriefingAcknowledged(Fact):
    """The agency says who of it was there, and what it does now that it knows."""

    kind: ClassVar = "oversight.briefing_acknowledged"
    title: ClassVar = "Briefing acknowledged"
    sentence: ClassVar = "The agency acknowledged it. There were: {came}. {words}"
    response: ClassVar = True
    by_ladder: ClassVar = True
    answers: ClassVar = frozenset({BriefingGiven.kind})

    came: Annotated[
        tuple[Text, ...],
        Say(
            "Who of your agency was there, and in which role?",
            "Each of them in a field of their own. Where nobody was there, say who received it.",
            missing="Name at least one.",
        ),
        STAFF,
    ]
    words: Annotated[
        Words, Say("What does your agency do, now that it knows?", missing="Say what your agency does now."), WORDS
    ]


class AccountAsked(Fact):
    """Somebody asks an agency to answer for a decision, whoever made it and wherever they are now."""

    kind: ClassVar = "oversight.account_asked"
    title: ClassVar = "Account of a decision asked for"
    sentence: ClassVar = "{owner} was asked to account for a decision: “{decision}”[ (number {number})]"
    on_no_file: ClassVar = True
    fixed: ClassVar = frozenset({PUT_TO})

    decision: Annotated[
        Words,
        Say("Which decision, and what came of it?", "Name no child here.", missing="Say which decision it is."),
        WORDS,
    ]
    number: Annotated[Text | None, Say("Its number in this record, if you know it"), STAFF] = None
    owner: Annotated[str, SORTS, Say("Which agency decided?", missing="Choose the agency that decided."), CODE]


class AccountGiven(Fact):
    """An agency says who decided, what they went by, and what followed for whoever decided."""

    kind: ClassVar = "oversight.account_given"
    title: ClassVar = "Account of a decision given"
    sentence: ClassVar = "It was decided by {decided_by} ({now}). What followed: {followed}. {words}"
    response: ClassVar = True
    by_ladder: ClassVar = True
    answers: ClassVar = frozenset({AccountAsked.kind})
    fixed: ClassVar = frozenset({"decided_by", "now", "followed"})

    decided_by: Annotated[
        Text,
        Say(
            "Who decided?",
            "Name and role. The record says it, also of somebody who has left.",
            missing="Say who decided.",
        ),
        STAFF,
    ]
    now: Annotated[
        str,
        Options({"here": "works here still", "elsewhere": "works in another agency", "left": "has left"}),
        Say("Where are they now?", missing="Choose where they are now."),
        CODE,
    ]
    followed: Annotated[
        str,
        Options(
            {
                "nothing_wrong": "the decision stands, and the reasons are given",
                "learning": "advice or training",
                "inquiry": "an inquiry into it, which goes on",
                "discipline": "a disciplinary step",
                "regulator": "it was referred to the body that registers them",
                "nothing": "nothing",
            }
        ),
        Say("What followed for whoever decided?", missing="Choose what followed."),
        CODE,
    ]
    words: Annotated[Words, Say("On what was it decided, and why so?", missing="Say on what it was decided."), WORDS]


FACTS: tuple[type[Fact], ...] = (
    WrittenReportHandedOver,
    WrittenReportAnswered,
    BriefingGiven,
    BriefingAcknowledged,
    AccountAsked,
    AccountGiven,
)
PUT = (WrittenReportHandedOver.kind, BriefingGiven.kind, AccountAsked.kind)
"""What is put to an agency."""
ANSWERS = frozenset({WrittenReportAnswered.kind, BriefingAcknowledged.kind, AccountGiven.kind})
"""What an agency answers."""
