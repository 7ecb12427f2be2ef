"""The rulebook that ships: whole, cited, honest about what nobody has checked, and its calendar true."""

from datetime import date

import pytest

from onrecord.duties.actions.adopt import shapes
from onrecord.rulebook.facts import Rule, Rulebook
from onrecord.rulebook.gateway import shipped
from onrecord.rulebook.gateway.bank_holidays import bank_holidays, generate
from onrecord.rulebook.rules import faults, kind_faults

SEATS = ("scrutineer", "inspectorate")
CONFIRMED = {
    "acknowledge-referral",
    "assessment",
    "core-group",
    "decide-next-step",
    "initial-conference",
    "pathway-plan-review",
    "rapid-review",
    "return-interview",
    "serious-incident",
    "transfer-conference",
}
LOCAL = {"already-known", "strategy-discussion", "tell-the-referrer"}
UNCHECKED = {"decided-elsewhere", "report-what-you-learnt"}


def named(england: Rulebook, name: str) -> Rule:
    """Find the rule of that id."""
    return next(rule for rule in england.rules if rule.id == name)


def test_no_rule_has_a_fault(england: Rulebook) -> None:
    assert [fault for rule in england.rules for fault in faults(rule)] == []


def test_the_rules_speak_only_of_facts_that_exist(england: Rulebook) -> None:
    assert [fault for rule in england.rules for fault in kind_faults(rule, shapes())] == []


def test_a_limit_says_how_sure_we_are_of_it(england: Rulebook) -> None:
    status = {
        rule.id: value.source.status for rule in england.rules for value in rule.within if value.source is not None
    }
    assert status == dict.fromkeys(CONFIRMED, "confirmed") | dict.fromkeys(LOCAL, "local") | dict.fromkeys(
        UNCHECKED, "unchecked"
    )


def test_no_source_claims_the_edition_that_nobody_here_has_read(england: Rulebook) -> None:
    editions = {value.source.edition for rule in england.rules for value in rule.within if value.source}
    assert {edition for edition in editions if "2026" in edition} == {
        "Working Together 2023 and local procedures; 2026 text not checked",
        "As told of the Bill in February 2025 and February 2026. The text of the Act was not read",
    }


@pytest.mark.parametrize("name", ["decide-next-step", "strategy-discussion", "vacant-seat"])
def test_what_cannot_wait_for_morning_climbs_in_hours(england: Rulebook, name: str) -> None:
    rule = named(england, name)
    assert rule.alarm == "child_now"
    assert {rung.after.unit for rung in rule.ladder} == {"hours"}


def test_every_other_rule_climbs_in_working_days_after_the_first_rung(england: Rulebook) -> None:
    slower = [rule for rule in england.rules if rule.alarm != "child_now"]
    assert {rung.after.unit for rule in slower for rung in rule.ladder[1:]} == {"working_days"}
    assert {rule.ladder[0].after.said() == {"hours": 0} for rule in slower} == {True}


def test_every_ladder_ends_with_the_scrutineer_and_then_the_inspectorate(england: Rulebook) -> None:
    inside = [rule for rule in england.rules if rule.owed_by.of != "outside"]
    ends = {tuple((rung.to.role, rung.to.of) for rung in rule.ladder[-2:]) for rule in inside}
    assert ends == {(("scrutineer", "outside"), ("inspectorate", "outside"))}


def test_what_one_outside_body_owes_goes_to_the_other(england: Rulebook) -> None:
    owed = [rule for rule in england.rules if rule.owed_by.of == "outside"]
    assert {(rule.owed_by.role, *(rung.to.role for rung in rule.ladder)) for rule in owed} == {SEATS, SEATS[::-1]}


def test_what_the_partnership_owes_goes_straight_outside(england: Rulebook) -> None:
    owed = [rule for rule in england.rules if rule.owed_by.of == "partnership"]
    assert {rung.to.of for rule in owed for rung in rule.ladder} == {"outside"}


def test_the_calendar_is_the_one_that_the_library_gives(england: Rulebook) -> None:
    """In a past year a difference is a fault; in a coming year it may be a bank holiday to adopt."""
    calendar = england.calendar
    library = bank_holidays(calendar.first, calendar.last)
    assert {
        "only in calendar.yaml": sorted(map(str, calendar.holidays - library)),
        "only in the library": sorted(map(str, library - calendar.holidays)),
    } == {"only in calendar.yaml": [], "only in the library": []}


def test_the_calendar_file_is_what_its_header_says_made_it(england: Rulebook) -> None:
    text = (shipped() / "calendar.yaml").read_text(encoding="utf-8")
    assert text == generate(england.calendar.first, england.calendar.last)


def test_the_calendar_spans_what_people_may_remember_and_what_may_be_owed(england: Rulebook) -> None:
    assert (england.calendar.first, england.calendar.last) == (date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (1995, ["01-02", "04-14", "04-17", "05-08", "05-29", "08-28", "12-25", "12-26"]),
        (2002, ["01-01", "03-29", "04-01", "05-06", "06-03", "06-04", "08-26", "12-25", "12-26"]),
        (2011, ["01-03", "04-22", "04-25", "04-29", "05-02", "05-30", "08-29", "12-26", "12-27"]),
        (2020, ["01-01", "04-10", "04-13", "05-08", "05-25", "08-31", "12-25", "12-28"]),
        (2022, ["01-03", "04-15", "04-18", "05-02", "06-02", "06-03", "08-29", "09-19", "12-26", "12-27"]),
        (2023, ["01-02", "04-07", "04-10", "05-01", "05-08", "05-29", "08-28", "12-25", "12-26"]),
        (2026, ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"]),
    ],
)
def test_the_days_not_worked_in_a_year_are_those_that_were_proclaimed(
    england: Rulebook, year: int, days: list[str]
) -> None:
    """Written by hand, so that file and library cannot be wrong together. Weekends are left out."""
    calendar = [day for day in sorted(england.calendar.holidays) if day.year == year and day.weekday() < 5]
    assert [f"{day:%m-%d}" for day in calendar] == days
