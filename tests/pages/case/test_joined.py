"""By which judgement a mention came to a file, on the file; and for the business manager, whom a link let in."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from onrecord.case.facts import SafeContactSet
from onrecord.ledger.facts import Entry, mention_of
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.queries import latest
from onrecord.linkage.facts import LinkJudged
from tests.pages.browsing import text
from tests.pages.case.test_file import SAFE
from tests.partnership import REPORT, START
from tests.stages.duties.test_lowering import AGREED, GOOD

MOST = 12
OTHER = {**REPORT["child"], "family_name": "Moss"}
BY = "Joined on 5 October 2026 by Front door practitioner, Northbrook Children&#x27;s Services"


def child(made: Entry) -> Any:
    return mention_of(made.id, "child")


def reference(made: Entry) -> str:
    return str(child(made))[:8]


def judge(store: Any, one: Entry, other: Entry, verdict: str = "same", why: str = "Same NHS number.", **by: str) -> Any:
    """Say that two reports' children are, or are not, one."""
    judged = LinkJudged(verdict=verdict, why=why)
    made = store.say(by.get("by", "front-door"), judged, about=[child(one), child(other)], lowering=GOOD).entry
    if made.proposed:
        store.say("signer", AGREED, made)
    return made


def joined(page: str) -> str:
    """The part of a file that says how mentions came to it, in one line; "" where none did."""
    part = page.partition('id="joined"')[2].partition("</ul>")[0]
    return " ".join(part.replace("<li>", " ").split())


def file_of(browser: Any, made: Entry, user: str = "front-door") -> str:
    return text(browser(user).get(f"/children/{child(made)}"))


def test_the_file_says_who_joined_each_mention_to_it_when_and_why(store: Any, browser: Any) -> None:
    one, other, third, apart = (store.report() for _ in range(4))
    judge(store, one, other)
    with playing(START + timedelta(days=1)):
        judge(store, other, third, why="Her aunt said so.")
    judge(store, one, apart, verdict="different", why="Born in another year.")
    said = joined(file_of(browser, one))
    assert said.count("Joined on") == 2
    assert f'<strong>{reference(other)}</strong>. {BY}: <span class="onr-words">Same NHS number.</span>' in said
    assert f"<strong>{reference(third)}</strong>. {BY.replace('5 October', '6 October')}: " in said
    assert ("Her aunt said so." in said, "Born in another year." in said) == (True, False)
    assert joined(file_of(browser, third)).count("Joined on") == 2


def test_a_link_that_was_undone_joins_nothing(store: Any, browser: Any) -> None:
    one, other = store.report(), store.report()
    judge(store, one, other)
    judge(store, one, other, verdict="different")
    assert joined(file_of(browser, one)) == ""


def test_a_link_that_one_person_wants_undone_still_joins(store: Any, browser: Any) -> None:
    one, other = store.report(), store.report()
    judge(store, one, other)
    apart = LinkJudged(verdict="different", why="Born in another year.")
    waits = store.say("front-door", apart, about=[child(one), child(other)], lowering=GOOD).entry
    assert (waits.proposed, joined(file_of(browser, one)).count("Joined on")) == (True, 1)


def test_a_sealed_mention_is_not_named_among_those_that_were_joined(store: Any, browser: Any) -> None:
    one, sealed = store.report(), store.report(by="nurse", positions="yes")
    judge(store, one, sealed, why="Seen by the designated officer.", by="designated")
    page = file_of(browser, one)
    assert joined(page) == ""
    assert [said for said in (reference(sealed), "Seen by the designated officer.") if said in page] == []


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_file_asks_as_much_for_fifty_joined_mentions_as_for_one(store: Any, browser: Any, rows: int) -> None:
    made = store.report()
    for _ in range(rows):
        judge(store, made, store.report())
    client = browser("front-door")
    client.get(f"/children/{child(made)}")
    with CaptureQueriesContext(connections["default"]) as asked:
        page = text(client.get(f"/children/{child(made)}"))
    assert joined(page).count("Joined on") == rows
    assert len(asked) <= MOST


def listed(browser: Any, query: str = "") -> list[tuple[str, ...]]:
    """The agencies, who judged, and the references of each link on the business manager's list, the newest first."""
    rows = text(browser("manager").get(f"/links{query}")).split('onr-list__first">')[1:]
    return [tuple(re.findall(r'onr-list__value">(.*?)</span>', row)) for row in rows]


def test_a_link_that_let_an_agency_in_is_listed_and_one_that_let_nobody_in_is_not(store: Any, browser: Any) -> None:
    one, same, health = store.report(), store.report(), store.report(by="nurse")
    judge(store, one, same)
    judge(store, one, health, verdict="unsure")
    assert listed(browser) == []
    judge(store, one, health)
    pair = ", ".join((reference(one), reference(health)))
    who = "Asha Verne, Northbrook Children&#x27;s Services"
    assert listed(browser) == [(who, "Hill School, Northbrook Health", pair)]
    judge(store, same, health)
    assert len(listed(browser)) == 1


def test_what_was_said_after_the_link_hides_it_not(store: Any, browser: Any) -> None:
    one, health = store.report(), store.report(by="nurse")
    judge(store, one, health)
    before = listed(browser)
    store.say("nurse", SafeContactSet.heard(SAFE), one, about=[child(one)])
    store.say("teacher", SafeContactSet.heard(SAFE), health, about=[child(health)])
    assert listed(browser) == before != []


def test_a_link_undone_and_made_again_lets_in_again(store: Any, browser: Any) -> None:
    one, health = store.report(), store.report(by="nurse")
    for verdict in ("same", "different", "same"):
        judge(store, one, health, verdict=verdict)
    assert len(listed(browser)) == 2


def test_the_list_names_no_child_and_nothing_that_is_sealed(store: Any, browser: Any) -> None:
    one, health = store.report(child=OTHER), store.report(by="nurse")
    sealed = store.report(by="officer", positions="yes")
    judge(store, one, health, why="Zephyrine Quillfeather, ZZ9 9ZZ.")
    judge(store, one, sealed, by="designated")
    page = text(browser("manager").get("/links"))
    assert page.count('onr-list__first">') == 1
    said = ("Zephyrine", "Quillfeather", "Moss", "ZZ9", reference(sealed), "Northbrook Police")
    assert [word for word in said if word in page] == []


def test_older_links_are_found_a_page_on(store: Any, browser: Any) -> None:
    for _ in range(23):
        judge(store, store.report(), store.report(by="nurse"))
    page = text(browser("manager").get("/links"))
    (older,) = re.findall(r'href="(\?before=\d+)"', page)
    pages = [listed(browser), listed(browser, older)]
    assert [len(page) for page in pages] == [20, 3]
    assert len({row for page in pages for row in page}) == 23


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_asks_the_database_as_much_for_fifty_as_for_one(store: Any, browser: Any, rows: int) -> None:
    for _ in range(rows):
        judge(store, store.report(), store.report(by="nurse"))
    client = browser("manager")
    client.get("/links")
    with CaptureQueriesContext(connections["default"]) as asked:
        page = text(client.get("/links"))
    assert page.count('onr-list__first">') == min(rows, 20)
    assert len(asked) <= MOST


def test_to_look_at_the_links_is_a_read(store: Any, browser: Any) -> None:
    browser("manager").get("/links")
    assert [(made.saying.by, made.saying.fact.what) for made in latest("reads", 1)] == [("manager", "reads")]
    assert browser("teacher").get("/links").status_code == 403
