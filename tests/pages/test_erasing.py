"""The pages of erasures: nothing said is shown, the effect stands before the button, and what is typed stays."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onrecord.duties.actions.erasing import propose_erasure
from onrecord.duties.models import Owed
from onrecord.ledger.facts import BackupMade, Entry, Erasing, ErasureProposed, Seconded
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import entry, envelopes, erasures
from tests.pages.browsing import text
from tests.partnership import PEOPLE, REPORT, Store
from tests.stages.ledger.erasing import machine

MOST = 12
SEES = {"team-manager", "head", "director", "designated", "manager", "signer", "scrutineer", "inspectorate"}


def settled(store: Store, **changed: Any) -> Entry:
    made = store.report("social-worker", **changed)
    Owed.objects.filter(state="open").update(state="met")
    return made


def chosen(made: Entry, *fields: str, **more: str) -> dict[str, Any]:
    said = {"id": str(uuid4()), "basis": "wrongly_filed", "why": "Another child was meant.", "step": "see"}
    return said | {"what": [f"{made.id} {field}" for field in fields]} | more


def test_it_is_for_those_who_answer_for_records_and_those_who_sign(
    store: Store, browser: Callable[[str], Client]
) -> None:
    assert {who for who in PEOPLE if browser(who).get("/erasures").status_code == 200} == SEES


def test_the_effect_is_seen_first_and_nothing_is_proposed_by_it(store: Store, browser: Callable[[str], Client]) -> None:
    made = settled(store)
    page = text(browser("manager").post(f"/erasures/{made.id}", chosen(made, "words", "child.born year")))
    assert "What it would do" in page
    assert "Somebody who leads Northbrook Children's Services has to agree," in page.replace("&#x27;", "'")
    assert envelopes([ErasureProposed.kind]) == []


def test_it_is_proposed_agreed_to_and_listed(store: Store, browser: Callable[[str], Client]) -> None:
    made = settled(store)
    sent = browser("manager").post(f"/erasures/{made.id}", chosen(made, "words", step="propose"))
    assert (sent.status_code, sent["Location"]) == (302, "/erasures")
    one = envelopes([ErasureProposed.kind])[0]
    name = f"sign{str(one.uid)[:8]}"
    said = {"form": name, f"{name}-id": str(uuid4()), f"{name}-answer": "agree", f"{name}-why": "I looked."}
    assert browser("head").post("/erasures", said)["Location"] == "/erasures"
    assert [found.entry for found in erasures()] == [made.id]
    page = text(browser("scrutineer").get("/erasures"))
    assert "Erased: 1" in page
    assert "UK GDPR article 16: it was filed about the wrong person" in page


def test_what_is_refused_is_said_and_everything_typed_stays(store: Store, browser: Callable[[str], Client]) -> None:
    made = store.report("social-worker")
    for step in ("see", "propose"):
        page = text(browser("manager").post(f"/erasures/{made.id}", chosen(made, "words", step=step)))
        assert "Something is still owed that this opened" in page
        assert "Another child was meant." in page
        assert "What it would do" not in page
    assert envelopes([ErasureProposed.kind]) == []


def test_what_is_missing_is_said_in_the_fields_own_words(store: Store, browser: Callable[[str], Client]) -> None:
    page = text(browser("manager").post(f"/erasures/{settled(store).id}", {"id": str(uuid4()), "step": "see"}))
    for words in ("Choose what is to go.", "Choose what asks for it.", "Say why that applies."):
        assert words in page


def test_an_entry_is_found_by_its_reference_and_nothing_it_says_is_shown(
    store: Store, browser: Callable[[str], Client]
) -> None:
    made = settled(store)
    found = text(browser("manager").get("/erasures", {"find": str(made.id)[:8]}))
    assert f"/erasures/{made.id}" in found
    pages = found + text(browser("manager").get(f"/erasures/{made.id}"))
    said = [REPORT["words"], *(word for word in REPORT["child"].values() if len(word) > 3)]
    assert [word for word in said if word in pages] == []


def test_everything_about_a_child_goes_entry_by_entry(store: Store, browser: Callable[[str], Client]) -> None:
    made = settled(store)
    decided = store.decide(made).entry
    Owed.objects.filter(state="open").update(state="met")
    said = chosen(made, step="propose") | {"what": [str(made.id), str(decided.id)]}
    assert browser("head").post(f"/erasures/{made.mentions[0]}", said).status_code == 302
    one = entry(envelopes([ErasureProposed.kind])[0].uid)
    store.say("manager", Seconded(why="It is so."), one)
    assert {found.entry for found in erasures()} == {made.id, decided.id}
    left = entry(made.id).saying.fact.child.model_dump(exclude_none=True)  # type: ignore[attr-defined]
    assert list(left) == ["described"]


def test_a_sealed_entry_is_not_there_for_who_may_not_know_of_it(store: Store, browser: Callable[[str], Client]) -> None:
    sealed = settled(store, positions="yes", words="Tomas Hale, who works here, was there.")
    unknown = uuid4()
    answers = [browser("manager").get(f"/erasures/{uid}") for uid in (sealed.id, unknown)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert str(sealed.id) not in text(browser("manager").get("/erasures", {"find": str(sealed.id)[:8]}))


def test_until_when_a_backup_may_hold_it_is_said(store: Store, browser: Callable[[str], Client]) -> None:
    machine(BackupMade.heard({"what": "The database, in the safe", "until": "2027-01-31"}))
    made = settled(store)
    propose_erasure(store.viewer("manager"), [part(made)], "asked", "They asked.", uuid4(), now())
    store.say("head", Seconded(why="They may."), entry(envelopes([ErasureProposed.kind])[0].uid))
    page = text(browser("manager").get("/erasures"))
    assert "may still hold it until 31 January 2027" in page


def part(made: Entry) -> Erasing:
    return Erasing(entry=str(made.id), field="words")


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_number_of_queries_does_not_grow(rows: int, store: Store, browser: Callable[[str], Client]) -> None:
    for number in range(rows):
        made = settled(store)
        one = propose_erasure(store.viewer("manager"), [part(made)], "asked", "They asked.", uuid4(), now())
        if number % 2:
            store.say("head", Seconded(why="They may."), one)
    client = browser("head")
    client.get("/erasures")
    with CaptureQueriesContext(connections["default"]) as asked:
        page = text(client.get("/erasures"))
    assert len(re.findall("onr-card__title", page)) >= rows
    assert len(asked) <= MOST


def test_every_page_says_in_its_place_that_it_was_erased_and_the_word_is_nowhere(
    store: Store, browser: Callable[[str], Client]
) -> None:
    made = settled(store)
    parts = [part(made), Erasing(entry=str(made.id), field="child.family_name")]
    one = propose_erasure(store.viewer("manager"), parts, "ordered", "The court wrote.", uuid4(), now())
    store.say("head", Seconded(why="It did."), one)
    addresses = f"/report/{made.id}", f"/report/{made.id}/copy.txt", f"/children/{made.mentions[0]}"
    for address in addresses:
        page = text(browser("social-worker").get(address))
        assert "erased on 5 October 2026 for Northbrook Children" in page, address
        assert [word for word in ("marmalade", "Quillfeather") if word in page] == [], address
    found = browser("social-worker").post("/search", SOUGHT | {"family_name": "Quillfeather"})
    assert f"/children/{made.mentions[0]}" not in text(found)


SOUGHT = {"given_name": "Zephyrine", "why": "contacted", "words": "Her school rang me."}
