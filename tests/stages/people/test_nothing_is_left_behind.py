"""Somebody leaves, is away, or hands over: every open duty has an owner, and no clock moves."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.access.actions import take_up_role
from onrecord.access.facts import AbsenceNoted, RoleEnded, RoleHeld, VacancyAnswered
from onrecord.access.models import Agency
from onrecord.access.queries import holders, proposals
from onrecord.access.rules import Denied
from onrecord.duties.actions import record, tick
from onrecord.duties.facts import DutyReassigned
from onrecord.duties.models import Owed
from onrecord.duties.queries import duty, mine
from onrecord.ledger.actions import append, rebuild
from onrecord.ledger.facts import Entry, Fact, Seconded
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.models import Envelope
from onrecord.ledger.queries import entry
from onrecord.ledger.rules.machine import machine_saying
from tests.partnership import PEOPLE, START, Store

DAY = timedelta(days=1)
WORKER = {"user": "second-worker", "role": "practitioner", "agency": "social-care"}


def second_worker() -> None:
    take_up_role("second-worker", "Ama Field", "practitioner", "social-care", date(2026, 1, 1), now())


def leaves(store: Store, user: str, role: str, agency: str, by: str = "team-manager") -> None:
    """A role ends, by two people."""
    made = store.say(by, RoleEnded(user=user, role=role, agency=agency, why="They move away.")).entry
    store.say("signer" if by != "manager" else "scrutineer", Seconded(why="So it is."), made)


def assessment(store: Store) -> Owed:
    """The social worker's duty that follows a decision."""
    made = store.report(concern="harm_at_home")
    store.decide(made, concern="harm_at_home")
    return Owed.objects.get(rule="assessment")


def hand_over(store: Store, row: Owed, holder: str) -> None:
    opened = entry(row.opening)
    store.say("team-manager", DutyReassigned(duty=str(row.key), holder=holder, why="Leave."), opened)


def keys(views: list[Any]) -> set[UUID]:
    return {view.key for view in views}


def test_what_was_handed_to_a_leaver_is_back_with_the_role(store: Store) -> None:
    second_worker()
    row = assessment(store)
    hand_over(store, row, "second-worker")
    assert row.key not in keys(mine(store.viewer("social-worker"), START))
    leaves(store, **WORKER)
    after = Owed.objects.get(key=row.key)
    assert (after.holder, after.due_at, after.state) == ("", row.due_at, "open")
    assert row.key in keys(mine(store.viewer("social-worker"), START))
    assert set(rebuild(check=True).values()) == {True}


def test_whoever_comes_back_is_not_handed_their_old_duties_again(store: Store) -> None:
    second_worker()
    row = assessment(store)
    hand_over(store, row, "second-worker")
    leaves(store, **WORKER)
    with playing(START + DAY):
        second_worker()
    assert Owed.objects.get(key=row.key).holder == ""
    hand_over(store, row, "second-worker")
    assert Owed.objects.get(key=row.key).holder == "second-worker"
    assert set(rebuild(check=True).values()) == {True}


def found_empty() -> list[tuple[str, str, str]]:
    rows = Envelope.objects.filter(kind="access.role_found_empty").order_by("seq")
    return [(row.coded["role"], row.coded["agency"], row.coded["up"]) for row in rows]


@pytest.mark.parametrize(
    ("user", "up", "owed_by"),
    [
        ("social-worker", "team_manager", "social-care"),
        ("team-manager", "head_of_service", "social-care"),
        ("head", "director", "social-care"),
        ("director", "business_manager", "partnership"),
        ("teacher", "business_manager", "partnership"),
    ],
)
def test_an_empty_role_is_owed_by_the_next_manager_up_and_climbs(
    store: Store, user: str, up: str, owed_by: str
) -> None:
    _, role, agency = PEOPLE[user]
    leaves(store, user, role, agency, "manager")
    tick(START, sign=False), tick(START + DAY, sign=False)
    assert found_empty() == [(role, agency, up)]
    row = Owed.objects.get(rule__startswith="empty-role")
    assert (row.role, row.agency) == (up, owed_by)
    late = row.due_at + timedelta(days=30)
    with playing(late):
        tick(late, sign=False)
    steps = Envelope.objects.filter(kind="duties.duty_escalated", coded__duty=str(row.key)).order_by("seq")
    assert [step.coded["role"] for step in steps][-2:] == ["scrutineer", "inspectorate"]


def test_a_role_that_somebody_else_holds_is_not_empty(store: Store) -> None:
    second_worker()
    leaves(store, **WORKER)
    assert (tick(START, sign=False).roles_empty, found_empty()) == (0, [])


def test_taking_the_role_up_answers_and_the_next_vacancy_is_said_again(store: Store) -> None:
    leaves(store, "social-worker", "practitioner", "social-care")
    tick(START, sign=False)
    said = {"name": "Ama Field", "since": START.date(), "why": "She was chosen."}
    made = store.say("team-manager", RoleHeld(**WORKER, **said)).entry
    assert Owed.objects.get(rule="empty-role").state == "open"
    store.say("signer", Seconded(why="Good."), made)
    assert Owed.objects.get(rule="empty-role").state == "met"
    tick(START, sign=False)
    assert len(found_empty()) == 1
    leaves(store, **WORKER)
    tick(START, sign=False)
    assert len(found_empty()) == 2


def test_the_manager_may_say_who_does_the_work(store: Store) -> None:
    leaves(store, "social-worker", "practitioner", "social-care")
    tick(START, sign=False)
    row = Owed.objects.get(rule="empty-role")
    answer = VacancyAnswered(how="covered", words="The team manager holds the three children until Monday.")
    with pytest.raises(Denied):
        store.say("teacher", answer, entry(row.opening))
    store.say("team-manager", answer, entry(row.opening))
    assert Owed.objects.get(key=row.key).state == "met"
    again = Owed.objects.get(rule="empty-role", occurrence=2)
    assert (again.state, again.due_at) == ("open", datetime(2026, 11, 3, tzinfo=UTC))
    store.say("team-manager", RoleHeld(**WORKER, name="Ama Field", since=START.date(), why="She was chosen."))
    (held,) = proposals()
    store.say("signer", Seconded(why="Good."), entry(held.id))
    assert set(Owed.objects.filter(rule="empty-role").values_list("state", flat=True)) == {"met"}


def away(**changed: Any) -> AbsenceNoted:
    days = {"first": date(2026, 10, 6), "last": date(2026, 10, 9)}
    return AbsenceNoted(**{"user": "second-worker", "cover": "social-worker", **days, **changed})


def test_while_somebody_is_away_the_cover_sees_what_was_handed_to_them_and_nothing_moves(store: Store) -> None:
    second_worker()
    row = assessment(store)
    hand_over(store, row, "second-worker")
    store.say("second-worker", away())
    views = {
        days: [
            row.key in keys(mine(store.viewer(user), START + days * DAY)) for user in ("social-worker", "second-worker")
        ]
        for days in (0, 1, 4, 5)
    }
    assert views == {0: [False, True], 1: [True, True], 4: [True, True], 5: [False, True]}
    assert duty(store.viewer("social-worker"), row.key, START + DAY).owed_by(store.viewer("social-worker"))
    after = Owed.objects.get(key=row.key)
    assert (after.holder, after.due_at, after.look_at) == ("second-worker", row.due_at, row.look_at)
    assert set(rebuild(check=True).values()) == {True}


@pytest.mark.parametrize("by", ["teacher", "front-door", "officer", "admin"])
def test_nobody_else_notes_an_absence(store: Store, by: str) -> None:
    second_worker()
    with pytest.raises(Denied):
        store.say(by, away())


@pytest.mark.parametrize("changed", [{"cover": "second-worker"}, {"cover": "teacher"}, {"last": date(2026, 10, 5)}])
def test_an_absence_that_makes_no_sense_is_refused(store: Store, changed: Any) -> None:
    second_worker()
    with pytest.raises(Refused):
        store.say("team-manager", away(**changed))


MOVES = st.lists(
    st.tuples(
        st.sampled_from(["take up", "leave", "hand over", "report", "look"]),
        st.sampled_from(["social-worker", "second-worker", "third-worker", "front-door", "team-manager"]),
        st.integers(0, 20),
    ),
    min_size=1,
    max_size=12,
)
ROLE = {"front-door": "front_door", "team-manager": "team_manager"}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MOVES)
def test_every_open_duty_always_has_an_owner_and_its_clock_never_moves(
    store: Store, moves: list[tuple[str, str, int]]
) -> None:
    mark = transaction.savepoint()
    try:
        _live(store, moves)
    finally:
        transaction.savepoint_rollback(mark)


def _live(store: Store, moves: list[tuple[str, str, int]]) -> None:
    store.decide(store.report(concern="harm_at_home"), concern="harm_at_home")
    known: dict[UUID, Any] = {}
    agencies = set(Agency.objects.values_list("id", flat=True))
    acts: dict[str, Callable[[str, int], None]] = {
        "take up": lambda user, _: _take_up(user),
        "leave": lambda user, _: _say(RoleEnded(user=user, role=_role(user), agency="social-care")),
        "hand over": _hand,
        "report": lambda user, _: _report(store),
        "look": lambda user, hours: _look(START + timedelta(hours=hours)),
    }
    for what, user, number in moves:
        acts[what](user, number)
        for row in Owed.objects.filter(state="open"):
            assert known.setdefault(row.key, row.due_at) == row.due_at
            assert (row.role != "", row.agency in agencies) == (True, True)
            assert row.holder == "" or row.holder in holders(row.role, row.agency)
    assert known.keys() <= set(Owed.objects.values_list("key", flat=True))
    assert set(rebuild(check=True).values()) == {True}


def _role(user: str) -> str:
    return ROLE.get(user, "practitioner")


def _take_up(user: str) -> None:
    if user not in holders(_role(user), "social-care"):
        since = {"agency": "social-care", "since": date(2026, 1, 1)}
        _say(RoleHeld(user=user, name=user.title(), role=_role(user), **since))


def _say(fact: Fact) -> Entry:
    return append([machine_saying(fact, now(), uid=uuid4())])[0]


def _hand(user: str, number: int) -> None:
    rows = list(Owed.objects.filter(state="open", role=_role(user), agency="social-care").order_by("key"))
    if rows and user in holders(_role(user), "social-care"):
        row = rows[number % len(rows)]
        fact = DutyReassigned(duty=str(row.key), holder=user, why="Leave.")
        record(Store().viewer("head"), fact, uid=uuid4(), now=now(), regarding=[row.opening])


def _report(store: Store) -> None:
    store.report()


def _look(moment: Any) -> None:
    with playing(moment):
        tick(moment, sign=False)
