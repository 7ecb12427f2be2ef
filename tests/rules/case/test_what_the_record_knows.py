"""What is filled in and held against what is said: an age, whose words they are, a day to come, a condition."""

from datetime import date
from typing import Any

import pytest

from onrecord.case.facts import (
    ContactTried,
    DisengagementRecorded,
    ExploitationAssessed,
    LanguageChallenged,
    SupportOffered,
)
from onrecord.case.facts.support import UNCONDITIONAL
from onrecord.case.facts.wording import NOT_THERE, THEIR_OWN
from onrecord.intake.facts import DecisionMade, ReportReceived
from onrecord.ledger.facts import Known
from onrecord.ledger.facts.declare import Fact
from onrecord.ledger.facts.wrong import Refused
from tests.partnership import ASSESSED, DECISION, REPORT

DAY = date(2026, 10, 5)
REPORTED = ReportReceived.heard(REPORT | {"concern": "missing"})
ALLEGED = ReportReceived.heard(REPORT)
OTHER = DECISION | {"concern": "other"}
JUDGED = ExploitationAssessed.heard(ASSESSED | {"level": "moderate", "judgement": "She is a promiscuous girl."})
TRIED = {"reason": "not_reached", "tried": "Three calls.", "reapproach_on": "2026-10-20"}
OFFERED = {"what": ["advocacy"], "answer": "later", "words": "She may come."}


def faults(fact: Fact, known: Known) -> list[tuple[str, str]]:
    """What is wrong with it in the light of what the record knows."""
    with pytest.raises(Refused) as refused:
        fact.completed(known)
    return [(fault.field, fault.message) for fault in refused.value.faults]


@pytest.mark.parametrize(
    ("born", "said", "filled"),
    [
        (date(2013, 10, 6), None, "yes"),
        (date(2013, 10, 5), None, "no"),
        (date(2013, 10, 6), "yes", "yes"),
        (None, None, "not_known"),
        (None, "yes", "yes"),
        (None, "no", "no"),
    ],
    ids=["a day short of 13", "13 today", "said as it is", "nothing known", "said without a date", "said to be older"],
)
def test_whether_a_child_is_under_13_follows_from_the_birth_date(
    born: date | None, said: str | None, filled: str
) -> None:
    fact = DecisionMade.heard(OTHER | ({"under_13": said} if said else {}))
    assert fact.completed(Known(DAY, (REPORTED,), ("school",), born)).under_13 == filled


@pytest.mark.parametrize(("born", "said"), [(date(2015, 1, 1), "no"), (date(2015, 1, 1), "not_known"), (DAY, "no")])
def test_an_age_that_contradicts_the_birth_date_is_refused(born: date, said: str) -> None:
    fact = DecisionMade.heard(OTHER | {"under_13": said})
    assert [field for field, _ in faults(fact, Known(DAY, (REPORTED,), ("school",), born))] == ["under_13"]


@pytest.mark.parametrize(
    ("report", "decision", "said", "filled"),
    [
        (REPORTED, OTHER, None, "unknown"),
        (REPORTED, OTHER, "yes", "yes"),
        (REPORTED, DECISION, None, "yes"),
        (ALLEGED, OTHER, None, "yes"),
    ],
)
def test_sexual_harm_is_alleged_when_a_report_or_the_decision_says_so(
    report: Fact, decision: dict[str, Any], said: str | None, filled: str
) -> None:
    fact = DecisionMade.heard(decision | ({"sexual_harm": said} if said else {}))
    assert fact.completed(Known(DAY, (report,), ("school",))).sexual_harm == filled


def test_what_a_report_alleges_is_not_decided_away() -> None:
    fact = DecisionMade.heard(OTHER | {"sexual_harm": "no"})
    assert [field for field, _ in faults(fact, Known(DAY, (ALLEGED,), ("school",)))] == ["sexual_harm"]


def challenged(words: str) -> LanguageChallenged:
    """A challenge of words."""
    return LanguageChallenged(words=words, why="It blames the child.")


def test_the_agency_whose_words_they_are_is_filled_in() -> None:
    known = Known(DAY, (JUDGED,), ("social-care",))
    assert challenged("a  PROMISCUOUS girl").completed(known).author_agency == "social-care"


def test_nobody_names_another_agency_as_the_author() -> None:
    given = LanguageChallenged(words="promiscuous", why="It blames the child.", author_agency="police")
    assert given.completed(Known(DAY, (JUDGED,), ("social-care",))).author_agency == "social-care"


@pytest.mark.parametrize(
    ("words", "fact", "why"),
    [
        ("marmalade-coloured", ALLEGED, THEIR_OWN),
        ("He is nice to me", JUDGED, THEIR_OWN),
        ("a liar", JUDGED, NOT_THERE),
    ],
    ids=["a reporter's words", "the child's words", "words that stand nowhere"],
)
def test_the_words_of_whoever_told_us_are_never_challenged(words: str, fact: Fact, why: str) -> None:
    assert faults(challenged(words), Known(DAY, (fact,), ("social-care",))) == [("words", why)]


@pytest.mark.parametrize("day", ["2026-10-05", "2026-09-01"])
def test_the_day_on_which_contact_is_tried_again_lies_ahead(day: str) -> None:
    fact = DisengagementRecorded.heard(TRIED | {"reapproach_on": day})
    assert [field for field, _ in faults(fact, Known(DAY))] == ["reapproach_on"]
    assert DisengagementRecorded.heard(TRIED).completed(Known(DAY)) == DisengagementRecorded.heard(TRIED)


@pytest.mark.parametrize("outcome", ["not_yet", "not_reached"])
def test_until_there_is_contact_there_is_a_next_day(outcome: str) -> None:
    fact = ContactTried.heard({"outcome": outcome, "how": "A visit."})
    assert [field for field, _ in faults(fact, Known(DAY))] == ["reapproach_on"]
    resumed = ContactTried.heard({"outcome": "resumed", "how": "A visit."})
    assert resumed.completed(Known(DAY)) == resumed


@pytest.mark.parametrize("condition", ["statement", "prosecution", "engagement", "other"])
def test_support_that_depends_on_anything_is_refused_with_the_reason(condition: str) -> None:
    with pytest.raises(Refused) as refused:
        SupportOffered.heard(OFFERED | {"depends_on": condition})
    assert [(fault.field, fault.message) for fault in refused.value.faults] == [("depends_on", UNCONDITIONAL)]
    assert SupportOffered.heard(OFFERED | {"depends_on": "nothing"}).depends_on == "nothing"
