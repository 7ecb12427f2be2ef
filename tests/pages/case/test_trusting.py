"""The page of an adult whom a child trusts, and the staff's side of it: a sign-in given by two, a link, a message."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onrecord.access.facts import TrustedSignInGiven
from onrecord.case.facts import TrustedAdultNamed, TrustedAdultTold
from onrecord.duties.facts import DisagreementRaised
from onrecord.intake.facts import ReportReceived
from onrecord.ledger.facts import Corrected, Entry, Seconded, mention_of
from onrecord.ledger.queries import every, size
from tests.pages.browsing import sheet, signed_in, text
from tests.pages.walking import walk

KEMI = "kemi-adair"
NAMED = TrustedAdultNamed(who="Kemi Adair", judged="child")
GIVEN = TrustedSignInGiven(user=KEMI, name="Kemi Adair", why="She wants her to know.")
WORRY = {"words": "She did not come home.", "concern": "missing", "danger_now": "unknown", "positions": "no"}
PASSWORD = "a marmalade lamp in the rain"
MOST = 13


def child(made: Entry) -> UUID:
    return mention_of(made.id, "child")


def staff(made: Entry) -> str:
    return f"/children/{child(made)}/trusted-adult"


def kemi(store: Any, made: Entry) -> Client:
    """A browser in which Kemi is signed in, whom the child of a report trusts."""
    named = store.say("teacher", NAMED, about=[child(made)]).entry
    given = store.say("teacher", GIVEN, named, about=[child(made)]).entry
    store.say("signer", Seconded(why="She told me the same."), given)
    return signed_in(KEMI)


def last_entry(kind: type) -> Entry:
    return [one for batch in every() for one in batch if isinstance(one.saying.fact, kind)][-1]


def last(kind: type) -> Any:
    return last_entry(kind).saying


def test_a_worry_is_reported_about_this_child_and_nobody_types_the_name(store: Any, browser: Any) -> None:
    made = store.report()
    sent = kemi(store, made).post("/trusting", sheet("worry", **WORRY), follow=True)
    assert "Sent. The front door reads it." in text(sent)
    assert "You reported a worry" in text(sent)
    said = last(ReportReceived)
    assert (said.by, said.role, said.fact.child, said.fact.words) == (
        KEMI,
        "trusted_adult",
        made.saying.fact.child,
        "She did not come home.",
    )


def test_a_disagreement_is_sent_in_their_own_words(store: Any, browser: Any) -> None:
    made = store.report()
    typed = sheet("disagree", different="Somebody looks again.", why="She is afraid of him.")
    assert "Sent. Somebody answers it" in text(kemi(store, made).post("/trusting", typed, follow=True))
    said = last(DisagreementRaised)
    assert (said.by, said.fact.whose, said.fact.different, said.regarding) == (
        KEMI,
        "trusted_adult",
        "Somebody looks again.",
        (made.id,),
    )


@pytest.mark.parametrize(
    ("typed", "kept", "fault"),
    [
        (sheet("worry", concern="missing", positions="no", words="Since noon."), "Since noon.", "danger now"),
        (sheet("disagree", different="Look again."), "Look again.", "Say why."),
    ],
    ids=["worry", "disagree"],
)
def test_half_typed_it_comes_back(store: Any, typed: dict[str, str], kept: str, fault: str) -> None:
    client = kemi(store, store.report())
    before = size()
    page = text(client.post("/trusting", typed))
    assert (kept in page, fault in page, size()) == (True, True, before)


def test_sent_twice_it_is_said_once(store: Any) -> None:
    client, typed = kemi(store, store.report()), sheet("worry", **WORRY)
    client.post("/trusting", typed)
    before = size()
    client.post("/trusting", typed)
    assert size() == before


def test_staff_propose_a_sign_in_and_make_the_link_once_two_agreed(store: Any, browser: Any) -> None:
    made = store.report()
    store.say("teacher", NAMED, about=[child(made)])
    typed = sheet("give0", user=KEMI, why="She wants her to know.") | {"give0-name": "Kemi Adair"}
    asked = text(browser("teacher").post(staff(made), typed, follow=True))
    assert "They can sign in once a second person, from another agency, agrees" in asked
    assert ("It waits for a second person." in asked, "Make their link" in asked) == (True, False)
    proposal = [one for batch in every() for one in batch if isinstance(one.saying.fact, TrustedSignInGiven)][-1]
    store.say("signer", Seconded(why="She told me the same."), proposal)
    assert "Make their link" not in text(browser("head").get(staff(made)))
    assert "Make their link" in text(browser("teacher").get(staff(made)))
    shown = text(browser("teacher").post(staff(made), {"form": "link0"}))
    assert browser("head").post(staff(made), {"form": "link0"}).status_code == 403
    way = re.search(r"/invitation/[\w-]+", shown)
    assert way is not None
    client = Client()
    client.get(way.group(), follow=True)
    done = client.post("/invitation", {"password1": PASSWORD, "password2": PASSWORD}, follow=True)
    assert "Your password is set. Sign in as kemi-adair." in text(done)
    entered = client.post("/sign-in", {"login": KEMI, "password": PASSWORD}, follow=True)
    assert "For the child who trusts you" in text(entered)


def test_a_message_reaches_them(store: Any, browser: Any) -> None:
    made = store.report()
    client = kemi(store, made)
    browser("teacher").post(staff(made), sheet("told0", words="We meet on Friday."))
    assert "We meet on Friday." in text(client.get("/trusting"))


def test_a_place_that_was_put_right_in_a_message_stands_there_no_more(store: Any, browser: Any) -> None:
    client = kemi(store, store.report())
    told = store.say("teacher", TrustedAdultTold(words="She lives in Cormorant Road."), last_entry(TrustedAdultNamed))
    store.say("teacher", Corrected(field="words", value='"We meet on Friday."', why="No places."), told.entry)
    page = text(client.get("/trusting"))
    assert ("Cormorant" in page, "We meet on Friday." in page) == (False, True)


def test_the_sign_in_is_ended_on_the_page(store: Any, browser: Any) -> None:
    made = store.report()
    client = kemi(store, made)
    browser("head").post(staff(made), sheet("end0", why="She asked for it."))
    assert client.get("/trusting").status_code == 403


def test_in_a_demonstration_one_takes_their_place(store: Any, client: Any) -> None:
    kemi(store, store.report())
    assert "Adults whom a child trusts" in text(client.get("/sign-in"))
    assert "For the child who trusts you" in text(client.post("/sign-in", {"user": KEMI}, follow=True))


def test_in_a_real_record_they_take_a_second_step(store: Any, monkeypatch: Any) -> None:
    client = kemi(store, store.report())
    monkeypatch.setattr("onrecord.access.views.seating.is_demo", lambda: False)
    answer = client.get("/trusting")
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/your-sign-in")
    assert client.post("/trusting", sheet("worry", **WORRY)).status_code == 403


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_it_asks_the_database_as_much_for_fifty_messages_as_for_one(store: Any, rows: int) -> None:
    client = kemi(store, store.report())
    named = [one for batch in every() for one in batch if isinstance(one.saying.fact, TrustedAdultNamed)][-1]
    for number in range(rows):
        store.say("teacher", TrustedAdultTold(words=f"Message {number}."), named)
    client.get("/trusting")
    with CaptureQueriesContext(connections["default"]) as asked:
        page = text(client.get("/trusting"))
    assert page.count("Message ") - page.count("Message of") == rows
    assert len(asked) <= MOST


def test_every_link_that_they_are_shown_opens(store: Any) -> None:
    found = walk(kemi(store, store.report()), "/trusting")
    assert {path: page.status_code for path, page in found.items() if page.status_code != 200} == {}
    assert {"/trusting", "/your-sign-in", "/your-sign-in/where", "/how-this-works", "/accessibility"} <= set(found)
