"""Which proposals are signed by themselves, and why: more that is known never lets one be ticked with others."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.duties.rules.singly import Signs, signs_of, singly
from onrecord.ledger.rules.effect import Line

DAY = date(2026, 10, 5)
NOW = datetime(2026, 10, 5, 8, tzinfo=UTC)
PLAIN = Signs(born=date(2011, 3, 4))
WORRYING = {
    "in_care": True,
    "missing": True,
    "reports": 2,
    "trusted": True,
    "disagree": frozenset({"child", "reporter"}),
    "born": date(2014, 1, 3),
}


def line(number: int, kind: str, days: int = 1, regarding: tuple[UUID, ...] = (), **coded: Any) -> Line:
    at = NOW - timedelta(days=days)
    return Line(number, UUID(int=number), kind, at, at, "ada", "school", False, coded, regarding, ())


def test_an_ordinary_one_is_signed_with_others() -> None:
    assert singly(PLAIN, DAY) == ()


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"born": None}, ("age not known",)),
        ({"born": date(2013, 10, 6)}, ("under 13",)),
        ({"born": date(2013, 10, 5)}, ()),
        ({"in_care": True}, ("looked after",)),
        ({"missing": True}, ("was missing",)),
        ({"reports": 2}, ("second report this year",)),
        ({"reports": 40}, ("40 reports this year",)),
        ({"trusted": True}, ("somebody in a position of trust",)),
        ({"disagree": frozenset({"child"})}, ("the child disagrees",)),
        ({"disagree": frozenset({"reporter"})}, ("the person who reported disagrees",)),
        ({"disagree": frozenset({"agency"})}, ()),
    ],
)
def test_each_reason_is_said_in_words(changed: dict[str, Any], why: tuple[str, ...]) -> None:
    assert singly(replace(PLAIN, **changed), DAY) == why


@given(some=st.sets(st.sampled_from(sorted(WORRYING))), more=st.sampled_from(sorted(WORRYING)))
def test_what_is_known_besides_never_takes_a_reason_away(some: set[str], more: str) -> None:
    few, many = (singly(replace(PLAIN, **{name: WORRYING[name] for name in one}), DAY) for one in (some, some | {more}))
    assert set(few) <= set(many)
    assert bool(many)


def test_the_signs_are_read_from_lines() -> None:
    reports = [
        line(1, "intake.report_received", days=400, concern="missing", positions="no"),
        line(2, "intake.report_received", positions="yes"),
        line(3, "intake.report_received", positions="no", setting="care_home"),
    ]
    raised = line(4, "duties.disagreement_raised", whose="child")
    found = signs_of([*reports, raised], PLAIN.born, NOW)
    assert found == Signs(PLAIN.born, True, True, 2, True, frozenset({"child"}))


@pytest.mark.parametrize(
    ("kind", "coded", "cared_for"),
    [
        ("case.child_placed", {"sort": "foster"}, True),
        ("case.child_placed", {"sort": "back"}, True),
        ("case.care_leaver_recorded", {}, True),
        ("case.child_passed_on", {"plan": "looked_after"}, True),
        ("case.child_passed_on", {"plan": "child_in_need"}, False),
        ("case.conference_held", {"outcome": "plan"}, False),
    ],
)
def test_who_is_looked_after_is_known_from_all_that_says_so(kind: str, coded: dict[str, Any], cared_for: bool) -> None:
    assert signs_of([line(1, kind, **coded)], PLAIN.born, NOW).in_care == cared_for


def test_a_disagreement_that_is_settled_is_none() -> None:
    raised = line(1, "duties.disagreement_raised", whose="child")
    settled = line(2, "duties.disagreement_settled", regarding=(raised.id,))
    assert signs_of([raised, settled], None, NOW).disagree == frozenset()
