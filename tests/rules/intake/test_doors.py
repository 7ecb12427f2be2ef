"""What stands for an answer that was left open, and what is said of when a person reads next."""

from datetime import UTC, datetime, timedelta

import pytest

from onrecord.intake.facts import ReportReceived
from onrecord.intake.rules.doors import CHILD, Reads, left_open, next_read, trigger
from onrecord.ledger.facts.fields import HERE

NOW = datetime(2026, 11, 20, 13, tzinfo=UTC)
"""A Friday, one o'clock."""
WORK = {"said_by": "professional", "words": "She flinches.", "child": {"described": "A girl"}, "positions": "no"}


def hours(number: float) -> datetime:
    """So many hours later."""
    return NOW + timedelta(hours=number)


@pytest.mark.parametrize(
    ("start", "end", "reads"),
    [
        (-4, 3, Reads(True, hours(3))),
        (-4, 30, Reads(True)),
        (2.5, 5, Reads(False, hours(2.5))),
        (20, 28, Reads(False, hours(20), 1)),
        (68, 76, Reads(False, hours(68), 3)),
    ],
)
def test_it_names_the_next_time_that_the_rota_holds(start: float, end: float, reads: Reads) -> None:
    assert next_read(NOW, hours(start), hours(end), HERE) == reads


def test_where_nobody_is_on_the_rota_it_says_so() -> None:
    assert next_read(NOW, None, None, HERE) == Reads(False)


def test_what_a_child_left_open_is_a_code_and_never_a_no() -> None:
    assert left_open("child", {"danger_now": " "}) == {
        "said_by": "child",
        "concern": "not_sure",
        "danger_now": "unknown",
        "positions": "unknown",
        "child": {"described": "A child who wrote here and gave no name"},
        "unsaid": [],
    }


def test_what_was_answered_stays() -> None:
    typed = {"danger_now": "yes", "positions": "rather_not", "child-given_name": "Zed", "unsaid-words": "unknown"}
    assert left_open("child", typed) == {"said_by": "child", "concern": "not_sure", "unsaid": ["words_unknown"]}


def test_an_answer_that_is_none_of_ours_is_dropped() -> None:
    assert left_open("child", {"unsaid-words": "delete", "unsaid-x": "unknown"})["unsaid"] == []


def test_safety_is_asked_first_and_every_question_of_a_child_once() -> None:
    fields = [field for question in CHILD for field in question.fields]
    assert fields[:3] == ["danger_now", "reach", "reach_how"]
    assert len(fields) == len(set(fields))


@pytest.mark.parametrize(
    ("concern", "danger", "said"),
    [("other", "no", "anyway"), ("other", "yes", "met"), ("sexual_exploitation", "unknown", "met")],
)
def test_the_guidance_never_says_that_it_is_not_enough(concern: str, danger: str, said: str) -> None:
    assert trigger(ReportReceived.heard(WORK | {"concern": concern, "danger_now": danger})) == said


def test_a_professional_says_something_and_a_child_need_not() -> None:
    child = left_open("child", {})
    assert ReportReceived.heard(child).words is None
    with pytest.raises(ValueError, match="Say what you saw or were told"):
        ReportReceived.heard(child | {"said_by": "professional"})
