"""A day and an agency that a fact names: the day can bring a limit nearer and never put it off."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from onrecord.duties.rules import Adopted, Duty, Law, fold
from onrecord.rulebook.facts import Calendar, Rule, Rulebook
from onrecord.rulebook.gateway import read, shipped
from onrecord.rulebook.gateway.frozen import sealed
from tests.rules.duties.agreed import ACTION, OURS
from tests.rules.ledger.lines import START, line

CALENDAR = read(shipped()).calendar


def told(repeats: bool = False, grace: dict[str, int] | None = None) -> Law:
    """The law of one rule: an action is done by the day agreed, within a month at the latest, by who was named."""
    said = ACTION | {"grace": grace}
    if repeats:
        every = [OURS | {"term": {"days": 10}}]
        said["repeats"] = {"every": every, "ended_by": [{"kind": "case.action_done", "where": {"over": ["yes"]}}]}
    return Law([Adopted(START - timedelta(days=1), _book(Rule.model_validate(said), CALENDAR))])


def _book(rule: Rule, calendar: Calendar) -> Rulebook:
    return sealed((rule,), calendar)


def only(law: Law, *lines: Any, at: datetime = START + timedelta(days=90)) -> list[Duty]:
    """The duties, in order."""
    return fold(list(lines), law, at, at)


@pytest.mark.parametrize(
    ("coded", "due"),
    [
        ({"by_day": "2026-10-09"}, datetime(2026, 10, 9, 23, tzinfo=UTC)),
        ({"by_day": "2027-01-31"}, datetime(2026, 11, 6, tzinfo=UTC)),
        ({}, datetime(2026, 11, 6, tzinfo=UTC)),
    ],
    ids=["a nearer day", "a day beyond the limit", "no day"],
)
def test_a_day_that_is_named_brings_the_limit_nearer_and_never_puts_it_off(
    coded: dict[str, str], due: datetime
) -> None:
    (duty,) = only(told(), line(0, "case.action_agreed", coded={"owner": "police", **coded}))
    assert duty.due_at == due


@pytest.mark.parametrize(
    ("grace", "named", "due"),
    [
        ({"working_days": 1}, "2026-10-09", datetime(2026, 10, 12, 23, tzinfo=UTC)),
        ({"days": 2}, "2026-10-09", datetime(2026, 10, 11, 23, tzinfo=UTC)),
        ({"hours": 3}, "2026-10-09", datetime(2026, 10, 10, 2, tzinfo=UTC)),
        ({"working_days": 1}, "2026-11-05", datetime(2026, 11, 6, tzinfo=UTC)),
        ({"working_days": 9}, "2027-01-31", datetime(2026, 11, 6, tzinfo=UTC)),
        ({"working_days": 1}, "1971-03-01", datetime(1971, 3, 1, 23, tzinfo=UTC)),
        ({"working_days": 1}, "2971-03-01", datetime(2026, 11, 6, tzinfo=UTC)),
    ],
    ids=["a Friday", "days", "hours", "up to the limit", "beyond it", "before the calendar", "after the calendar"],
)
def test_grace_follows_the_named_day_and_never_passes_the_limit(
    grace: dict[str, int], named: str, due: datetime
) -> None:
    (duty,) = only(told(grace=grace), line(0, "case.action_agreed", coded={"owner": "police", "by_day": named}))
    assert duty.due_at == due


def test_each_named_day_has_its_grace() -> None:
    agreed = line(0, "case.action_agreed", coded={"by_day": "2026-10-06"})
    done = line(1, "case.action_done", 0, minutes=60, coded={"by_day": "2026-10-08", "over": "no"})
    found = only(told(repeats=True, grace={"working_days": 1}), agreed, done)
    assert [duty.due_at for duty in found] == [
        datetime(2026, 10, 7, 23, tzinfo=UTC),
        datetime(2026, 10, 9, 23, tzinfo=UTC),
    ]


def test_the_sort_of_agency_that_is_named_owes_it() -> None:
    named, not_named = line(0, "case.action_agreed", coded={"owner": "police"}), line(1, "case.action_agreed", by="dee")
    assert [duty.owed_of for duty in only(told(), named, not_named)] == ["police", "health"]


def test_each_answer_may_name_the_next_day() -> None:
    agreed = line(0, "case.action_agreed", coded={"by_day": "2026-10-06"})
    done = line(1, "case.action_done", 0, minutes=60, coded={"by_day": "2026-10-08", "over": "no"})
    again = line(2, "case.action_done", 0, minutes=120, coded={"over": "no"})
    found = only(told(repeats=True), agreed, done, again)
    assert [(duty.occurrence, duty.due_at) for duty in found] == [
        (1, datetime(2026, 10, 6, 23, tzinfo=UTC)),
        (2, datetime(2026, 10, 8, 23, tzinfo=UTC)),
        (3, datetime(2026, 10, 15, 23, tzinfo=UTC)),
    ]
