"""By which way people are told is on record. Another takes effect once somebody outside says that it reaches them."""

from datetime import timedelta
from typing import Any

import pytest

from onrecord.access.rules import Denied
from onrecord.duties.actions import tick
from onrecord.duties.actions.people import tell_outside
from onrecord.duties.models import Owed
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.models import Envelope
from onrecord.ledger.queries import entries
from onrecord.notices import actions as notices
from onrecord.notices import queries
from onrecord.notices.facts import ChannelAnswered
from onrecord.notices.gateway import NoAnswer, NotDelivered, Way, send, way_set
from onrecord.notices.models import Notice
from onrecord.notices.rules import Item
from tests.partnership import PEOPLE, START, Store

OUTSIDE = {"scrutineer", "inspectorate"}
ADDRESSES = {f"{user}@northbrook.example" for user in OUTSIDE}
OLD, NEW = "mail.northbrook.example", "elsewhere.example"
BROKEN: set[str] = set()
ARRIVES, DOES_NOT = ChannelAnswered(arrives="yes"), ChannelAnswered(arrives="no", words="Nothing since Monday.")


@pytest.fixture
def changed(store: Store, settings: Any, monkeypatch: Any) -> Any:
    """A real record, whose mail goes to another machine from its second look on."""
    for stage in ("gateway", "actions"):
        monkeypatch.setattr(f"onrecord.notices.{stage}.is_demo", lambda: False)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.EMAIL_HOST = OLD
    tick(START, sign=False)
    settings.EMAIL_HOST = NEW
    tick(START, sign=False)
    return entries([named()[-1].uid])[0]


def named() -> list[Envelope]:
    return list(Envelope.objects.filter(kind="notices.channel_named").order_by("seq"))


def told() -> set[str]:
    rows = Notice.objects.filter(item__news__startswith="Another mail system")
    return set(rows.values_list("recipient", flat=True))


def test_another_way_is_on_record_told_outside_and_asked_of_the_scrutineer(changed: Any) -> None:
    assert [row.coded.get("changed") for row in named()] == [None, "yes"]
    assert told() == OUTSIDE
    assert [(row.rule, row.role, row.state) for row in Owed.objects.filter(opening=changed.id)] == [
        ("channel-changed", "scrutineer", "open")
    ]


def test_the_same_way_is_said_once(changed: Any) -> None:
    tick(START + timedelta(minutes=1), sign=False)
    assert (len(named()), len(told())) == (2, 2)


@pytest.mark.parametrize("user", sorted(set(PEOPLE) - OUTSIDE))
def test_nobody_inside_answers_for_them(changed: Any, store: Store, user: str) -> None:
    with pytest.raises(Denied):
        store.say(user, ARRIVES, changed)
    assert Owed.objects.get(opening=changed.id).state == "open"


def test_that_they_arrive_meets_it_and_that_they_do_not_climbs(changed: Any, store: Store) -> None:
    store.say("scrutineer", DOES_NOT, changed)
    late = Owed.objects.get(opening=changed.id)
    assert late.state == "open"
    with playing(late.due_at):
        tick(late.due_at, sign=False)
        steps = Envelope.objects.filter(kind="duties.duty_escalated", coded__rule="channel-changed")
        assert [row.coded["told"] for row in steps] == [["inspectorate"]]
        store.say("scrutineer", ARRIVES, changed)
    assert Owed.objects.get(opening=changed.id).state == "met_late"


@pytest.fixture
def gone_by(changed: Any, monkeypatch: Any) -> list[tuple[str, str]]:
    """By which machine each message went, and whether it is about the way, from here on."""
    found: list[tuple[str, str]] = []

    def handing(address: str, subject: str, body: str, by: Way) -> None:
        if by.host in BROKEN:
            raise NotDelivered("closed")
        found.append((by.host, body.rpartition("\nThis copy ")[2].strip() if "This copy" in body else ""))

    monkeypatch.setattr(notices, "send", handing)
    return found


def say_something(store: Store) -> None:
    """A message to everybody outside, and the look that sends it."""
    made = store.report()
    at = START + timedelta(minutes=2)
    tell_outside(made, "Something to hear of.", at)
    tick(at, sign=False)


def test_until_somebody_outside_hears_by_it_the_old_one_is_used(gone_by: Any, store: Store) -> None:
    say_something(store)
    assert {host for host, _ in gone_by} == {OLD}
    store.say("scrutineer", DOES_NOT, entries([named()[-1].uid])[0])
    say_something(store)
    assert {host for host, _ in gone_by} == {OLD}


@pytest.mark.parametrize("user", sorted(OUTSIDE))
def test_what_reaches_them_takes_effect_until_it_does_not(gone_by: Any, store: Store, user: str) -> None:
    made = entries([named()[-1].uid])[0]
    store.say(user, ARRIVES, made)
    say_something(store)
    assert {host for host, _ in gone_by} == {NEW}
    gone_by.clear()
    store.say("scrutineer", DOES_NOT, made)
    say_something(store)
    assert {host for host, _ in gone_by} == {OLD}


def test_what_no_longer_takes_anything_silences_nobody(gone_by: Any, store: Store, monkeypatch: Any) -> None:
    monkeypatch.setattr(f"{__name__}.BROKEN", {OLD})
    say_something(store)
    assert {host for host, _ in gone_by} == {NEW}
    assert not Notice.objects.exclude(try_at=None).filter(single=True).exists()


def test_one_that_is_gone_or_set_wrong_stops_neither_the_watch_nor_the_other(
    changed: Any, store: Store, settings: Any, mailoutbox: Any
) -> None:
    settings.EMAIL_BACKEND = "gone.with.its.Package"
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = True
    say_something(store)
    assert {to for mail in mailoutbox for to in mail.to if "Something" in mail.body} == ADDRESSES
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with pytest.raises(NotDelivered):
        send("edith@vale.example", "Subject", "Body", way_set())


def test_one_that_was_agreed_to_and_is_gone_stops_nobody(
    store: Store, settings: Any, monkeypatch: Any, mailoutbox: Any
) -> None:
    for stage in ("gateway", "actions"):
        monkeypatch.setattr(f"onrecord.notices.{stage}.is_demo", lambda: False)
    settings.EMAIL_BACKEND = "gone.with.its.Package"
    tick(START, sign=False)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    say_something(store)
    assert {to for mail in mailoutbox for to in mail.to if "Something" in mail.body} == ADDRESSES


def test_one_that_does_not_answer_is_left_alone_for_the_rest_of_a_round(
    changed: Any, store: Store, monkeypatch: Any
) -> None:
    tried: list[str] = []

    def handing(address: str, subject: str, body: str, by: Way) -> None:
        tried.append(by.host)
        if by.host == OLD:
            raise NoAnswer("timed out")

    monkeypatch.setattr(notices, "send", handing)
    made = store.report()
    for user in PEOPLE:
        address, item = f"{user}@northbrook.example", Item("x", "", "", "", "News")
        notices.queue(str(made.id), user, address, item, START, START, single=False)
    notices.deliver(START + timedelta(days=2))
    assert (tried.count(OLD), tried.count(NEW)) == (notices.SILENT, len(PEOPLE))


def test_however_often_another_is_set_the_one_that_was_agreed_to_is_used(
    gone_by: Any, store: Store, settings: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(queries, "NAMED", 2)
    for number in range(5):
        settings.EMAIL_HOST = f"{number}.example"
        tick(START, sign=False)
    gone_by.clear()
    say_something(store)
    assert {host for host, copy in gone_by if not copy} == {OLD}


def test_a_message_about_the_way_goes_by_both_and_says_by_which(gone_by: Any, store: Store, settings: Any) -> None:
    settings.EMAIL_HOST = "third.example"
    tick(START + timedelta(minutes=2), sign=False)
    about = {(host, copy) for host, copy in gone_by if copy}
    assert about == {(OLD, "came by the old mail system."), ("third.example", "came by the new mail system.")}


def test_a_demonstration_has_no_way_to_change(store: Store, settings: Any) -> None:
    tick(START, sign=False)
    settings.EMAIL_HOST = "elsewhere.example"
    tick(START, sign=False)
    assert named() == []
