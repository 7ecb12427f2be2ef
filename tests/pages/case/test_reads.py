"""Who read what: for the business manager alone, by person and by child, without a name of any child."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from onrecord.access.actions import note_opened
from onrecord.ledger.facts import Entry, mention_of
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.queries import latest
from onrecord.linkage.facts import LinkJudged
from tests.pages.browsing import text
from tests.pages.case.test_search import TYPED
from tests.partnership import PEOPLE, START

MOST = 12
ROW = 'class="govuk-table__header onr-list__first">'
PERSONAL = ("Zephyrine", "Quillfeather", "ZZ9", "marmalade", "2012-01-03", "3 January 2012")


def child(made: Entry) -> UUID:
    return mention_of(made.id, "child")


@pytest.fixture
def read(store: Any, browser: Any) -> tuple[Entry, Entry]:
    """Two reports; the teacher read the first child's file, the nurse the second's, the front door a report."""
    one = store.report(child={"given_name": "Zephyrine", "family_name": "Prosser"})
    other = store.report(by="nurse")
    browser("teacher").get(f"/children/{child(one)}")
    browser("nurse").get(f"/children/{child(other)}")
    browser("front-door").get(f"/front-door/{one.id}")
    return one, other


def readers_of(browser: Any, query: str) -> set[str]:
    """Who is named in the list of reads."""
    page = text(browser("manager").get(f"/reads?{query}")).partition("<table")[2]
    return {name for name in ("Nia Prosser", "Ines Fallow", "Asha Verne", "Dev Ashby") if name in page}


def test_it_lists_who_read_what_and_flags_a_reader_who_could_be_family(read: tuple[Entry, Entry], browser: Any) -> None:
    page = text(browser("manager").get("/reads"))
    assert page.count(ROW) == 3
    assert "A child&#x27;s chronology" in page
    assert page.count("Same last name as the child") == 1
    assert str(child(read[0]))[:8] in page


def test_by_person_and_by_the_reference_of_a_child_or_a_report(read: tuple[Entry, Entry], browser: Any) -> None:
    one, other = read
    found = {
        "person": readers_of(browser, "who=nurse"),
        "child": readers_of(browser, f"child={str(child(other))[:8]}"),
        "report": readers_of(browser, f"child={str(one.id)[:8].upper()}"),
        "nobody": readers_of(browser, "child=zzzzzzzz"),
    }
    assert found == {
        "person": {"Ines Fallow"},
        "child": {"Ines Fallow"},
        "report": {"Nia Prosser", "Asha Verne"},
        "nobody": set(),
    }


def test_linked_mentions_are_one_child_here_too(store: Any, read: tuple[Entry, Entry], browser: Any) -> None:
    one, other = read
    store.say("front-door", LinkJudged(verdict="same", why="Compared."), about=[child(one), child(other)])
    assert readers_of(browser, f"child={str(child(one))[:8]}") == {"Nia Prosser", "Ines Fallow", "Asha Verne"}


@pytest.mark.parametrize("user", sorted(set(PEOPLE) - {"manager"}))
def test_nobody_else_sees_who_read_what_or_the_way_there(user: str, read: tuple[Entry, Entry], browser: Any) -> None:
    client = browser(user)
    assert [client.get(url).status_code for url in ("/reads", "/searches")] == [403, 403]
    assert [url for url in ('href="/reads"', 'href="/searches"') if url in text(client.get("/duties"))] == []


def test_no_child_is_named_in_either_list(read: tuple[Entry, Entry], browser: Any) -> None:
    browser("nurse").post("/search", TYPED)
    assert "Zephyrine" in str(latest("reads", 1)[0].saying.fact.sought)
    with playing(START + timedelta(days=8)):
        pages = [text(browser("manager").get(url)) for url in ("/reads", "/searches")]
    assert [ROW in page for page in pages] == [True, True]
    assert [said for page in pages for said in PERSONAL if said in page] == []


def test_to_look_is_a_read_too(store: Any, browser: Any) -> None:
    for url in ("/reads", "/searches"):
        browser("manager").get(url)
    assert [(made.saying.by, made.saying.fact.what) for made in latest("reads", 2)] == [("manager", "reads")] * 2


@pytest.mark.parametrize("url", ["/reads", "/searches"])
@pytest.mark.parametrize("rows", [1, 3, 50])
def test_a_list_asks_the_database_as_much_for_fifty_as_for_one(store: Any, browser: Any, url: str, rows: int) -> None:
    made = store.report()
    for _ in range(rows):
        note_opened(store.viewer("teacher"), "search", (child(made),), now(), "Asked.")
    client = browser("manager")
    with playing(START + timedelta(days=8)), CaptureQueriesContext(connections["default"]) as asked:
        page = client.get(url)
    assert text(page).count(ROW) == rows
    assert len(asked) <= MOST
