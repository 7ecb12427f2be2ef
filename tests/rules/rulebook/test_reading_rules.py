"""Reading a rule: the value of a day, the facts that are meant, who has been told."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from onrecord.rulebook.facts import Calendar, Match, Rule, Term, Value
from onrecord.rulebook.rules import matches, rung_at, value_on

FIRST = Value(start=date(2013, 4, 15), term=Term(working_days=1), default="ours", why="Ours.")
SECOND = Value(start=date(2020, 1, 1), term=Term(hours=24), default="ours", why="Ours.")
ENDED = Value(start=date(2026, 1, 1), term=None, default="ours", why="Ended.")


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2013, 4, 14), None),
        (date(2013, 4, 15), FIRST),
        (date(2019, 12, 31), FIRST),
        (date(2020, 1, 1), SECOND),
        (date(2025, 12, 31), SECOND),
        (date(2026, 1, 1), None),
        (date(2040, 1, 1), None),
    ],
)
def test_each_day_has_the_value_in_force_on_it(day: date, value: Value | None) -> None:
    assert value_on((FIRST, SECOND, ENDED), day) == value


def match(**parts: Any) -> Match:
    """Which decisions are meant."""
    return Match.model_validate({"kind": "intake.decision_made", **parts})


ASSESS = {"outcome": "assess", "concern": "missing"}
WHERE = {"outcome": ["assess", "protect_now"]}


@pytest.mark.parametrize(
    ("meant", "coded", "standing", "answer"),
    [
        (match(), ASSESS, "in_effect", True),
        (match(), ASSESS, "proposed", False),
        (match(standing="proposed"), ASSESS, "proposed", True),
        (match(standing="proposed"), ASSESS, "in_effect", False),
        (match(kind="any", standing="proposed"), {}, "proposed", True),
        (match(kind="case.meeting_held"), ASSESS, "in_effect", False),
        (match(where=WHERE), ASSESS, "in_effect", True),
        (match(where=WHERE), {"outcome": "send_to"}, "in_effect", False),
        (match(where=WHERE), {}, "in_effect", False),
        (match(where={**WHERE, "concern": ["other"]}), ASSESS, "in_effect", False),
        (match(unless={"outcome": ["assess"]}), ASSESS, "in_effect", False),
        (match(unless={"outcome": ["send_to"], "concern": ["missing"]}), ASSESS, "in_effect", False),
        (match(unless={"outcome": ["send_to"]}), ASSESS, "in_effect", True),
        (match(unless={"outcome": ["send_to"]}), {}, "in_effect", True),
    ],
)
def test_a_fact_is_meant_by_kind_standing_and_codes(
    meant: Match, coded: dict[str, str], standing: str, answer: bool
) -> None:
    assert matches(meant, "intake.decision_made", coded, standing) is answer


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (datetime(2026, 11, 17, 23, 59, tzinfo=UTC), []),
        (datetime(2026, 11, 18, 0, 0, tzinfo=UTC), ["team_manager"]),
        (datetime(2026, 11, 19, 23, 59, tzinfo=UTC), ["team_manager"]),
        (datetime(2026, 11, 20, 0, 0, tzinfo=UTC), ["team_manager", "director"]),
        (datetime(2026, 11, 25, 0, 0, tzinfo=UTC), ["team_manager", "director", "scrutineer"]),
    ],
)
def test_silence_climbs_rung_by_rung(
    spoil: Callable[..., Rule], calendar: Calendar, now: datetime, told: list[str]
) -> None:
    due = datetime(2026, 11, 18, tzinfo=UTC)
    assert [rung.to.role for rung in spoil().ladder if rung_at(rung, due, calendar) <= now] == told
