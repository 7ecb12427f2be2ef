"""Nobody inside removes, mutes or speaks for an outside contact. The attempt is on record and reaches them."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from typer.testing import CliRunner

from onrecord.access.actions import make_token, take_up_role
from onrecord.access.facts import (
    AbsenceNoted,
    AddressChanged,
    RoleEnded,
    RoleHeld,
    SeatAccepted,
    SeatConfirmed,
)
from onrecord.access.models import Address, User
from onrecord.access.queries import addresses, holders, seats_to_accept
from onrecord.access.rules import Denied
from onrecord.cli.app import app
from onrecord.duties.actions import tick
from onrecord.duties.models import Owed
from onrecord.ledger.actions import rebuild, verify
from onrecord.ledger.facts import Declined, Entry, Fact, Seconded
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.models import Envelope
from onrecord.notices.models import Notice
from tests.partnership import START, Store

SCRUTINEER = {"user": "scrutineer", "role": "scrutineer", "agency": "outside"}
ENDS = RoleEnded(**SCRUTINEER, why="The contract is over.")
AGREES = Seconded(why="Agreed.")
FRIEND = {"user": "a-friend", "name": "A Friend", "role": "scrutineer", "agency": "outside", "since": date(2026, 10, 5)}


def after(days: int) -> Any:
    return START + timedelta(days=days)


def told() -> set[str]:
    return set(Notice.objects.exclude(item__news="").values_list("recipient", flat=True))


def stays() -> bool:
    return holders("scrutineer", "outside") == ["scrutineer"]


def tried() -> list[tuple[str, str]]:
    rows = Envelope.objects.filter(kind="access.outside_change_refused").order_by("seq")
    return [(row.coded["user"], row.coded["what"]) for row in rows]


def ends(store: Store) -> Entry:
    return store.say("manager", ENDS).entry


def test_an_attempt_is_on_record_has_no_effect_and_reaches_both_outside_bodies(store: Store) -> None:
    made = ends(store)
    assert (made.proposed, stays(), told()) == (True, True, {"scrutineer", "inspectorate"})
    assert {row.rule: row.role for row in Owed.objects.filter(opening=made.id)} == {
        "outside-contact-agrees": "scrutineer"
    }


@pytest.mark.parametrize("signs", ["signer", "director", "manager", "admin", "inspectorate"])
@pytest.mark.parametrize("answer", [AGREES, Declined(answer="disagree", why="No.")])
def test_nobody_else_answers_for_the_person_in_the_seat(store: Store, signs: str, answer: Fact) -> None:
    made = ends(store)
    with pytest.raises(Denied):
        store.say(signs, answer, made)
    assert Owed.objects.get(opening=made.id).state == "open"


def test_it_counts_when_the_person_agrees_and_the_seat_is_then_overdue(store: Store) -> None:
    made = ends(store)
    store.say("scrutineer", AGREES, made)
    assert holders("scrutineer", "outside") == []
    assert tick(START, sign=False).seats_vacant == 1
    asked = Owed.objects.filter(rule="outside-contact-still-there").values_list("state", flat=True)
    assert list(asked) == ["ended"]
    assert set(rebuild(check=True).values()) == {True}


def test_the_person_says_no_and_stays(store: Store) -> None:
    made = ends(store)
    store.say("scrutineer", Declined(answer="disagree", why="I am here."), made)
    with playing(after(60)), pytest.raises(ValueError, match="answered"):
        store.say("inspectorate", AGREES, made)
    assert stays()


def test_after_twenty_working_days_of_silence_the_other_body_may_answer_and_still_nobody_inside(store: Store) -> None:
    made = ends(store)
    due = Owed.objects.get(opening=made.id).due_at
    with playing(due - timedelta(seconds=1)), pytest.raises(Denied):
        store.say("inspectorate", AGREES, made)
    with playing(due):
        with pytest.raises(Denied):
            store.say("signer", AGREES, made)
        store.say("inspectorate", AGREES, made)
    assert not stays()


@pytest.mark.parametrize("by", ["teacher", "front-door", "signer", "director", "admin"])
def test_an_attempt_by_somebody_who_may_not_even_propose_it_is_on_record(store: Store, by: str) -> None:
    with pytest.raises(Denied, match="on record"):
        store.say(by, ENDS)
    assert (tried(), stays(), told()) == ([("scrutineer", "role")], True, {"scrutineer", "inspectorate"})


@pytest.mark.parametrize(
    ("fact", "what"),
    [
        (AddressChanged(user="scrutineer", address="nobody@northbrook.example", why="New."), "address"),
        (AbsenceNoted(user="scrutineer", cover="signer", first=date(2026, 10, 6), last=date(2027, 1, 1)), "absence"),
        (SeatAccepted(user="scrutineer", role="scrutineer"), "seat"),
        (SeatConfirmed(user="scrutineer", role="scrutineer"), "seat"),
    ],
)
@pytest.mark.parametrize("by", ["manager", "director", "inspectorate"])
def test_nobody_mutes_or_speaks_for_an_outside_contact(store: Store, by: str, fact: Fact, what: str) -> None:
    before = Owed.objects.filter(state="open").count()
    with pytest.raises(Denied):
        store.say(by, fact)
    assert addresses(["scrutineer"]) == {"scrutineer": "scrutineer@northbrook.example"}
    assert (tried(), told()) == ([("scrutineer", what)], {"scrutineer", "inspectorate"})
    assert Owed.objects.filter(state="open").count() == before


def test_the_contact_changes_their_own_address_at_once(store: Store) -> None:
    made = store.say("scrutineer", AddressChanged(user="scrutineer", address="edith@vale.example")).entry
    assert (made.proposed, addresses(["scrutineer"])) == (False, {"scrutineer": "edith@vale.example"})
    assert "edith" not in json.dumps(list(Envelope.objects.values_list("coded", flat=True)))


def test_an_address_inside_is_changed_by_two(store: Store) -> None:
    fact = AddressChanged(user="front-door", address="a.verne@new.example", why="The council has a new domain.")
    made = store.say("team-manager", fact).entry
    assert addresses(["front-door"]) == {"front-door": "front-door@northbrook.example"}
    store.say("signer", AGREES, made)
    assert addresses(["front-door"]) == {"front-door": "a.verne@new.example"}
    assert set(rebuild(check=True).values()) == {True}


def test_an_edited_user_mutes_nobody_and_an_edited_row_is_named_by_verify(own_store: Store) -> None:
    User.objects.filter(username="scrutineer").update(email="nobody@northbrook.example")
    assert addresses(["scrutineer"]) == {"scrutineer": "scrutineer@northbrook.example"}
    theirs: UUID = Address.objects.get(user="manager").entry
    Address.objects.filter(user="scrutineer").update(entry=theirs)
    (nine,) = [check for check in verify() if check.number == 9]
    assert [fault for fault in nine.faults if "access_address" in fault]


def test_a_new_outside_contact_is_agreed_to_by_one_who_sits_outside_already(store: Store) -> None:
    made = store.say("manager", RoleHeld(**FRIEND, why="A second pair of eyes.")).entry
    for signs in ("signer", "director"):
        with pytest.raises(Denied):
            store.say(signs, AGREES, made)
    assert [row.rule for row in Owed.objects.filter(opening=made.id)] == ["new-outside-contact"]
    store.say("inspectorate", AGREES, made)
    assert (stays(), seats_to_accept(store.viewer("a-friend"))) == (True, ["scrutineer"])


def test_whoever_comes_back_to_a_seat_accepts_it_again(store: Store) -> None:
    store.say("scrutineer", AGREES, ends(store))
    take_up_role(SCRUTINEER["user"], "Edith Vale", "scrutineer", "outside", date(2026, 11, 1), now())
    assert (holders("scrutineer", "outside"), seats_to_accept(store.viewer("scrutineer"))) == ([], ["scrutineer"])


def test_a_file_of_facts_is_no_way_round(own_store: Store, tmp_path: Path) -> None:
    line = {"kind": "access.address_changed", "body": {"user": "scrutineer", "address": "x@y.example", "why": "New."}}
    file = tmp_path / "facts.jsonl"
    file.write_text(json.dumps(line))
    answer = CliRunner().invoke(app, ["record", str(file), "--by", "director"])
    assert (answer.exit_code, tried()) == (1, [("scrutineer", "address")])
    file.write_text(json.dumps({"kind": "access.role_ended", "body": SCRUTINEER | {"why": "Over."}}))
    answer = CliRunner().invoke(app, ["record", str(file), "--by", "manager"])
    assert (answer.exit_code, stays(), "second signature" in answer.stdout) == (0, True, True)


def test_the_api_is_no_way_round(store: Store) -> None:
    headers = {"HTTP_AUTHORIZATION": f"Bearer {make_token('manager', now())}"}
    body = json.dumps({"kind": ENDS.kind, "body": SCRUTINEER | {"why": "Over."}, **SCRUTINEER})
    answer = Client().post("/api/reports", body, content_type="application/json", **headers)
    assert (400 <= answer.status_code < 500, stays()) == (True, True)


def test_who_is_silent_for_two_quarters_counts_as_gone_and_one_answer_brings_them_back(store: Store) -> None:
    asked = Owed.objects.get(rule="outside-contact-still-there")
    quarter = asked.due_at - asked.started_at
    with playing(asked.due_at):
        tick(asked.due_at, sign=False)
        steps = Envelope.objects.filter(kind="duties.duty_escalated", coded__rule="outside-contact-still-there")
        assert [row.coded["told"] for row in steps] == [["inspectorate"]]
        store.say("inspectorate", SeatConfirmed(user="inspectorate", role="inspectorate"))
        assert tick(asked.due_at + quarter - timedelta(seconds=1), sign=False).seats_vacant == 0
    gone = asked.due_at + quarter
    with playing(gone):
        assert tick(gone, sign=False).seats_vacant == 1
        store.say("scrutineer", SeatConfirmed(user="scrutineer", role="scrutineer"))
        assert tick(gone, sign=False).seats_vacant == 0
    assert set(Owed.objects.filter(rule="vacant-seat").values_list("state", flat=True)) == {"met"}
    states = Owed.objects.filter(rule="outside-contact-still-there").order_by("occurrence")
    assert list(states.values_list("occurrence", "state")) == [(1, "met_late"), (2, "open")]
