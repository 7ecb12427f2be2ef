"""Every row that has a story is played both ways: with the failure it is caught, done properly nothing is raised."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from onrecord.borough.inquiry import Played, play_one, scenarios
from onrecord.borough.store import fresh_store

Playing = Callable[[int, bool], Played]

FRONT_DOOR = {"acknowledge-referral", "already-known", "decide-next-step", "tell-the-referrer"}
BY_MESSAGE = {"acknowledge-referral", "tell-the-referrer"}
RULES = {
    1: FRONT_DOOR,
    2: {*BY_MESSAGE, "decide-next-step", "disagreement-stage-1-front-door", "second-signature"},
    12: {*FRONT_DOOR, "answer-the-child", "decide-on-what-was-added"},
    11: {"already-known"},
    13: {"refused-reason"},
    14: {"written-report-answered"},
    19: {"briefing-acknowledged"},
    20: {"meeting-decisions", "meeting-minutes"},
    21: {"decide-next-step", "second-signature"},
    22: {"second-signature"},
    23: {"request-to-manager"},
    24: {"many-lowered", "refused-reason"},
    25: {"caseload"},
    31: {"answer-about-wording"},
    33: {"dissent-answered"},
    35: {"exploitation-assessment"},
    36: {"initial-conference", "meeting-took-place"},
    37: {"exploitation-assessment"},
    43: {"refused-reason", "try-again"},
    44: {"crisis-contact", "safety-plan", "serious-incident"},
    45: {"pathway-plan-review"},
    52: {"instruction-not-to-report"},
    57: {"disagreement-stage-1-front-door"},
    58: {"list-compared"},
    66: FRONT_DOOR,
    72: {"account-given"},
    74: {"passing-answered", "passing-received", "passing-refused"},
    73: {"empty-role-without-manager"},
    54: {*FRONT_DOOR, "refused-reason"},
    76: {"tell-the-referrer"},
    77: {"instruction-not-to-report"},
    78: {"decide-next-step", "tell-the-referrer"},
    79: {"refused-reason"},
    81: {"lead-manager"},
    86: {"decide-next-step", "second-signature"},
    87: {"dissent-answered", "who-now-holds-the-child"},
    89: {"refused-reason"},
    92: {"under-13-crime", "under-13-discussion"},
    94: {"offer-support"},
}


def test_every_story_is_tested() -> None:
    assert set(scenarios()) == set(RULES)


def test_a_file_is_named_after_its_row() -> None:
    assert all(story.__name__.endswith(f"row_{row:03d}") for row, story in scenarios().items())  # type: ignore[attr-defined]


@pytest.mark.parametrize("row", RULES)
def test_the_failure_is_caught(row: int, played: Playing) -> None:
    found = played(row, True)
    assert {item.rule for item in found.raised} == RULES[row]
    assert found.caught


@pytest.mark.parametrize("row", RULES)
def test_everything_raised_reaches_somebody_outside_in_the_end(row: int, played: Playing) -> None:
    silent = [item.what for item in played(row, True).raised if not any(told.outside for told in item.told)]
    assert silent == []


@pytest.mark.parametrize("row", RULES)
def test_nobody_is_told_before_it_was_due_and_each_time_it_is_somebody_new(row: int, played: Playing) -> None:
    for item in played(row, True).raised:
        times = [told.at for told in item.told]
        assert times == sorted(times)
        assert times[0] >= item.due
        assert len({told.who for told in item.told}) == len(item.told)
        assert item.owed_by not in {told.who for told in item.told}


@pytest.mark.parametrize("row", RULES)
def test_done_properly_nothing_is_raised(row: int, played: Playing) -> None:
    assert played(row, False).raised == ()
    assert not played(row, False).caught


@pytest.mark.parametrize("row", RULES)
def test_both_tellings_record_something(row: int, played: Playing) -> None:
    assert played(row, True).recorded
    assert played(row, False).recorded


@pytest.mark.parametrize("row", RULES)
def test_played_again_it_says_the_same(row: int, played: Playing, made: Path) -> None:
    with fresh_store(made):
        assert play_one(scenarios()[row], True) == played(row, True)


def test_an_unanswered_report_climbs_day_and_night(played: Playing) -> None:
    decide = next(item for item in played(1, True).raised if item.rule == "decide-next-step")
    assert decide.due == datetime(2026, 10, 6, 23, tzinfo=UTC)
    assert decide.owed_by == "Front door practitioner, Northbrook Children's Services"
    assert [(told.who.split(",")[0], told.at, told.outside) for told in decide.told] == [
        ("Team manager", datetime(2026, 10, 6, 23, tzinfo=UTC), False),
        ("Head of service", datetime(2026, 10, 7, 3, tzinfo=UTC), False),
        ("Director", datetime(2026, 10, 7, 11, tzinfo=UTC), False),
        ("Independent scrutineer", datetime(2026, 10, 7, 23, tzinfo=UTC), True),
        ("Inspectorate", datetime(2026, 10, 8, 23, tzinfo=UTC), True),
    ]


def test_a_care_leaver_forgotten_after_two_years_is_raised_years_later(played: Playing) -> None:
    (item,) = played(45, True).raised
    assert item.due == datetime(2029, 2, 8, tzinfo=UTC)  # six months after the review of 7 August 2028
    assert len(played(45, False).recorded) == 1 + 15 + 2  # reviewed fifteen times, ended by two people


def test_the_record_says_that_it_knew_the_child(played: Playing) -> None:
    (item,) = played(11, True).raised
    assert "Children in Need census, since 14 March 2024 (same pupil number; same birth date" in item.what
    assert any("was known before: Known before" in made.words for made in played(11, False).recorded)


def test_a_refused_reason_is_kept_in_the_words_it_was_given_in(played: Playing) -> None:
    (item,) = played(89, True).raised
    assert "Community cohesion" in item.what
    assert "inflame feeling on the estate" in item.what
    assert item.at < item.due


def test_what_is_sealed_later_says_so_and_is_owed_and_told_outside_only(played: Playing) -> None:
    found = played(66, True)
    owed = {item.owed_by.partition(",")[0] for item in found.raised}
    told = {told.who.partition(",")[0] for item in found.raised for told in item.told}
    assert (owed, told) == ({"Designated officer"}, {"Independent scrutineer", "Inspectorate"})
    assert [made.words for made in found.recorded if made.words.startswith("Refused.")]
