"""Somebody who does not work with a child gives a reason, sees the file for a day, and is asked about it."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from onrecord.access.actions import take_up_role
from onrecord.access.facts import GlassBroken, GlassReviewed
from onrecord.access.rules import Denied
from onrecord.case.actions import NotTheirs, break_the_glass, open_file
from onrecord.case.queries import Asked, ChildFile
from onrecord.duties.actions import Unanswerable, tick
from onrecord.duties.queries import owed_for
from onrecord.ledger.facts import Entry, mention_of
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.models import Envelope
from onrecord.ledger.queries import NoSuchEntry, latest, size
from onrecord.notices.models import Notice
from tests.partnership import START, Store

BROKEN = GlassBroken(why="danger_now", reason="The mother rang the ward about a marmalade-coloured car.")
PROPER = GlassReviewed(finding="proper", words="The ward could not wait.")


def child(made: Entry) -> UUID:
    return mention_of(made.id, "child")


def opened(store: Store, user: str, mention: UUID) -> ChildFile:
    return open_file(store.viewer(user), mention, Asked(), now())


def broken(store: Store, user: str = "nurse") -> tuple[Entry, Entry]:
    """A report, and the glass that somebody broke to read of its child."""
    made = store.report()
    return made, break_the_glass(store.viewer(user), child(made), BROKEN, uuid4(), now())


def test_without_a_reason_the_file_stays_shut(store: Store) -> None:
    made, before = store.report(), size("reads")
    with pytest.raises(NotTheirs):
        opened(store, "nurse", child(made))
    assert size("reads") == before


def test_with_a_reason_it_is_open_for_a_day_and_the_read_says_so(store: Store) -> None:
    made, _ = broken(store)
    assert opened(store, "nurse", child(made)).reference == str(child(made))[:8]
    fact = latest("reads", 1)[0].saying.fact
    assert (fact.what, fact.reason) == ("chronology", "Opened without working with the child")
    with playing(START + timedelta(hours=23, minutes=59)):
        opened(store, "nurse", child(made))
    with playing(START + timedelta(hours=24)), pytest.raises(NotTheirs):
        opened(store, "nurse", child(made))


def test_it_opens_to_nobody_else_and_no_other_file(store: Store) -> None:
    made, _ = broken(store)
    other = store.report(child={"given_name": "Ottoline", "family_name": "Marsh"})
    for user, mention in (("officer", child(made)), ("nurse", child(other))):
        with pytest.raises(NotTheirs):
            opened(store, user, mention)


def test_the_reason_is_sealed_and_the_business_manager_is_told_without_it(store: Store) -> None:
    _, glass = broken(store)
    assert Envelope.objects.get(uid=glass.id).coded == {"why": "danger_now"}
    notices = list(Notice.objects.values_list("recipient", "item"))
    assert [recipient for recipient, _ in notices] == ["manager"]
    assert notices[0][1]["reference"] == str(glass.id)[:8]
    assert "marmalade" not in str(notices)


def test_a_review_is_owed_within_a_working_day_and_its_answer_meets_it(store: Store) -> None:
    _, glass = broken(store)
    (duty,) = owed_for([glass.id], now())[glass.id]
    assert (duty.rule.id, duty.role, duty.agency) == ("break-glass-review", "business_manager", "partnership")
    store.say("manager", PROPER, glass)
    assert owed_for([glass.id], now())[glass.id][0].state == "met"


def test_a_review_that_nobody_makes_reaches_the_scrutineer(store: Store) -> None:
    _, glass = broken(store)
    with playing(START + timedelta(days=3)):
        tick(now())
        assert owed_for([glass.id], now())[glass.id][0].rung == 1


@pytest.mark.parametrize("user", ["nurse", "front-door", "director", "scrutineer"])
def test_only_the_business_manager_reviews(user: str, store: Store) -> None:
    _, glass = broken(store)
    with pytest.raises(Denied):
        store.say(user, PROPER, glass)


def test_nobody_reviews_what_they_opened_themselves(store: Store) -> None:

    take_up_role("nurse", "Ines Fallow", "business_manager", "partnership", date(2026, 1, 1), now())
    _, glass = broken(store)
    with pytest.raises(Denied, match="yourself"):
        store.say("nurse", PROPER, glass)
    store.say("manager", PROPER, glass)


@pytest.mark.parametrize("user", ["admin", "manager", "scrutineer", "inspectorate", "analyst", "licensing", "signer"])
def test_who_does_not_work_with_children_cannot_break_it(user: str, store: Store) -> None:
    made, before = store.report(), size()
    for mention in (child(made), uuid4()):
        with pytest.raises(Denied, match="Only people who work with children"):
            break_the_glass(store.viewer(user), mention, BROKEN, uuid4(), now())
        with pytest.raises(Denied, match="Only people who work with children"):
            opened(store, user, mention)
    assert size() == before


def test_where_there_is_no_child_there_is_nothing_to_break(store: Store) -> None:
    with pytest.raises(NoSuchEntry):
        break_the_glass(store.viewer("nurse"), uuid4(), BROKEN, uuid4(), now())


def test_it_is_not_said_through_the_ordinary_door(store: Store) -> None:
    made = store.report()
    with pytest.raises(Denied, match="by the machine"):
        store.say("nurse", BROKEN, about=[child(made)])


def test_what_was_not_opened_cannot_be_reviewed(store: Store) -> None:
    with pytest.raises(Unanswerable):
        store.say("manager", PROPER)


def test_those_who_read_the_file_do_not_see_who_else_did(store: Store) -> None:
    made, _ = broken(store)
    with playing(START + timedelta(days=3)):
        tick(now())
        file = opened(store, "front-door", child(made))
    assert {item.title for item in file.items} == {"Report", "Duty not met: somebody new was told"}
    assert [item for item in file.items if "file" in item.text] == []
    assert "break-glass-review" not in {view.rule.id for view in file.owed}
