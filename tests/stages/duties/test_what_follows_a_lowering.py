"""What follows a lowering: the worker is told, one in twenty is read again blind, many at once are told outside."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from onrecord.access.facts import RoleEnded
from onrecord.access.rules import Denied
from onrecord.duties.actions import lowerings, tick
from onrecord.duties.facts import (
    BulkLoweringFound,
    LoweringReread,
    LoweringTold,
    LoweringTookEffect,
    RereadAnswered,
)
from onrecord.duties.queries import mine, owed_for
from onrecord.intake.facts import DecisionMade
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Entry
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.gateway.keys import drawn
from onrecord.ledger.models import Envelope
from onrecord.ledger.queries import entry
from onrecord.notices.models import Notice
from tests.partnership import DECISION, START, Store
from tests.stages.duties.test_lowering import AGREED, GOOD, assessed, child_of

GIVEN = ("Nessa", "Tobias", "Ingrid", "Callum", "Farida", "Hugo", "Priya", "Wendell", "Yusuf", "Beatrix", "Otto")
FAMILY = (
    "Loam",
    "Whitcher",
    "Ozturk",
    "Pendry",
    "Eckersley",
    "Vance",
    "Dunmore",
    "Fairbrass",
    "Jarrow",
    "Kettle",
    "Quill",
)
READ = LoweringReread(would="as_it_was", why="The car is still there.")


@pytest.fixture(params=[True, False])
def draws(request: Any, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether everything is drawn to be read again, or nothing is."""
    monkeypatch.setattr(lowerings, "drawn", lambda use, uid, one_in: request.param)
    return bool(request.param)


def ended(store: Store, **changed: Any) -> Entry:
    """A report that was proposed to be ended, and signed; the proposal."""
    said = store.decide(store.report(**changed), lowering=GOOD, outcome="no_further_action").entry
    store.say("signer", AGREED, said)
    return said


def lowered_level(store: Store) -> Entry:
    """A level that was proposed to be lower, and signed; the proposal."""
    made = store.report()
    store.say("social-worker", assessed("serious"), made, **child_of(made))
    said = store.say("team-manager", assessed("moderate"), made, lowering=GOOD, **child_of(made)).entry
    store.say("signer", AGREED, said)
    return said


def found() -> list[tuple[str, str, tuple[UUID, ...]]]:
    rows = Envelope.objects.filter(kind=LoweringTookEffect.kind).order_by("seq")
    return [(row.coded["decided_by"], row.coded["of_level"], tuple(row.regarding)) for row in rows]


def took_effect() -> Entry:
    return entry(Envelope.objects.get(kind=LoweringTookEffect.kind).uid)


def rules(opened: Entry) -> dict[str, tuple[str, str, str]]:
    return {view.rule.id: (view.role, view.agency, view.state) for view in owed_for([opened.id], now())[opened.id]}


def test_it_is_said_when_it_counts_and_not_before(store: Store) -> None:
    said = store.decide(store.report(), lowering=GOOD, outcome="no_further_action").entry
    before = found()
    store.say("signer", AGREED, said)
    assert (before, found()) == ([], [("childrens_social_care", "no", (said.id,))])


def test_who_may_act_is_no_lowering_about_a_child(store: Store) -> None:
    leaves = RoleEnded(user="nurse", role="practitioner", agency="health", why="She moves.")
    said = store.say("manager", leaves).entry
    store.say("scrutineer", AGREED, said)
    assert found() == []


@pytest.mark.parametrize("draws", [False], indirect=True)
def test_whoever_set_the_higher_level_is_owed_to_be_told(draws: bool, store: Store) -> None:
    lowered_level(store)
    opened = took_effect()
    before = rules(opened)
    told = LoweringTold(who="Tomas Hale", said="He agrees.")
    with pytest.raises(Denied, match="Somebody else says so"):
        store.say("team-manager", told, opened)
    store.say("head", told, opened)
    owed = ("team_manager", "social-care")
    assert (before, rules(opened)) == ({"lowering-told": (*owed, "open")}, {"lowering-told": (*owed, "met")})


def test_what_is_drawn_is_owed_by_somebody_outside(draws: bool, store: Store) -> None:
    ended(store)
    owed = {view.rule.id for view in mine(store.viewer("scrutineer"), START) if view.rule.id == "lowering-reread"}
    assert owed == ({"lowering-reread"} if draws else set())


@pytest.mark.parametrize("draws", [True], indirect=True)
def test_nobody_inside_reads_it_again(draws: bool, store: Store) -> None:
    ended(store)
    with pytest.raises(Denied):
        store.say("signer", READ, took_effect())


@pytest.mark.parametrize("draws", [True], indirect=True)
@pytest.mark.parametrize("would", ["less", "as_it_was", "more", "not_enough"])
def test_the_agency_that_decided_answers_whoever_would_have_done_otherwise(
    would: str, draws: bool, store: Store
) -> None:
    ended(store)
    claimed = LoweringReread(would=would, why="As I read it.", decided_by="health")
    read = store.say("scrutineer", claimed, took_effect()).entry
    expected = {} if would == "less" else {"lowering-differs": ("head_of_service", "social-care", "open")}
    assert (rules(read) if would != "less" else {}) == expected
    if would != "less":
        store.say("head", RereadAnswered(follows="raised", words="We put it back."), read)
        assert rules(read)["lowering-differs"][2] == "met"
    assert rebuild(check=True)["duties_owed"]


def test_about_one_in_twenty_is_drawn_and_each_always_alike(store: Store) -> None:
    uids = [uuid4() for _ in range(4000)]
    first = [drawn("reread", uid, 20) for uid in uids]
    assert 120 < sum(first) < 280
    assert [drawn("reread", uid, 20) for uid in uids] == first
    assert [drawn("another use", uid, 20) for uid in uids] != first


def child(number: int) -> dict[str, str]:
    """A child whom nobody would hold for another one: each with a name and a birth date of their own."""
    given, family = (words[number // step % len(words)] for words, step in ((GIVEN, 1), (FAMILY, len(GIVEN))))
    born = date(2010, 1, 1) + timedelta(days=number * 5 % 1100)
    return {"given_name": given, "family_name": family, "born": born.isoformat()}


def many(store: Store, count: int) -> list[Entry]:
    return [ended(store, child=child(number)) for number in range(count)]


def test_many_at_once_are_told_outside_at_once(store: Store) -> None:
    made = many(store, 5)
    tick(START)
    tick(START)
    (row,) = Envelope.objects.filter(kind=BulkLoweringFound.kind)
    fact = entry(row.uid).saying.fact
    assert fact.coded() == {
        "agency": "social-care",
        "sort": "childrens_social_care",
        "children": 5,
        "concerns": 0,
        "references": sorted(str(one.id)[:8] for one in made),
        "entries": sorted(str(one.id) for one in made),
        "days": 7,
    }
    told = [one.recipient for one in Notice.objects.filter(single=True) if one.item["reference"] == str(row.uid)[:8]]
    assert sorted(told) == ["inspectorate", "scrutineer"]
    assert rules(entry(row.uid)) == {"many-lowered": ("director", "social-care", "open")}
    assert "Nessa" not in str(entry(row.uid).saying.opened())


def test_few_are_not(store: Store) -> None:
    many(store, 4)
    tick(START)
    assert not Envelope.objects.filter(kind=BulkLoweringFound.kind).exists()


def test_five_of_many_open_concerns_are_not(store: Store) -> None:
    for number in range(51):
        store.report(child=child(100 + number))
    many(store, 5)
    tick(START)
    assert not Envelope.objects.filter(kind=BulkLoweringFound.kind).exists()


def test_five_in_five_weeks_are_not(store: Store) -> None:
    for week in range(5):
        with playing(START + timedelta(weeks=week)):
            ended(store, child=child(week))
            tick(START + timedelta(weeks=week), sign=False)
    assert not Envelope.objects.filter(kind=BulkLoweringFound.kind).exists()


def test_the_same_are_told_once_and_as_many_again_once_more(store: Store) -> None:
    many(store, 5)
    for days in (0, 1, 2, 3):
        tick(START + timedelta(days=days), sign=False)
    first = Envelope.objects.filter(kind=BulkLoweringFound.kind).count()
    with playing(START + timedelta(days=4)):
        for number in range(5):
            ended(store, child=child(50 + number))
        tick(START + timedelta(days=4), sign=False)
    assert (first, Envelope.objects.filter(kind=BulkLoweringFound.kind).count()) == (1, 2)


@pytest.fixture
def crowd(monkeypatch: pytest.MonkeyPatch) -> None:
    """So many other open concerns that no agency ends one in ten of them."""
    monkeypatch.setattr(lowerings, "open_concerns", lambda: 1000)


def bulk() -> list[Entry]:
    return [entry(row.uid) for row in Envelope.objects.filter(kind=BulkLoweringFound.kind).order_by("seq")]


def by_manager(store: Store, number: int) -> None:
    """An ending that somebody else proposed."""
    decision = DecisionMade.heard(DECISION | {"outcome": "no_further_action"})
    said = store.say("team-manager", decision, store.report(child=child(number)), lowering=GOOD).entry
    store.say("signer", AGREED, said)


def test_many_that_one_person_proposed_are_told_whoever_signed_them(store: Store, crowd: None) -> None:
    made = many(store, 9)
    by_manager(store, 400)
    tick(START, sign=False)
    before = bulk()
    made += [ended(store, child=child(500))]
    tick(START, sign=False)
    (found,) = bulk()
    coded = found.saying.fact.coded()
    notices = Notice.objects.filter(single=True)
    told = [one.recipient for one in notices if one.item["reference"] == str(found.id)[:8]]
    assert (before, coded["children"], coded["proposed_by"], coded["days"]) == ([], 10, "one", 7)
    assert coded["references"] == sorted(str(one.id)[:8] for one in made)
    assert sorted(told) == ["inspectorate", "scrutineer"]
    assert "front-door" not in str(found.saying.opened())
    assert rules(found) == {"many-lowered": ("director", "social-care", "open")}


def test_what_one_person_ended_in_two_weeks_is_not(store: Store, crowd: None) -> None:
    many(store, 5)
    with playing(START + timedelta(days=8)):
        for number in range(5):
            ended(store, child=child(800 + number))
        tick(START + timedelta(days=8), sign=False)
    assert bulk() == []
