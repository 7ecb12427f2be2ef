"""What is not answered climbs to a new person, and ends outside. What did not arrive is itself overdue."""

from datetime import timedelta

import pytest

from onrecord.access.actions import accept_seat
from onrecord.access.facts import RoleEnded
from onrecord.duties.actions import Ticked, tick
from onrecord.duties.models import Owed
from onrecord.intake.facts import ReportAcknowledged
from onrecord.ledger.actions import append
from onrecord.ledger.facts import Entry
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.models import Envelope
from onrecord.ledger.queries import entry
from onrecord.ledger.rules.machine import machine_saying
from onrecord.notices import actions as notices
from onrecord.notices.gateway import NotDelivered
from onrecord.notices.models import Notice
from tests.partnership import PEOPLE, START, Store

LADDER = ["team_manager", "head_of_service", "director", "scrutineer", "inspectorate"]


def look(hours: int) -> Ticked:
    """The watch looks, that many hours after START."""
    moment = START + timedelta(hours=hours)
    with playing(moment):
        return tick(moment, sign=False)


def told(made: Entry, rule: str) -> list[dict[str, object]]:
    """Every step of a duty that this entry opened, in order."""
    rows = Envelope.objects.filter(kind="duties.duty_escalated").order_by("seq").values_list("uid", "coded")
    return [coded for uid, coded in rows if made.id in entry(uid).saying.regarding and coded["rule"] == rule]


def leave(user: str) -> None:
    _, role, agency = PEOPLE[user]
    append([machine_saying(RoleEnded(user=user, role=role, agency=agency), now())])


def test_an_unanswered_report_climbs_to_both_bodies_outside(store: Store) -> None:
    made = store.report()
    look(24 * 10)
    assert [step["role"] for step in told(made, "decide-next-step")] == LADDER


def test_each_step_is_taken_at_its_own_time_and_no_sooner(store: Store) -> None:
    made = store.report()
    due = Owed.objects.get(opening=made.id, rule="decide-next-step").due_at
    counts: list[int] = []
    for hours in (-1, 0, 3, 4, 12, 24, 47, 48, 500):
        with playing(due + timedelta(hours=hours)):
            tick(due + timedelta(hours=hours), sign=False)
        counts.append(len(told(made, "decide-next-step")))
    assert counts == [0, 1, 1, 2, 3, 4, 4, 5, 5]


def test_a_watch_that_slept_takes_every_step_and_says_when_each_was_due(store: Store) -> None:
    made = store.report()
    due = Owed.objects.get(opening=made.id, rule="decide-next-step").due_at
    look(24 * 30)
    rows = Envelope.objects.filter(kind="duties.duty_escalated", coded__rule="decide-next-step").order_by("seq")
    assert [row.happened_at - due for row in rows] == [timedelta(hours=hours) for hours in (0, 4, 12, 24, 48)]


def test_an_answer_stops_the_climb(store: Store) -> None:
    made = store.report()
    store.say("front-door", ReportAcknowledged(how="phone"), made)
    look(24 * 60)
    assert told(made, "acknowledge-referral") == []


def test_looking_again_tells_nobody_twice(store: Store) -> None:
    store.report()
    first, again = look(24 * 10), look(24 * 10)
    assert (first.escalated > 0, again.escalated, again.delivered) == (True, 0, 0)


def test_whoever_is_told_gets_one_notice(store: Store) -> None:
    made = store.report()
    look(24 * 10)
    people = [user for step in told(made, "decide-next-step") for user in step["told"]]
    assert people == ["team-manager", "head", "director", "scrutineer", "inspectorate"]
    assert {user: Notice.objects.filter(recipient=user).exclude(delivered_at=None).exists() for user in people} == (
        dict.fromkeys(people, True)
    )


def test_a_notice_names_nobody(store: Store, mailoutbox: list[object]) -> None:
    store.report()
    look(24 * 10)
    sent = "\n".join(f"{message.subject}\n{message.body}" for message in mailoutbox)
    words = ("Zephyrine", "Quillfeather", "marmalade", "exploitation", "ZZ9", "teacher", "Hill School")
    assert ([word for word in words if word in sent], "Decide what happens next" in sent) == ([], True)


def test_a_notice_that_did_not_arrive_is_overdue_itself(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*said: str) -> None:
        raise NotDelivered("planted")

    monkeypatch.setattr(notices, "send", refused)
    store.report()
    for hours in (40, 41, 42, 44, 46):
        look(hours)
    failed = Envelope.objects.filter(kind="notices.notice_failed", coded__recipient="team-manager").first()
    assert failed.coded["cause"] == "refused"
    assert Owed.objects.get(opening=failed.uid).rule == "undelivered-notice"
    look(24 * 4)
    assert told(entry(failed.uid), "undelivered-notice")[0]["role"] == "scrutineer"


def test_a_mail_system_that_fails_for_one_does_not_silence_the_others(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached: list[str] = []

    def some(address: str, *said: str) -> None:
        if address.startswith("team-manager"):
            raise NotDelivered("planted")
        reached.append(address)

    monkeypatch.setattr(notices, "send", some)
    store.report()
    look(24 * 10)
    assert {"head@northbrook.example", "scrutineer@northbrook.example"} <= set(reached)


def test_an_empty_seat_inside_is_climbed_past(store: Store) -> None:
    leave("team-manager")
    made = store.report()
    look(24 * 10)
    steps = told(made, "decide-next-step")
    assert [(step["role"], bool(step["told"])) for step in steps] == [(role, role != "team_manager") for role in LADDER]


def test_an_empty_seat_outside_is_overdue_itself(store: Store) -> None:
    leave("scrutineer")
    assert look(1).seats_vacant == 1
    found = Envelope.objects.get(kind="duties.seat_found_vacant")
    assert (found.coded["role"], Owed.objects.get(opening=found.uid).rule) == ("scrutineer", "vacant-seat")
    look(24 * 7)
    assert [step["role"] for step in told(entry(found.uid), "vacant-seat")] == ["scrutineer", "inspectorate"]


def test_a_vacancy_is_said_once_and_a_new_one_again(store: Store) -> None:
    leave("scrutineer")
    look(1), look(2)
    first = Envelope.objects.get(kind="duties.seat_found_vacant")
    accept_seat(store.viewer("inspectorate"), "scrutineer", START, (first.uid,))
    look(3), look(4)
    assert Envelope.objects.filter(kind="duties.seat_found_vacant").count() == 2


def test_accepting_one_seat_does_not_fill_the_other(store: Store) -> None:
    """The wrong seat was accepted in answer: the vacancy is found again, and the watch goes on."""
    leave("inspectorate")
    look(1)
    found = Envelope.objects.get(kind="duties.seat_found_vacant")
    accept_seat(store.viewer("scrutineer"), "scrutineer", START, (found.uid,))
    done = look(2)
    assert (done.seats_vacant, Envelope.objects.filter(kind="duties.seat_found_vacant").count()) == (1, 2)


def test_one_duty_that_cannot_be_worked_out_holds_up_no_other(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    made, poisoned = store.report(), store.report()
    Owed.objects.filter(opening=poisoned.id).update(edition="0" * 64)
    done = look(24 * 10)
    assert (done.stuck > 0, [step["role"] for step in told(made, "decide-next-step")]) == (True, LADDER)
