"""What is sealed is owed by another seat and climbs outside; no limit moves, and nothing else changes at all."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.access.facts import PEERS
from onrecord.duties.rules import Duty, fold, steps
from onrecord.duties.rules.walls import ATTEMPTS, CLOSED, behind
from onrecord.ledger.facts import mention_of
from onrecord.ledger.rules.effect import Line
from onrecord.rulebook.facts import OUTSIDE_ROLES, Rule
from tests.rules.duties.test_fold import EVER, LAW, RESPONSES, casework
from tests.rules.duties.test_ladder import CALENDAR, ENGLAND, MOMENTS, RULES, SECOND_MISSES
from tests.rules.ledger.lines import line, uid

ROUTED = "intake.report_routed"


def routed(report: int, to: str, seq: int = 500) -> Line:
    return line(seq, ROUTED, report, by="onrecord", coded={"to": to, "because": "both", "against": ["ann"]})


def under(lines: list[Line], root: int) -> set[object]:
    """The ids of everything that answers an entry, at any remove, and its own."""
    found = {uid(root)}
    for made in lines:
        if found.intersection(made.regarding):
            found.add(made.id)
    return found


@given(casework(RESPONSES))
@settings(max_examples=40, deadline=None)
def test_with_nothing_sealed_what_is_owed_is_what_it_was(lines: list[Line]) -> None:
    before = fold(lines, LAW, EVER, EVER)
    opened = [routed(0, "front_door"), routed(1, "front_door", 501)]
    assert fold([*lines, *opened], LAW, EVER, EVER, CLOSED) == before
    assert {duty.wall for duty in before} <= {None}


@given(casework(RESPONSES))
@settings(max_examples=40, deadline=None)
def test_sealing_seals_the_whole_thread_and_moves_no_limit(lines: list[Line]) -> None:
    before = {duty.key: duty for duty in fold(lines, LAW, EVER, EVER)}
    sealed = {duty.key: duty for duty in fold([*lines, routed(0, "sealed")], LAW, EVER, EVER)}
    inside = under(lines, 0)
    assert sealed.keys() == before.keys()
    for key, duty in sealed.items():
        assert (duty.wall is not None) == (duty.opening in inside)
        assert duty._replace(wall=None) == before[key]
        assert duty.wall is None or seat(duty) == ("designated_officer", "childrens_social_care")


def seat(duty: Duty) -> tuple[str, str]:
    return duty.role, duty.owed_of


def test_what_is_not_routed_yet_is_sealed_until_it_is_said_that_it_is_open() -> None:
    report = line(0, "intake.report_received", coded={"concern": "other", "danger_now": "no", "positions": "no"})
    found = [fold([report, *more], LAW, EVER, EVER, CLOSED) for more in ([], [routed(0, "front_door")])]
    assert [{duty.wall for duty in duties} for duties in found] == [{report.id}, {None}]


def test_the_last_word_counts() -> None:
    report = line(0, "intake.report_received", coded={"concern": "other", "danger_now": "no", "positions": "no"})
    lines = [report, routed(0, "front_door", 5), routed(0, "sealed", 6)]
    assert {duty.wall for duty in fold(lines, LAW, EVER, EVER, CLOSED)} == {report.id}


def test_what_is_only_about_the_child_of_a_sealed_report_stands_behind_the_wall_with_what_answers_it() -> None:
    report = line(0, "intake.report_received", coded={"concern": "other", "danger_now": "no", "positions": "no"})
    child, other = mention_of(uid(0), "child"), mention_of(uid(99), "child")
    met = [line(1, "case.meeting_held", mentions=(child,)), line(2, "case.meeting_held", mentions=(other,))]
    for to, wall in (("sealed", report.id), ("front_door", None)):
        found = fold([report, routed(0, to), *met], LAW, EVER, EVER, CLOSED)
        assert {duty.opening: duty.wall for duty in found if duty.opening != report.id} == {
            uid(1): wall,
            uid(2): None,
        }
    inside = behind([report, routed(0, "sealed"), *met, line(3, "case.minutes_recorded", 1)])
    assert {uid(1), uid(3), child} <= inside.keys()
    assert uid(2) not in inside


@given(st.sampled_from(ENGLAND.rules), MOMENTS, SECOND_MISSES)
def test_a_sealed_ladder_has_the_outside_steps_and_their_times(rule: Rule, due: object, missed: object) -> None:
    second = None if missed is None else due + missed  # type: ignore[operator]
    plain = steps(rule, due, CALENDAR, second)  # type: ignore[arg-type]
    found = steps(rule, due, CALENDAR, second, sealed=True)  # type: ignore[arg-type]
    outside = rule.owed_by.of == "partnership" or rule.owed_by.role in PEERS or rule.opens.kind in ATTEMPTS
    inside = "scrutineer" if outside else "designated_officer"
    owes = rule.owed_by.role if rule.owed_by.role in OUTSIDE_ROLES else inside
    assert found == [step for step in plain if step.outside and step.role != owes]
    assert {step.role for step in found} <= OUTSIDE_ROLES
    assert found


def test_where_nobody_inside_may_answer_the_first_step_is_due_at_once_and_no_other() -> None:
    rule, due = RULES["decide-next-step"], EVER
    ordinary = steps(rule, due, CALENDAR, None, sealed=True)
    started = due - timedelta(days=1)
    first, *others = steps(rule, due, CALENDAR, None, sealed=True, at_once=started)
    assert (first.at, first.role, others) == (started, "scrutineer", ordinary[1:])
