"""Somebody reads the front door, or the watch says that nobody does: once for each gap, and at once."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from onrecord.access.actions import begin_anew, take_up_role
from onrecord.access.facts import AbsenceNoted, ReadingRotaSet, ReadingRotaWithdrawn, RoleEnded
from onrecord.access.models import Reading, User
from onrecord.access.queries import days_unread, next_reading_time, nobody_reads
from onrecord.access.rules import Denied
from onrecord.duties.actions import tick
from onrecord.duties.models import Owed
from onrecord.duties.queries import duties_as_at
from onrecord.ledger.actions import append, rebuild
from onrecord.ledger.facts import Entry, When
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.models import Envelope
from onrecord.ledger.queries import entry
from onrecord.ledger.rules.machine import machine_saying
from tests.pages.signing import make_real, with_password
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
    assert [look(START + 47 * HOUR), gaps()] == [False, 1]


def alarm() -> tuple[str, datetime, int]:
    """The one alarm there is: its state, when it fell due, and how many were told."""
    row = Owed.objects.get(rule="no-reader")
    return row.state, row.due_at - HOUR, row.rung


def withdraw_and_look(store: Store, line: Entry, moment: datetime) -> None:
    withdraw(store, line)
    look(moment)


def test_whoever_sets_a_line_and_withdraws_it_again_and_again_leaves_the_first_alarm_open(unread: Store) -> None:
    look(START)
    for number in range(4):
        moment = START + number * HOUR / 4
        with playing(moment):
            line = unread.say("team-manager", reads(moment, 72)).entry
        assert alarm()[0] == "met"
        with playing(moment + HOUR / 8):
            withdraw_and_look(unread, line, moment + HOUR / 8)
        assert alarm() == ("open", START, 0)
    look(START + 14 * HOUR)
    assert (alarm(), gaps()) == (("open", START, 3), 1)
    assert [table for table, same in rebuild(check=True).items() if not same] == ["access_reading"]


def away_from_tomorrow(store: Store) -> None:
    days = {"first": date(2026, 10, 6), "last": date(2026, 10, 9)}
    store.say("head", AbsenceNoted(user="front-door", cover="team-manager", **days))


def gone(store: Store) -> None:
    append([machine_saying(RoleEnded(user="front-door", role="front_door", agency=TEAM), now())])


def locked_out(store: Store) -> None:
    User.objects.filter(username="front-door").update(is_active=False)


@pytest.mark.parametrize("stops", [away_from_tomorrow, gone, locked_out, lambda store: None])
def test_a_reader_who_does_not_come_leaves_the_first_alarm_open(unread: Store, stops: Callable[[Store], None]) -> None:
    look(START)
    with playing(START + HOUR / 2):
        unread.say("head", reads(START, 48))
        assert alarm() == ("met", START, 0)
        stops(unread)
    for hours in (12, 20, 49):
        look(START + hours * HOUR)
    assert (alarm(), gaps()) == (("open", START, 3), 1)
    with playing(START + 50 * HOUR):
        take_up_role("second-reader", "Ama Field", "front_door", TEAM, date(2026, 1, 1), now())
        unread.say("head", reads(START + 50 * HOUR, 48, "second-reader"))
    assert alarm() == ("met_late", START, 3)


def test_a_gap_after_a_week_of_reading_is_a_new_one(unread: Store) -> None:
    look(START)
    with playing(START + HOUR / 2):
        line = unread.say("head", reads(START, 24 * 20)).entry
    with playing(START + 8 * DAY):
        withdraw_and_look(unread, line, START + 8 * DAY)
    found = Owed.objects.filter(rule="no-reader").order_by("due_at").values_list("state", "due_at")
    assert list(found) == [("met", START + HOUR), ("open", START + 8 * DAY + HOUR)]


def test_what_was_owed_on_a_day_before_the_line_was_withdrawn_stays_as_it_was(unread: Store) -> None:
    look(START)
    with playing(START + HOUR / 2):
        line = unread.say("head", reads(START, 48)).entry
    with playing(START + 2 * HOUR):
        withdraw_and_look(unread, line, START + 2 * HOUR)
    known = [
        {duty.rule.id: duty.state for duty in duties_as_at(moment, moment)}["no-reader"]
        for moment in (START + HOUR / 4, START + HOUR, START + 3 * HOUR)
    ]
    assert known == ["open", "met", "late"]


@pytest.mark.parametrize(
    ("starts", "hours", "said"),
    [
        (30, 48, "Nobody reads from Monday 5 October, 09:00 until Tuesday 6 October, 15:00. Until somebody does"),
        (0, 8, "Nobody reads from Monday 5 October, 17:00 on. Until somebody does, the alarm stays."),
    ],
)
def test_a_line_that_leaves_a_gap_is_no_answer_and_the_gap_is_said(
    unread: Store, starts: float, hours: float, said: str
) -> None:
    look(START)
    line, found = reads(START + starts * HOUR, hours), entry(Owed.objects.get(rule="no-reader").opening)
    with pytest.raises(Refused, match=said):
        unread.say("head", line, found)
    assert not Reading.objects.exists()
    unread.say("head", line)
    assert (alarm(), Reading.objects.count()) == (("open", START, 0), 1)


def test_two_lines_together_are_an_answer(unread: Store) -> None:
    look(START)
    unread.say("head", reads(START, 8))
    assert alarm()[0] == "open"
    unread.say("head", reads(START + DAY, 8))
    assert alarm()[0] == "met"


def test_whoever_cannot_sign_in_is_not_put_on_the_rota(unread: Store, fresh_home: Any, monkeypatch: Any) -> None:
    make_real(fresh_home, monkeypatch)
    with pytest.raises(Refused, match="cannot sign in"):
        unread.say("head", reads(START, 8))
    with_password("front-door")
    assert unread.say("head", reads(START, 8)).entry.id == next_reading_time(START, TEAM).entry
    assert not nobody_reads(START, TEAM)
    begin_anew("front-door", START)
    assert (next_reading_time(START, TEAM), nobody_reads(START, TEAM)) == (None, True)


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
