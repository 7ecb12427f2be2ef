"""Somebody reads the front door, or the watch says that nobody does: once for each gap, and at once."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from onrecord.access.facts import AbsenceNoted, ReadingRotaSet, ReadingRotaWithdrawn, RoleEnded
from onrecord.access.models import Reading
from onrecord.access.queries import days_unread, next_reading_time, nobody_reads
from onrecord.access.rules import Denied
from onrecord.duties.actions import tick
from onrecord.duties.models import Owed
from onrecord.ledger.actions import append, rebuild
from onrecord.ledger.facts import Entry, When
from onrecord.ledger.facts.declare import Refused
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.models import Envelope
from onrecord.ledger.rules.machine import machine_saying
from tests.partnership import START, Store

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TEAM = "social-care"


@pytest.fixture
def unread(store: Store) -> Store:
    """The partnership on a day on which nobody was put on the rota."""
    Reading.objects.all().delete()
    return store


def reads(start: datetime, hours: float, user: str = "front-door") -> ReadingRotaSet:
    return ReadingRotaSet(user=user, reads=When(earliest=start, latest=start + hours * HOUR))


def gaps() -> int:
    return Envelope.objects.filter(kind="access.no_reader_found").count()


def look(moment: datetime) -> bool:
    with playing(moment):
        return tick(moment, sign=False).no_reader


def test_the_partnership_has_a_reader_from_the_first_day(store: Store) -> None:
    found = next_reading_time(START, TEAM)
    assert (found.user, look(START), gaps()) == ("front-door", False, 0)


def test_who_reads_now_and_who_reads_next(unread: Store) -> None:
    for start in (START + 5 * HOUR, START + 2 * HOUR):
        unread.say("team-manager", reads(start, 1))
    starts = {hours: next_reading_time(START + hours * HOUR, TEAM) for hours in (0, 2.5, 3, 5.5, 6)}
    assert {hours: found and (found.start - START) / HOUR for hours, found in starts.items()} == {
        0: 2,
        2.5: 2,
        3: 5,
        5.5: 5,
        6: None,
    }


@pytest.mark.parametrize(("ahead", "alarm"), [(0, False), (24, False), (24.1, True)])
def test_somebody_within_a_day_is_enough(unread: Store, ahead: float, alarm: bool) -> None:
    unread.say("team-manager", reads(START + ahead * HOUR, 8))
    assert (nobody_reads(START, TEAM), look(START)) == (alarm, alarm)


def test_a_gap_is_said_once_owed_by_the_head_climbs_by_the_hour_and_is_answered_by_the_rota(unread: Store) -> None:
    assert [look(START), look(START + HOUR / 2), gaps()] == [True, True, 1]
    row = Owed.objects.get(rule="no-reader")
    assert (row.role, row.agency, row.alarm, row.due_at) == ("head_of_service", TEAM, "child_now", START + HOUR)
    look(START + 14 * HOUR)
    steps = Envelope.objects.filter(kind="duties.duty_escalated", coded__rule="no-reader").order_by("seq")
    assert [step.coded["role"] for step in steps] == ["director", "scrutineer", "inspectorate"]
    unread.say("head", reads(START, 48))
    assert Owed.objects.get(rule="no-reader").state == "met_late"
    assert [look(START + 47 * HOUR), gaps(), look(START + 49 * HOUR), gaps()] == [False, 1, True, 2]


def test_whoever_is_away_does_not_read(unread: Store) -> None:
    unread.say("team-manager", reads(START, 24 * 5))
    days = {"first": date(2026, 10, 5), "last": date(2026, 10, 7)}
    unread.say("team-manager", AbsenceNoted(user="front-door", cover="team-manager", **days))
    found = next_reading_time(START, TEAM)
    assert found.start == datetime(2026, 10, 7, 23, tzinfo=START.tzinfo)
    assert look(START)


def test_whoever_left_the_front_door_does_not_read(store: Store) -> None:
    append([machine_saying(RoleEnded(user="front-door", role="front_door", agency=TEAM), now())])
    assert (next_reading_time(START, TEAM), look(START)) == (None, True)


@pytest.mark.parametrize("by", ["front-door", "teacher", "manager", "signer", "admin", "scrutineer"])
def test_only_a_manager_of_the_front_door_sets_the_rota(store: Store, by: str) -> None:
    with pytest.raises(Denied):
        store.say(by, reads(START, 8))


@pytest.mark.parametrize("fact", [reads(START, 8, "teacher"), reads(START, 0), reads(START, 24 * 32)])
def test_a_time_that_nobody_could_read_is_refused(store: Store, fact: Any) -> None:
    with pytest.raises(Refused):
        store.say("team-manager", fact)


def withdraw(store: Store, line: Entry, by: str = "head", user: str = "front-door") -> Entry:
    """Withdraw a line of the rota."""
    return store.say(by, ReadingRotaWithdrawn(user=user, line=str(line.id), why="She is ill."), line).entry


def test_a_line_that_is_withdrawn_no_longer_counts_and_the_alarm_comes(unread: Store) -> None:
    today = unread.say("team-manager", reads(START, 8)).entry
    later = unread.say("team-manager", reads(START + 2 * DAY, 8)).entry
    assert (look(START), gaps()) == (False, 0)
    withdraw(unread, later)
    assert (next_reading_time(START, TEAM).entry, look(START)) == (today.id, False)
    withdraw(unread, today)
    assert (next_reading_time(START, TEAM), look(START), gaps()) == (None, True, 1)
    assert Owed.objects.get(rule="no-reader").state == "open"


def test_the_days_on_which_nobody_reads(unread: Store) -> None:
    line = unread.say("team-manager", reads(START, 8)).entry
    unread.say("team-manager", reads(START + DAY + 15 * HOUR, 8))
    assert days_unread(START, TEAM, 4) == [date(2026, 10, 6), date(2026, 10, 8)]
    withdraw(unread, line)
    assert days_unread(START, TEAM, 4) == [date(2026, 10, 5), date(2026, 10, 6), date(2026, 10, 8)]


@pytest.mark.parametrize("by", ["front-door", "teacher", "manager", "signer"])
def test_only_a_manager_of_the_front_door_withdraws(unread: Store, by: str) -> None:
    line = unread.say("team-manager", reads(START, 8)).entry
    with pytest.raises(Denied):
        withdraw(unread, line, by)
    assert next_reading_time(START, TEAM).entry == line.id


def test_what_is_no_line_or_is_withdrawn_already_is_refused(unread: Store) -> None:
    line, report = unread.say("team-manager", reads(START, 8)).entry, unread.report()
    withdraw(unread, line)
    for wrong in (line, report):
        with pytest.raises(Refused, match="no such line"):
            withdraw(unread, wrong)
    with pytest.raises(Refused):
        withdraw(unread, unread.say("team-manager", reads(START, 9)).entry, user="teacher")


def test_the_rota_comes_out_equal_without_a_line(store: Store) -> None:
    withdraw(store, store.say("team-manager", reads(START, 8)).entry)
    assert set(rebuild(check=True).values()) == {True}


def test_the_rota_comes_out_equal(store: Store) -> None:
    store.say("team-manager", reads(START, 8))
    assert set(rebuild(check=True).values()) == {True}
