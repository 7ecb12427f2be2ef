"""The keys of other systems: listed with their last use, taken back with a reason, on record and told."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from typer.testing import CliRunner

from onrecord.access.actions import end_token, make_token, take_up_role
from onrecord.access.facts import KeyEnded, KeyMade, RoleEnded
from onrecord.access.models import Token
from onrecord.access.queries import keys_seen
from onrecord.access.rules import Denied
from onrecord.cli.app import app
from onrecord.duties.models import Owed
from onrecord.ledger.actions import append, rebuild
from onrecord.ledger.facts import Seconded
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.models import Envelope
from onrecord.ledger.queries import entry
from onrecord.ledger.rules.machine import machine_saying
from onrecord.notices.models import Notice
from tests.pages.browsing import sheet, signed_in, text
from tests.partnership import REPORT, START, Store


def send(key: str) -> int:
    """What another system is answered that sends a report by this key."""
    body = json.dumps({"report": REPORT})
    headers = {"Authorization": f"Bearer {key}"}
    return int(Client().post("/api/reports", body, content_type="application/json", headers=headers).status_code)


def take_back(by: str, mark: str, why: str = "It was in a mail.") -> Any:
    """Take a key back on the page."""
    return signed_in(by).post("/keys", {"form": mark, f"{mark}-why": why}, follow=True)


@pytest.fixture
def key(store: Store) -> str:
    """The school's system has a key, which speaks for the teacher."""
    return make_token("teacher", START)


def mark() -> str:
    """The mark of the one key there is."""
    (one,) = Token.objects.values_list("digest", flat=True)
    return str(one)[:12]


def test_its_last_use_is_shown(key: str) -> None:
    assert "Not used yet." in text(signed_in("teacher").get("/keys"))
    with playing(START + timedelta(hours=3)):
        assert send(key) == 201
    page = text(signed_in("teacher").get("/keys"))
    assert "Speaks for Nia Prosser" in page
    assert "Made 5 October 2026. Last used 5 October 2026, 12:00." in page
    assert key not in page


def test_a_use_is_written_down_once_in_a_while(key: str) -> None:
    used = []
    for minutes in (0, 4, 6):
        with playing(START + timedelta(minutes=minutes)):
            send(key)
        used.append(Token.objects.get().used_at - START)
    assert used == [timedelta(0), timedelta(0), timedelta(minutes=6)]


def test_it_is_taken_back_and_opens_nothing_any_more(key: str) -> None:
    assert "The key was taken back." in text(take_back("teacher", mark()))
    assert send(key) == 401
    assert "Taken back 5 October 2026, 09:00." in text(signed_in("teacher").get("/keys"))
    rows = Envelope.objects.filter(kind__in=[KeyMade.kind, KeyEnded.kind]).order_by("seq")
    assert [(row.kind, row.coded["user"], row.coded["key"]) for row in rows] == [
        (KeyMade.kind, "teacher", mark()),
        (KeyEnded.kind, "teacher", mark()),
    ]
    told = sorted(Notice.objects.filter(item__matter="a sign-in").values_list("recipient", flat=True))
    assert told == ["manager", "teacher"]


@pytest.mark.parametrize("by", ["manager", "admin"])
def test_nobody_of_another_agency_takes_it_back_alone(store: Store, key: str, by: str) -> None:
    page = text(take_back(by, mark()))
    assert "Proposed. The key works until somebody of the agency whose key it is agrees." in page
    assert (send(key), Token.objects.get().ended_at) == (201, None)
    (row,) = Envelope.objects.filter(kind=KeyEnded.kind)
    assert (row.proposed, {owed.rule for owed in Owed.objects.filter(opening=row.uid)}) == (True, {"key-agency-agrees"})
    made = entry(row.uid)
    for other in ("signer", "director", "nurse", "scrutineer", "manager"):
        with pytest.raises(Denied):
            store.say(other, Seconded(why="Yes."), made)
    assert send(key) == 201
    with pytest.raises(Denied, match="proposed already"):
        end_token(store.viewer("manager"), mark(), "Again.", START)
    page = text(signed_in("manager").get(f"/duties/{Owed.objects.get(opening=row.uid).key}"))
    assert ("Owed by Partnership business manager" in page, "Do you agree?" in page) == (True, False)
    page = text(signed_in("teacher").get("/keys"))
    assert "proposes to take it back, 5 October, 09:00." in page
    assert ("“It was in a mail.”" in page, "Do you agree?" in page, "Take it back" in page) == (True, True, False)
    assert "Do you agree?" not in text(signed_in(by).get("/keys"))


@pytest.mark.parametrize(("answer", "works"), [("agree", 401), ("disagree", 201)])
def test_the_agency_whose_key_it_is_answers(store: Store, key: str, answer: str, works: int) -> None:
    take_back("manager", mark())
    (row,) = Envelope.objects.filter(kind=KeyEnded.kind)
    said = sheet(f"sign{str(row.uid)[:8]}", answer=answer, why="I asked our office.")
    page = text(signed_in("teacher").post("/keys", said, follow=True))
    assert ("Recorded: " in page, send(key), Owed.objects.get(opening=row.uid).state) == (True, works, "met")
    assert ("Propose to take it back" in text(signed_in("manager").get("/keys"))) == (answer == "disagree")
    assert set(rebuild(check=True).values()) == {True}


def test_a_colleague_of_the_agency_sees_it_only_while_it_waits_and_may_answer(store: Store, key: str) -> None:
    take_up_role("head-teacher", "Una Grey", "practitioner", "school", START.date(), START)
    assert keys_seen(store.viewer("head-teacher")) == []
    take_back("manager", mark())
    assert [one.user for one in keys_seen(store.viewer("head-teacher"))] == ["teacher"]
    (row,) = Envelope.objects.filter(kind=KeyEnded.kind)
    store.say("head-teacher", Seconded(why="It was ours to say."), entry(row.uid))
    assert send(key) == 401


def test_the_scrutineers_key_is_theirs(store: Store) -> None:
    make_token("scrutineer", START)
    take_back("manager", mark())
    assert Token.objects.get().ended_at is None
    take_back("inspectorate", mark())
    assert Token.objects.get().ended_at is None
    (row,) = Envelope.objects.filter(kind=KeyEnded.kind)
    store.say("scrutineer", Seconded(why="I use it no more."), entry(row.uid))
    assert Token.objects.get().ended_at == START


def test_a_key_that_speaks_for_nobody_any_more_is_taken_back_by_whoever_sees_it(store: Store, key: str) -> None:
    append([machine_saying(RoleEnded(user="teacher", role="practitioner", agency="school"), START)])
    assert "The key was taken back." in text(take_back("manager", mark()))
    assert Token.objects.get().ended_at == START


@pytest.mark.parametrize("by", ["nurse", "head", "signer", "scrutineer"])
def test_nobody_else_sees_it_or_takes_it_back(key: str, by: str) -> None:
    assert "There is no key that you could take back." in text(signed_in(by).get("/keys"))
    take_back(by, mark())
    assert send(key) == 201


def test_without_a_reason_it_stays_and_asks(key: str) -> None:
    page = text(take_back("teacher", mark(), ""))
    assert "Say in a sentence why it is taken back." in page
    assert send(key) == 201


def test_a_manager_sees_the_keys_of_their_people_alone(store: Store) -> None:
    for user in ("teacher", "social-worker", "head"):
        make_token(user, START)
    assert {one.user for one in keys_seen(store.viewer("head"))} == {"social-worker", "head"}


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_page_asks_the_database_as_much_for_fifty_as_for_one(store: Store, rows: int) -> None:
    for _ in range(rows):
        make_token("social-worker", START)
    client = signed_in("head")
    client.get("/keys")
    with CaptureQueriesContext(connections["default"]) as asked:
        page = text(client.get("/keys"))
    assert page.count("Speaks for Tomas Hale") == rows
    assert len(asked) <= 12


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_so_it_does_where_all_of_them_wait(store: Store, rows: int) -> None:
    for _ in range(rows):
        make_token("social-worker", START)
    for one in keys_seen(store.viewer("manager")):
        end_token(store.viewer("manager"), one.mark, "They were in a mail.", START)
    client = signed_in("head")
    client.get("/keys")
    with CaptureQueriesContext(connections["default"]) as asked:
        page = text(client.get("/keys"))
    assert page.count("Do you agree?") == rows
    assert len(asked) <= 12


def test_the_command_line_lists_and_takes_back(own_store: Store) -> None:
    secret = make_token("teacher", START)
    listed = json.loads(CliRunner().invoke(app, ["keys", "--json"]).stdout)
    assert [(one["mark"], one["user"], one["ended_at"]) for one in listed] == [(mark(), "teacher", "")]
    refused = CliRunner().invoke(app, ["keys", "end", mark(), "--why", "It was in a mail.", "--by", "nurse"])
    assert (refused.exit_code, send(secret)) == (1, 201)
    done = CliRunner().invoke(app, ["keys", "end", mark(), "--why", "It was in a mail.", "--by", "admin"])
    assert (done.exit_code, "Proposed" in done.stdout, send(secret)) == (0, True, 201)
    done = CliRunner().invoke(app, ["keys", "end", mark(), "--why", "It was in a mail.", "--by", "teacher"])
    assert (done.exit_code, send(secret)) == (0, 401)
    assert "teacher" in CliRunner().invoke(app, ["keys"]).stdout
