"""Somebody in a neighbouring area reads a lowering again, blind: their post is given by two, and opens nothing else."""

from datetime import timedelta
from typing import Any

import pytest

from onrecord.access.actions import join_agency
from onrecord.access.facts import RoleEnded, RoleHeld
from onrecord.access.rules import Denied
from onrecord.duties.actions import lowerings, tick
from onrecord.duties.facts import LoweringReread
from onrecord.duties.models import Owed
from onrecord.intake.facts import DecisionMade
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Entry, Seconded, mention_of
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.queries import entry
from tests.pages.browsing import sheet, signed_in, text
from tests.pages.test_read_again import DECIDED, WHY
from tests.partnership import DECISION, Store

SEAT = {
    "user": "peer",
    "name": "Wyn Marl",
    "role": "peer_reader",
    "agency": "northmoor",
    "since": "2026-10-05",
    "why": "Two agreed.",
}


@pytest.fixture
def peer(store: Store, monkeypatch: pytest.MonkeyPatch) -> str:
    """Somebody in a neighbouring area, proposed by one and agreed to by another; all that is lowered is drawn."""
    monkeypatch.setattr(lowerings, "drawn", lambda use, uid, one_in: True)
    join_agency("northmoor", "Northmoor Safeguarding Partnership", "outside", now())
    proposed = store.say("manager", RoleHeld.heard(SEAT)).entry
    store.say("scrutineer", Seconded(why="I know the area."), proposed)
    return "peer"


def ended(store: Store, **changed: Any) -> Entry:
    """A report that was ended; the proposal."""
    made = store.report(words="A marmalade-coloured car waits for her.", **changed)
    said = store.decide(made, WHY, outcome="no_further_action", why="Nothing in it.").entry
    store.say("signer", Seconded(why="I agree."), said)
    return said


def reread() -> list[tuple[str, str, str]]:
    """Who owes it that a lowering is read again."""
    rows = Owed.objects.filter(rule__startswith="lowering-reread").order_by("started_at")
    return list(rows.values_list("rule", "role", "agency"))


def address() -> str:
    return f"/duties/{Owed.objects.get(rule='lowering-reread-neighbour').key}"


def test_it_is_owed_next_door_and_shows_nothing_of_what_was_decided(store: Store, peer: str) -> None:
    ended(store)
    assert reread() == [("lowering-reread-neighbour", "peer_reader", "northmoor")]
    assert "Read a lowering of another area again" in text(signed_in(peer).get("/", follow=True))
    page = text(signed_in(peer).get(address()))
    assert "A marmalade-coloured car waits for her." in page
    assert [said for said in DECIDED if said in page] == []


def test_what_they_say_is_answered_like_any_other_view(store: Store, peer: str) -> None:
    ended(store)
    sent = signed_in(peer).post(address(), sheet("lowering_reread", would="more", why="The car is still there."))
    assert sent.status_code == 302
    states = dict(Owed.objects.filter(rule__startswith="lowering").values_list("rule", "state"))
    assert (states["lowering-reread-neighbour"], states["lowering-differs"]) == ("met", "open")
    assert set(rebuild(check=True).values()) == {True}


def test_nothing_else_about_the_child_is_theirs_to_open(store: Store, peer: str) -> None:
    said = ended(store)
    made = said.saying.regarding[0]
    child = mention_of(made, "child")
    urls = [f"/front-door/{made}", f"/report/{made}", f"/disagree/{made}", f"/disagree/{said.id}"]
    urls += ["/front-door", "/joint-list", "/sealed", "/watch", "/people", "/meetings"]
    answers = {url: signed_in(peer).get(url).status_code for url in urls}
    assert {url: code for url, code in answers.items() if code not in (403, 404)} == {}
    page = text(signed_in(peer).get(f"/children/{child}"))
    assert [word for word in ("Zephyrine", "Quillfeather", "marmalade") if word in page] == []


def test_where_nobody_sits_next_door_it_is_the_scrutineers(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lowerings, "drawn", lambda use, uid, one_in: True)
    ended(store)
    assert reread() == [("lowering-reread", "scrutineer", "outside")]


def test_once_the_post_ends_the_next_is_the_scrutineers(store: Store, peer: str) -> None:
    leaves = RoleEnded(user=peer, role="peer_reader", agency="northmoor", why="She moves.")
    store.say("scrutineer", Seconded(why="She told me."), store.say("manager", leaves).entry)
    ended(store)
    assert reread() == [("lowering-reread", "scrutineer", "outside")]


def test_not_read_it_comes_to_the_scrutineer(store: Store, peer: str) -> None:
    ended(store)
    row = Owed.objects.get(rule="lowering-reread-neighbour")
    with playing(row.due_at + timedelta(days=8)):
        tick(now(), sign=False)
        assert Owed.objects.get(pk=row.pk).rung >= 1
        assert "A marmalade-coloured car waits for her." in text(signed_in("scrutineer").get(address()))


def test_what_is_sealed_is_read_by_nobody_next_door(store: Store, peer: str) -> None:
    made = store.report(words="Asha Verne, who takes the calls, told her to be quiet.")
    fact = DecisionMade.heard(DECISION | {"outcome": "no_further_action"})
    said = store.say("designated", fact, made, lowering=WHY).entry
    store.say("scrutineer", Seconded(why="I agree."), said)
    assert [(role, agency) for _, role, agency in reread()] == [("scrutineer", "outside")]


@pytest.mark.parametrize("agency", ["partnership", "social-care"])
def test_the_post_belongs_to_an_outside_body(store: Store, agency: str) -> None:
    with pytest.raises(Refused, match="outside body"):
        store.say("manager", RoleHeld.heard(SEAT | {"agency": agency}))


def test_no_one_person_gives_it(store: Store) -> None:
    join_agency("northmoor", "Northmoor Safeguarding Partnership", "outside", now())
    proposed = store.say("manager", RoleHeld.heard(SEAT)).entry
    with pytest.raises(Denied):
        store.say("manager", Seconded(why="As I said."), proposed)
    assert entry(proposed.id).proposed


def test_they_do_not_answer_for_another_agency(store: Store, peer: str) -> None:
    ended(store)
    row = Owed.objects.get(rule="lowering-reread-neighbour")
    with pytest.raises(Denied):
        store.say("signer", LoweringReread(would="less", why="As decided."), entry(row.opening))
    assert Owed.objects.get(pk=row.pk).state == "open"
