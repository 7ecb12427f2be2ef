"""Where a disagreement stands: open until whoever raised it says it is settled, or somebody outside has answered."""

from datetime import timedelta
from typing import Any

import pytest

from onrecord.duties.rules.challenge import ANSWERED, OPEN, OUTSIDE, SETTLED, Dispute, disputed, disputes, stage_of
from onrecord.ledger.rules.effect import Line
from tests.rules.ledger.lines import START, line

AT = START + timedelta(days=90)
RAISED = {"whose": "worker", "level": "practitioner", "decided_by": "health"}


def raised(*since: Line) -> tuple[Line, ...]:
    """An entry, a disagreement with it, and what was said since."""
    return line(0, "case.exploitation_assessed"), line(1, "duties.disagreement_raised", 0, coded=RAISED), *since


def answered(number: int, to: int, stage: str, outcome: str) -> Line:
    """An answer at a stage."""
    coded = {"stage": stage, "outcome": outcome, "spoke": "yes"}
    return line(number, "duties.stage_answered", to, minutes=number, coded=coded)


def only(*lines: Line) -> Dispute:
    """The one disagreement among these lines."""
    (found,) = disputes(lines, AT)
    return found


TALKED = answered(2, 1, "first", "not_agreed")
AGREED = answered(2, 1, "first", "agreed")
CONTINUED = line(3, "duties.disagreement_continued", 1, 2, minutes=3)
WAYS: dict[str, tuple[tuple[Line, ...], tuple[str, str]]] = {
    "nobody has answered": ((), ("first", OPEN)),
    "not agreed": ((TALKED,), ("second", OPEN)),
    "agreed": ((AGREED,), ("first", ANSWERED)),
    "agreed, says only the other side": ((AGREED, CONTINUED), ("outside", OPEN)),
    "a view from outside": ((AGREED, CONTINUED, answered(4, 3, "outside", "not_agreed")), ("outside", OUTSIDE)),
    "settled before any answer": ((line(2, "duties.disagreement_settled", 1, minutes=2),), ("first", SETTLED)),
}


@pytest.mark.parametrize("way", WAYS)
def test_how_it_stands(way: str) -> None:
    since, stands = WAYS[way]
    found = only(*raised(*since))
    assert (found.stage, found.state) == stands


def test_what_it_is_about_is_disputed_until_it_is_over() -> None:
    open_, over = raised(TALKED), raised(AGREED)
    assert disputed(open_, AT) == {open_[0].id: open_[1].recorded_at}
    assert disputed(over, AT) == {}


def test_each_answer_has_its_stage() -> None:
    stages: list[Any] = [stage_of(one) for one in (*raised(TALKED), CONTINUED, answered(5, 4, "fourth", "not_agreed"))]
    assert stages == [None, "first", "second", "outside", "outside"]
