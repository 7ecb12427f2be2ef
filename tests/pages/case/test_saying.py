"""Saying something of a child: an assessment with the earlier ones beside it, a crisis, and a challenge of wording."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from onrecord.case.facts import CrisisRecorded, ExploitationAssessed, LanguageChallenged
from onrecord.duties.queries import mine
from onrecord.ledger.facts import Entry, mention_of
from onrecord.ledger.models import Envelope
from onrecord.ledger.queries import every
from tests.pages.browsing import sheet, text
from tests.partnership import ASSESSED

MOST = 12
HARM = {
    "happening-0-what": "travel",
    "happening-0-known": "Driven to a flat in town.",
    "happening-0-source": "Her teacher",
}
TYPED = HARM | {
    "nothing_feared": "Nobody fears more. School and health were asked.",
    "grooming": "A new phone.",
    "coercion": "Owes money.",
    "fear": "Of the driver.",
    "asked-0": "The child",
    "child_says": "He is nice to me.",
    "level": "moderate",
    "judgement": "They agree.",
    "review_on-day": "1",
    "review_on-month": "12",
    "review_on-year": "2026",
}


def address(made: Entry, said: str = "case-exploitation_assessed") -> str:
    return f"/children/{mention_of(made.id, 'child')}/record/{said}"


def kinds(fact: type[Any]) -> int:
    return Envelope.objects.filter(kind=fact.kind).count()


@pytest.fixture
def decided(store: Any) -> Entry:
    """The teacher's report, decided."""
    made: Entry = store.report()
    store.decide(made)
    return made


def test_an_assessment_is_recorded_and_answers_what_is_owed(store: Any, browser: Any, decided: Entry) -> None:
    client = browser("social-worker")
    sent = client.post(address(decided), sheet("say", **TYPED), follow=True)
    assert "Recorded: Exploitation assessment." in text(sent)
    assert "Assessed moderate 5 October 2026, again by 1 December 2026." in text(sent)
    made = Envelope.objects.get(kind=ExploitationAssessed.kind)
    assert made.coded == {"level": "moderate", "review_on": "2026-12-01"}


@pytest.mark.parametrize("name", ["grooming", "coercion", "fear"])
def test_without_one_of_the_three_questions_nothing_is_recorded_and_nothing_lost(
    browser: Any, decided: Entry, name: str
) -> None:
    page = text(browser("social-worker").post(address(decided), sheet("say", **TYPED | {name: "  "})))
    wanted = next(say.missing for field, _, say, _ in ExploitationAssessed.fields() if field == name)
    assert page.count(wanted) == 2
    assert "Driven to a flat in town." in page
    assert kinds(ExploitationAssessed) == 0


def test_a_row_is_added_without_a_script_and_a_blank_one_closes_up(browser: Any, decided: Entry) -> None:
    client = browser("social-worker")
    page = text(client.post(address(decided), sheet("say", **TYPED) | {"add": "happening"}))
    assert 'name="say-happening-1-what"' in page
    assert "Driven to a flat in town." in page
    assert kinds(ExploitationAssessed) == 0
    moved = {name.replace("-0-", "-3-"): said for name, said in HARM.items()}
    rest = {name: said for name, said in TYPED.items() if name not in HARM}
    assert client.post(address(decided), sheet("say", **rest | moved)).status_code == 302


def test_the_earlier_ones_stand_beside_with_who_when_and_what(store: Any, browser: Any, decided: Entry) -> None:
    assert "Assessed before" not in text(browser("social-worker").get(address(decided)))
    store.say("social-worker", ExploitationAssessed(level="serious", **ASSESSED), decided)
    page = text(browser("front-door").get(address(decided)))
    assert "<strong>Serious</strong><br>5 October 2026, Tomas Hale" in page
    assert ASSESSED["judgement"] in page


def test_opening_it_is_noted_as_a_read(browser: Any, decided: Entry) -> None:
    browser("social-worker").get(address(decided))
    noted = [made.saying for batch in every("reads") for made in batch if made.kind == "access.record_opened"]
    assert [(said.by, said.fact.what) for said in noted] == [("social-worker", "chronology")]


def test_the_duty_leads_to_the_page(store: Any, browser: Any, decided: Entry) -> None:
    client = browser("social-worker")
    owed = mine(store.viewer("social-worker"), store.start)
    key = next(view.key for view in owed if view.rule.id == "exploitation-assessment")
    page = text(client.get(f"/duties/{key}"))
    assert address(decided) in page
    assert 'name="exploitation_assessed-level"' not in page


def test_a_crisis_is_recorded_on_the_file(browser: Any, decided: Entry) -> None:
    client = browser("teacher")
    said = {"what": "overdose", "seen_by": "Nobody yet", "words": "Tablets.", "serious_harm": "unknown"}
    sent = client.post(address(decided, "case-crisis_recorded"), sheet("say", **said), follow=True)
    assert "An overdose. Seen by: Nobody yet. Tablets." in text(sent)
    assert kinds(CrisisRecorded) == 1


@pytest.mark.parametrize("said", ["case-conference_held", "intake-report_received", "case-nothing"])
def test_what_is_not_said_on_a_file_has_no_page(browser: Any, decided: Entry, said: str) -> None:
    assert browser("social-worker").get(address(decided, said)).status_code == 404


def test_wording_is_challenged_from_the_chronology(store: Any, browser: Any, decided: Entry) -> None:
    told = ASSESSED | {"judgement": "She is promiscuous."}
    made = store.say("social-worker", ExploitationAssessed(level="serious", **told), decided).entry
    where = f"/children/{mention_of(decided.id, 'child')}/wording/{made.id}"
    client = browser("teacher")
    assert where in text(client.get(f"/children/{mention_of(decided.id, 'child')}"))
    refused = text(client.post(where, sheet("say", words="He is nice to me", why="It is odd.")))
    assert "they stand as they were said" in refused
    client.post(where, sheet("say", words="promiscuous", why="It blames her."))
    assert kinds(LanguageChallenged) == 1


def test_an_entry_that_is_not_in_the_file_is_answered_as_none(store: Any, browser: Any, decided: Entry) -> None:
    other = store.report(child={"given_name": "Odile", "family_name": "Marsh"})
    start = f"/children/{mention_of(decided.id, 'child')}/wording"
    client = browser("teacher")
    assert {client.get(f"{start}/{uid}").status_code for uid in (other.id, uuid4())} == {403}


@pytest.mark.parametrize("earlier", [1, 3, 50])
def test_it_asks_the_database_as_much_for_fifty_as_for_one(
    store: Any, browser: Any, decided: Entry, earlier: int
) -> None:
    for _ in range(earlier):
        store.say("social-worker", ExploitationAssessed(level="serious", **ASSESSED), decided)
    client = browser("social-worker")
    client.get(address(decided))
    with CaptureQueriesContext(connections["default"]) as asked:
        page = client.get(address(decided))
    assert text(page).count("Read it<span") == min(earlier, 3)
    assert len(asked) <= MOST
