"""Every worked example of the shipped rulebook, told by the fold and the ladder that people meet."""

from datetime import UTC, datetime

import pytest

from onrecord.duties.rules import Adopted, Duty, Law, fold, steps
from onrecord.ledger.rules.effect import Line
from onrecord.rulebook.facts import Example, Expected, Rule
from onrecord.rulebook.rules import from_local, matches, to_local
from tests.rules.ledger.lines import line
from tests.rules.rulebook.commenced import ENGLAND

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
LAW = Law([Adopted(LONG_AGO, ENGLAND)])
SECONDS = ("ledger.seconded", "ledger.declined", "case.attendance_checked")
STORIES = [pytest.param(rule, one, id=f"{rule.id}: {one.name}") for rule in ENGLAND.rules for one in rule.examples]


def told_lines(example: Example) -> list[Line]:
    """The facts of a story as lines. What two agree to is the word of somebody else, of another agency."""
    made = []
    for seq, given in enumerate(example.given):
        answers = () if given.regarding is None else (given.regarding,)
        one = line(seq, given.kind, *answers, by="col" if given.kind in SECONDS else "ann", coded=dict(given.coded))
        at = from_local(given.at, ENGLAND.calendar)
        happened = from_local(given.happened, ENGLAND.calendar) if given.happened else at
        made.append(one._replace(recorded_at=at, happened_at=happened, proposed=given.standing == "proposed"))
    return made


def expected(rule: Rule, duty: Duty, now: datetime) -> Expected:
    """A duty as an example would write it: told are the roles reached before it was done."""
    until = duty.done_at or now
    roles = tuple(step.role for step in steps(rule, duty.due_at, ENGLAND.calendar, None) if step.at <= until)
    due = to_local(duty.due_at, ENGLAND.calendar)
    return Expected(occurrence=duty.occurrence, due=due, state=duty.state, told=roles)


@pytest.mark.parametrize(("rule", "example"), STORIES)
def test_the_duty_is_what_the_example_says(rule: Rule, example: Example) -> None:
    now = from_local(example.now, ENGLAND.calendar)
    lines = told_lines(example)
    opening = next((made.id for made, given in zip(lines, example.given, strict=True) if _opens(rule, given)), None)
    duties = fold(lines, LAW, now, now)
    found = [expected(rule, duty, now) for duty in duties if duty.rule == rule and duty.opening == opening]
    assert tuple(found) == example.expect


def _opens(rule: Rule, given: object) -> bool:
    return matches(rule.opens, given.kind, given.coded, given.standing)
