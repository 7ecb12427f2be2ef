"""By which way the people outside are told is on record. Another one is told to them, and silence about it climbs."""

from datetime import timedelta
from typing import Any

import pytest

from onrecord.access.rules import Denied
from onrecord.duties.actions import tick
from onrecord.duties.models import Owed
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.models import Envelope
from onrecord.ledger.queries import entries
from onrecord.notices.facts import ChannelAnswered
from onrecord.notices.models import Notice
from tests.partnership import PEOPLE, START, Store

OUTSIDE = {"scrutineer", "inspectorate"}
ARRIVES, DOES_NOT = ChannelAnswered(arrives="yes"), ChannelAnswered(arrives="no", words="Nothing since Monday.")


@pytest.fixture
def changed(store: Store, settings: Any, monkeypatch: Any) -> Any:
    """A real record, whose mail goes to another machine from its second look on."""
    monkeypatch.setattr("onrecord.notices.gateway.is_demo", lambda: False)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.EMAIL_HOST = "mail.northbrook.example"
    tick(START, sign=False)
    settings.EMAIL_HOST = "elsewhere.example"
    tick(START, sign=False)
    return entries([named()[-1].uid])[0]


def named() -> list[Envelope]:
    return list(Envelope.objects.filter(kind="notices.channel_named").order_by("seq"))


def told() -> set[str]:
    rows = Notice.objects.filter(item__news__startswith="The mail system")
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


def test_a_demonstration_has_no_way_to_change(store: Store, settings: Any) -> None:
    tick(START, sign=False)
    settings.EMAIL_HOST = "elsewhere.example"
    tick(START, sign=False)
    assert named() == []
