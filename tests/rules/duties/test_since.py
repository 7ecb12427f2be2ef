"""When a step was taken, who took part and who agreed: nothing else answers, in whatever order it came in."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.duties.rules import Duty, fold
from onrecord.duties.rules.fold import MET
from onrecord.ledger.facts import Corrected, CountsAgain, Seconded, SetAside
from onrecord.ledger.rules.effect import Line
from tests.rules.duties.test_fold import EVER, LAW, report
from tests.rules.ledger.lines import START, line

HOUR, DAY = 60, 24 * 60
DISCUSS = {"outcome": "strategy_discussion", "concern": "other"}
TALKED = "case.strategy_discussion_held"
ALL = ["childrens_social_care", "police", "health"]


def decided(seq: int = 1, **more: object) -> Line:
    return line(seq, "intake.decision_made", 0, minutes=HOUR, coded=DISCUSS, **more)


def talked(days_ago: float = 0, present: list[str] = ALL, seq: int = 2, **more: object) -> Line:
    """A discussion that was recorded on the fourth day, and held some days before that."""
    said = {"outcome": "enquiry_together", "present": present}
    at = START + timedelta(days=3) - timedelta(days=days_ago)
    return line(seq, TALKED, 1, minutes=3 * DAY, happened=at, coded=said, **more)


def of(lines: list[Line], rule: str = "strategy-discussion") -> list[Duty]:
    return [duty for duty in fold(lines, LAW, EVER, EVER) if duty.rule.id == rule]


@pytest.mark.parametrize(
    ("days_ago", "meets"), [(0, True), (3, True), (4, True), (4.5, False), (5, False), (300, False)]
)
def test_a_step_long_before_meets_nothing_and_one_of_the_day_before_may(days_ago: float, *, meets: bool) -> None:
    (duty,) = of([report(), decided(), talked(days_ago)])
    assert (duty.done_by is not None) is meets


def test_a_decision_before_the_report_is_none_about_it() -> None:
    early = decided(happened=START - timedelta(days=1))
    assert [duty.done_by for duty in of([report(), early], "decide-next-step")] == [None]
    assert [duty.done_by for duty in of([report(), decided()], "decide-next-step")] == [decided().id]


def test_a_decision_that_is_dated_back_lets_no_old_step_in() -> None:
    early = decided(happened=START - timedelta(days=100))
    (duty,) = of([report(), early, talked(90)])
    assert duty.done_by is None


def test_what_is_typed_in_days_later_counts_from_when_it_was_decided() -> None:
    late = line(1, "intake.decision_made", 0, minutes=3 * DAY, happened=START + timedelta(hours=1), coded=DISCUSS)
    (duty,) = of([report(), late, talked(2.5)])
    assert duty.done_by == talked().id


@pytest.mark.parametrize("present", [[], ALL[:1], ALL[:2], ["police", "health"], ["school", "voluntary", "police"]])
def test_a_discussion_without_one_of_them_is_none(present: list[str]) -> None:
    (duty,) = of([report(), decided(), talked(present=present)])
    assert duty.done_by is None


def test_more_may_come() -> None:
    assert of([report(), decided(), talked(present=[*ALL, "school"])])[0].done_by == talked().id


def test_the_same_step_said_again_is_no_further_one() -> None:
    care = line(0, "case.care_leaver_recorded")
    first = line(1, "case.pathway_plan_reviewed", 0, minutes=DAY, coded={"review_on": "2027-01-05"})
    again = first._replace(seq=2, id=line(2, "x").id, recorded_at=START + timedelta(days=170))
    older = again._replace(seq=3, id=line(3, "x").id, happened_at=START)
    newer = again._replace(seq=4, id=line(4, "x").id, happened_at=START + timedelta(days=160))
    rounds = [duty.done_by for duty in of([care, first, again, older], "pathway-plan-review")]
    assert rounds == [first.id, None]
    assert [duty.done_by for duty in of([care, first, again, newer], "pathway-plan-review")][:2] == [first.id, newer.id]


def conference(proposed: bool) -> list[Line]:
    ended = line(
        3, "case.assessment_completed", 2, minutes=4 * DAY, coded={"outcome": "no_services"}, proposed=proposed
    )
    return [report(), decided(), talked(), ended]


def test_one_alone_says_that_no_conference_is_needed() -> None:
    assert [duty.done_by for duty in of(conference(proposed=False), "initial-conference")] == [None]


def test_two_say_so() -> None:
    signed = line(4, Seconded.kind, 3, by="col", minutes=5 * DAY)
    (duty,) = of([*conference(proposed=True), signed], "initial-conference")
    assert (duty.state, duty.done_at) == (MET, signed.recorded_at)
    assert [one.done_by for one in of(conference(proposed=True), "initial-conference")] == [None]


def test_what_was_said_before_is_not_put_right_into_an_answer_that_takes_two() -> None:
    plan = line(3, "case.assessment_completed", 2, minutes=4 * DAY, coded={"outcome": "plan"})
    right = line(4, Corrected.kind, 3, minutes=5 * DAY, coded={"field": "outcome", "value": "no_services"})
    assert [duty.done_by for duty in of([report(), decided(), talked(), plan, right], "initial-conference")] == [None]


@given(st.lists(st.tuples(st.integers(-60, 4), st.integers(0, 4)), min_size=1, max_size=5), st.randoms())
@settings(max_examples=60, deadline=None)
def test_an_import_that_comes_late_meets_no_more_than_one_in_time(steps: list[tuple[int, int]], chance: object) -> None:
    made = [
        talked(seq=2 + place)._replace(
            id=line(2 + place, TALKED).id,
            recorded_at=START + timedelta(days=5, minutes=place),
            happened_at=START + timedelta(days=day),
            coded={"outcome": "enquiry_together", "present": ["school", *ALL][: many + 1]},
        )
        for place, (day, many) in enumerate(steps)
    ]
    lines = [report(), decided(), *made]
    right = [
        one.id
        for one in made
        if one.happened_at >= START - timedelta(days=1, hours=9) and len(one.coded["present"]) == 4
    ]
    (duty,) = of(lines)
    chance.shuffle(lines)
    assert (duty.done_by, of(lines)[0]) == (right[0] if right else None, duty)


def nothing(minutes: int, *more: Line) -> list[Line]:
    """A report ended by two 20 hours after it was made, with four hours of its first day and one working day left."""
    said = line(1, "intake.decision_made", 0, proposed=True, minutes=minutes, coded={"outcome": "no_further_action"})
    return [report(), said, line(2, Seconded.kind, 1, by="col", minutes=minutes), *more]


@pytest.mark.parametrize(
    ("aside", "due"),
    [
        (3 * DAY, START.replace(day=9, hour=23)),
        (4 * DAY, START.replace(day=12, hour=23)),
        (5 * DAY, START.replace(day=12, hour=23)),
    ],
    ids=["within a week", "over a week-end", "on a Saturday"],
)
def test_what_stands_again_has_the_working_days_that_were_left(aside: int, due: object) -> None:
    (duty,) = of(nothing(HOUR, line(3, SetAside.kind, 1, minutes=aside)), "decide-next-step")
    assert (duty.due_at, duty.closed_by) == (due, None)


def test_what_was_late_when_it_was_ended_is_as_late_again() -> None:
    plain = of([report()], "decide-next-step")[0].due_at
    (duty,) = of(nothing(5 * DAY, line(3, SetAside.kind, 1, minutes=6 * DAY)), "decide-next-step")
    assert duty.due_at == plain


def test_time_that_was_used_while_it_stood_again_is_used() -> None:
    moved = [
        line(3, SetAside.kind, 1, minutes=2 * DAY),
        line(4, CountsAgain.kind, 1, minutes=3 * DAY),
        line(5, SetAside.kind, 1, minutes=7 * DAY),
    ]
    lines = nothing(HOUR, *moved)
    (duty,) = of(lines, "decide-next-step")
    assert duty.due_at == START.replace(day=12, hour=23)
    assert of(lines[::-1], "decide-next-step") == [duty]


def test_a_named_day_that_stands_again_is_as_many_days_away_as_it_was() -> None:
    called = line(0, "case.meeting_called", coded={"on_day": "2026-10-15", "sort": "other"})
    off = line(1, "case.meeting_called_off", 0, proposed=True, minutes=DAY, coded={"reason": "other"})
    signed, aside = line(2, Seconded.kind, 1, by="col", minutes=DAY), line(3, SetAside.kind, 1, minutes=14 * DAY)
    before = of([called], "meeting-took-place")[0].due_at
    (duty,) = of([called, off, signed, aside], "meeting-took-place")
    assert before == START.replace(day=16, hour=23)
    assert duty.due_at == START.replace(day=29, hour=23) + timedelta(hours=1)
