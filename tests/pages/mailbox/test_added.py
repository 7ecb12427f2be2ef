"""On the pages of those who decide: what was added stands there, and a form answers only what stood on its page."""

from typing import Any
from uuid import UUID

from onrecord.duties.models import Owed
from onrecord.intake.facts import DecisionMade
from onrecord.ledger.facts import Entry, mention_of
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import thread
from onrecord.mailbox.actions import write
from onrecord.mailbox.facts import AddedWeighed
from onrecord.mailbox.facts.added import NOT_WORKED_ON
from tests.pages.browsing import sheet, signed_in, text
from tests.partnership import DECISION
from tests.stages.mailbox.ground import told_by

ADDED = "Something was added since the decision"


def decided(store: Any, outcome: str = "assess") -> Entry:
    made = told_by()
    fact = DecisionMade.heard(DECISION | {"outcome": outcome})
    store.say("front-door", fact, made, about=[mention_of(made.id, "child")])
    return made


def decision(*seen: Entry) -> dict[str, Any]:
    return sheet("decide", **DECISION) | {"decide-read": [str(one.id) for one in seen]}


def last(made: Entry, kind: str) -> list[UUID]:
    return list([line for line in thread(made.id) if line.kind == kind][-1].regarding)


def key(opening: Entry) -> UUID:
    return Owed.objects.get(opening=opening.id, rule="decide-on-what-was-added").key


def test_the_front_door_is_told_and_the_report_says_where_it_stands(store: Any) -> None:
    made = decided(store)
    browser = signed_in("front-door")
    assert ADDED not in text(browser.get("/front-door"))
    again = write(made, "He came to the school gate.", "page", now())
    listed = browser.get("/front-door")
    assert ADDED in text(listed)
    assert f'href="/front-door/{made.id}"' in listed.content.decode()
    page = browser.get(f"/front-door/{made.id}")
    assert "Something was added since, and waits for a decision." in text(page)
    assert "He came to the school gate." in text(page)
    assert f'name="decide-read" value="{again.id}"' in page.content.decode()


def test_a_new_decision_answers_what_stood_on_its_page_and_nothing_that_came_since(store: Any) -> None:
    made = decided(store)
    again = write(made, "He came to the school gate.", "page", now())
    browser = signed_in("front-door")
    meanwhile = write(made, "He is here now.", "page", now())
    assert browser.post(f"/front-door/{made.id}", decision(again)).status_code == 302
    assert last(made, DecisionMade.kind) == [made.id, again.id]
    assert "waits for a decision" in text(browser.get(f"/front-door/{made.id}"))
    assert browser.post(f"/front-door/{made.id}", decision(meanwhile)).status_code == 302
    assert last(made, DecisionMade.kind) == [made.id, meanwhile.id]
    assert "waits for a decision" not in text(browser.get(f"/front-door/{made.id}"))
    assert ADDED not in text(browser.get("/front-door"))


def test_a_form_answers_nothing_that_is_no_part_of_the_report(store: Any) -> None:
    made, other = decided(store), decided(store)
    apart = write(other, "Something else.", "page", now())
    assert signed_in("front-door").post(f"/front-door/{made.id}", decision(apart)).status_code == 302
    assert last(made, DecisionMade.kind) == [made.id]


def test_beside_the_messages_somebody_says_that_it_is_worked_on(store: Any) -> None:
    made = decided(store)
    again = write(made, "He came to the school gate.", "page", now())
    browser = signed_in("front-door")
    page = browser.get(f"/messages/{made.id}")
    assert "What was added waits for a decision" in text(page)
    assert f'name="added-read" value="{again.id}"' in page.content.decode()
    said = sheet("added", comes="worked_on", why="Devi Harrow was told at ten.") | {"added-read": [str(again.id)]}
    assert browser.post(f"/messages/{made.id}", said).status_code == 302
    assert last(made, AddedWeighed.kind) == [made.id, again.id]
    assert "What was added waits for a decision" not in text(browser.get(f"/messages/{made.id}"))


def test_where_nobody_works_the_page_says_why_not_and_keeps_the_words(store: Any) -> None:
    made = decided(store, "send_to")
    again = write(made, "He came to the school gate.", "page", now())
    said = sheet("added", comes="worked_on", why="Devi Harrow was told at ten.") | {"added-read": [str(again.id)]}
    page = signed_in("front-door").post(f"/messages/{made.id}", said)
    assert NOT_WORKED_ON in text(page)
    assert "Devi Harrow was told at ten." in text(page)
    assert f'name="added-read" value="{again.id}"' in page.content.decode()


def test_what_is_proposed_is_said_and_not_asked_again_until_more_is_added(store: Any) -> None:
    made = decided(store)
    again = write(made, "Is anybody there?", "page", now())
    browser = signed_in("front-door")
    said = sheet("added", comes="nothing_new", why="She asks whether we read it.") | {"added-read": [str(again.id)]}
    assert browser.post(f"/messages/{made.id}", said).status_code == 302
    page = text(browser.get(f"/messages/{made.id}"))
    assert "Proposed: what was added says nothing new." in page
    assert "What was added waits for a decision" not in page
    joint = text(signed_in("signer").get("/joint-list"))
    assert "Is anybody there?" in joint
    assert "She asks whether we read it." in joint
    write(made, "He is here.", "another page", now())
    assert "What was added waits for a decision" in text(browser.get(f"/messages/{made.id}"))


def test_before_the_first_decision_the_messages_ask_for_no_other(store: Any) -> None:
    made = told_by()
    write(made, "One thing more.", "page", now())
    assert "What was added waits for a decision" not in text(signed_in("front-door").get(f"/messages/{made.id}"))


def test_the_duty_leads_to_the_report(store: Any) -> None:
    made = decided(store)
    again = write(made, "He came to the school gate.", "page", now())
    page = signed_in("front-door").get(f"/duties/{key(again)}")
    assert f'href="/front-door/{made.id}"' in page.content.decode()
    assert "What was added, weighed" in text(page)
    assert "Decision on a report" not in text(page)


def test_more_than_ten_are_counted(store: Any) -> None:
    for _ in range(12):
        write(decided(store), "One thing more.", "page", now())
    assert "And 2 more: they stand under" in text(signed_in("front-door").get("/front-door"))
