"""From facts and rulebook to what is owed: no duty vanishes, no clock moves, only a naming response discharges."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.duties.rules import Adopted, Duty, Law, fold
from onrecord.ledger.facts import Corrected, Declined, Seconded
from onrecord.ledger.rules.effect import Line
from onrecord.rulebook.facts import Rulebook
from onrecord.rulebook.gateway import read, shipped
from onrecord.rulebook.gateway.frozen import sealed
from tests.rules.ledger.lines import PEOPLE, START, line

ENGLAND = read(shipped())
LAW = Law([Adopted(START - timedelta(days=1), ENGLAND)])
EVER = START + timedelta(days=4000)
REPORT = {"concern": "sexual_exploitation", "danger_now": "no", "positions": "no"}
RESPONSES = (
    ("intake.report_acknowledged", {"how": "phone"}),
    ("intake.decision_made", {"outcome": "assess", "concern": "other", "crime_alleged": "no"}),
    ("intake.decision_made", {"outcome": "strategy_discussion", "concern": "other", "crime_alleged": "yes"}),
    ("intake.referrer_told", {"how": "phone"}),
    ("linkage.known_before_answered", {"answer": "known"}),
    ("case.strategy_discussion_held", {"outcome": "enquiry_together"}),
    ("case.conference_held", {"outcome": "plan"}),
    ("case.core_group_met", {}),
)
NO_ANSWERS = (
    ("duties.duty_reassigned", {"duty": "x", "holder": "bea"}),
    ("duties.cannot_in_time", {"duty": "x", "reason": "no_capacity"}),
    ("duties.duty_escalated", {"duty": "x", "rung": 0}),
    ("case.meeting_held", {"sort": "other"}),
    ("access.record_opened", {"what": "report"}),
)


def report(seq: int = 0, **more: object) -> Line:
    return line(seq, "intake.report_received", coded=REPORT, by="dee", **more)


def duties(lines: list[Line], at: datetime = EVER) -> dict[tuple[str, int], Duty]:
    return {(duty.rule.id, duty.opening_seq * 1000 + duty.occurrence): duty for duty in fold(lines, LAW, at, at)}


@st.composite
def casework(draw: st.DrawFn, kinds: tuple[tuple[str, dict[str, str]], ...]) -> list[Line]:
    """A report or two, and then answers to anything that went before, hours and days later."""
    made = [report(0), report(1)]
    minute = 1
    for seq in range(2, draw(st.integers(3, 12))):
        minute += draw(st.integers(0, 3000))
        kind, coded = draw(st.sampled_from(kinds))
        by = draw(st.sampled_from(sorted(PEOPLE)))
        made.append(line(seq, kind, draw(st.integers(0, seq - 1)), by=by, minutes=minute, coded=coded))
    return made


@given(casework(RESPONSES + NO_ANSWERS))
@settings(max_examples=60, deadline=None)
def test_no_duty_vanishes_and_no_due_time_moves_as_work_goes_on(lines: list[Line]) -> None:
    for size in range(1, len(lines)):
        before, after = duties(lines[:size]), duties(lines)
        assert {key: after[key].due_at for key in before} == {key: duty.due_at for key, duty in before.items()}


@given(casework(NO_ANSWERS))
@settings(max_examples=30, deadline=None)
def test_reassigning_reading_and_excuses_change_nothing(lines: list[Line]) -> None:
    plain = duties(lines[:2])
    assert {key: duty for key, duty in duties(lines).items() if key in plain} == plain


def test_an_answer_that_did_not_last_answers_no_more_from_then_on_and_no_clock_stood() -> None:
    alarm, rota = line(0, "access.no_reader_found"), line(1, "access.reading_rota_set", 0, minutes=20)
    stopped = line(2, "access.reading_stopped", 1, minutes=90)
    again = line(3, "access.reading_rota_set", 0, minutes=200)
    told = {
        minutes: [
            (duty.state, duty.due_at - START, duty.done_by)
            for duty in fold([alarm, rota, stopped, again], LAW, START + timedelta(minutes=minutes), known)
        ]
        for minutes, known in ((10, EVER), (30, EVER), (100, EVER), (300, EVER), (89, START + timedelta(minutes=95)))
    }
    hour = timedelta(hours=1)
    assert told == {
        10: [("open", hour, None)],
        30: [("met", hour, rota.id)],
        89: [("met", hour, rota.id)],
        100: [("late", hour, None)],
        300: [("met_late", hour, again.id)],
    }


@given(casework(RESPONSES))
@settings(max_examples=60, deadline=None)
def test_only_what_names_a_fact_discharges_it(lines: list[Line]) -> None:
    by_id = {made.id: made for made in lines}
    for duty in fold(lines, LAW, EVER, EVER):
        if duty.done_by is not None:
            assert duty.opening in by_id[duty.done_by].regarding
            assert by_id[duty.done_by].recorded_at == duty.done_at


@given(casework(RESPONSES), st.integers(0, 30_000))
@settings(max_examples=60, deadline=None)
def test_a_past_figure_never_changes_whatever_is_recorded_later(lines: list[Line], minute: int) -> None:
    at = START + timedelta(minutes=minute)
    known = [made for made in lines if made.recorded_at <= at]
    corrected = line(90, Corrected.kind, 0, minutes=40_000, coded={"field": "concern", "value": "other"})
    assert fold([*lines, corrected], LAW, at, at) == fold(known, LAW, at, at)


@given(casework(RESPONSES), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_the_order_in_which_lines_are_given_makes_no_difference(lines: list[Line], chance: object) -> None:
    shuffled = list(lines)
    chance.shuffle(shuffled)
    assert fold(shuffled, LAW, EVER, EVER) == fold(lines, LAW, EVER, EVER)


def test_an_answer_to_another_report_discharges_nothing_here() -> None:
    told = line(2, "intake.report_acknowledged", 1, coded={"how": "phone"})
    found = duties([report(0), report(1), told])
    assert (found["acknowledge-referral", 1].state, found["acknowledge-referral", 1001].state) == ("late", "met")


def test_an_answer_at_the_moment_it_is_due_is_late() -> None:
    due = duties([report()])["acknowledge-referral", 1].due_at
    minutes = int((due - START).total_seconds() // 60)
    states = [
        duties([report(), line(1, "intake.report_acknowledged", 0, minutes=at)])["acknowledge-referral", 1].state
        for at in (minutes - 1, minutes)
    ]
    assert states == ["met", "met_late"]


def test_a_proposed_answer_answers_from_its_second_signature() -> None:
    nothing = line(1, "intake.decision_made", 0, proposed=True, coded={"outcome": "no_further_action"})
    agreed = line(2, Seconded.kind, 1, by="col", minutes=60)
    before, after = duties([report(), nothing]), duties([report(), nothing, agreed])
    assert (before["decide-next-step", 1].done_at, after["decide-next-step", 1].done_at) == (None, agreed.recorded_at)
    assert after["second-signature", 1001].state == "met"


def test_a_declined_answer_never_answers() -> None:
    nothing = line(1, "intake.decision_made", 0, proposed=True, coded={"outcome": "no_further_action"})
    refused = line(2, Declined.kind, 1, by="col", minutes=60)
    found = duties([report(), nothing, refused])
    assert (found["decide-next-step", 1].state, found["second-signature", 1001].state) == ("late", "met")


def test_the_same_fact_gives_the_same_duties_whoever_computes_them() -> None:
    keys = [duty.key for duty in fold([report()], LAW, EVER, EVER)]
    assert keys == [duty.key for duty in fold([report()], LAW, EVER, EVER)]
    assert len(set(keys)) == len(keys) == 4


def longer(days: int) -> Rulebook:
    """The shipped edition, with another limit on deciding."""
    rules = []
    for rule in ENGLAND.rules:
        value = rule.within[0]
        term = value.term.model_copy(update={"working_days": days}) if rule.id == "decide-next-step" else value.term
        rules.append(rule.model_copy(update={"within": (value.model_copy(update={"term": term}),)}))
    return sealed(tuple(rules), ENGLAND.calendar)


def test_a_duty_is_judged_by_the_edition_under_which_it_arose() -> None:
    law = Law([Adopted(START - timedelta(days=1), ENGLAND), Adopted(START + timedelta(hours=1), longer(5))])
    lines = [report(0), report(1, minutes=61)]
    due = [duty.due_at for duty in fold(lines, law, EVER, EVER) if duty.rule.id == "decide-next-step"]
    assert [(moment - START).days for moment in due] == [1, 7]


@pytest.mark.parametrize("moment", [START - timedelta(days=2), START - timedelta(minutes=1)])
def test_nothing_is_owed_before_it_arose(moment: datetime) -> None:
    assert fold([report()], LAW, moment, EVER) == fold([report()], LAW, EVER, moment) == []


def test_a_duty_that_comes_back_is_open_once_at_a_time() -> None:
    decision = {"outcome": "assess", "concern": "sexual_exploitation"}
    assessed = [line(n, "case.exploitation_assessed", 0, coded={"level": "moderate"}) for n in (1, 2)]
    lines = [line(0, "intake.decision_made", coded=decision), *assessed]
    found = [duty for duty in fold(lines, LAW, EVER, EVER) if duty.rule.id == "exploitation-assessment"]
    assert [(duty.occurrence, duty.state) for duty in found] == [(1, "met"), (2, "met"), (3, "late")]
    assert [duty.started_at for duty in found] == [lines[0].recorded_at, lines[1].recorded_at, lines[2].recorded_at]
