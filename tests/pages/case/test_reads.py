"""Who read what: for the business manager alone, by person and by child, without a name of any child."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from onrecord.access.actions import note_opened
from onrecord.access.facts import RecordOpened
from onrecord.access.models import Role
from onrecord.ledger.actions import append
from onrecord.ledger.facts import Entry, Saying, When, mention_of
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.queries import latest
from onrecord.linkage.facts import LinkJudged
from tests.pages.browsing import text
from tests.pages.case.test_search import TYPED
from tests.partnership import PEOPLE, START

MOST = 12
ROW = 'class="govuk-table__header onr-list__first">'
LOOKED_THROUGH = 5000
REASON = re.compile(r'onr-words">(read \d+)<')
WAY = re.compile(r'href="([^"]*)" rel="(prev|next)"')
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


def test_from_a_reference_it_leads_to_who_may_know_what(read: tuple[Entry, Entry], store: Any, browser: Any) -> None:
    manager, wanted = browser("manager"), child(read[0])
    ways = [text(manager.get(f"/reads?child={str(one)[:8]}")) for one in (wanted, read[0].id)]
    assert [f'href="/children/{wanted}/who"' in page for page in ways] == [True, True]
    assert manager.get(f"/children/{wanted}/who").status_code == 200
    assert [word for word in PERSONAL if word in ways[0]] == []
    sealed = child(store.report(words="Asha Verne, who takes the calls, told her to be quiet."))
    for asked in ("", "00000000", str(sealed)[:8]):
        assert "/who" not in text(manager.get(f"/reads?child={asked}"))


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


def note(by: str, numbers: range) -> None:
    """Reads of the facts by somebody, each with its number as its reason."""
    one = {"by": by, "role": "practitioner", "agency": "school", "happened": When.at(now())}
    facts = (RecordOpened(what="facts", reason=f"read {number}") for number in numbers)
    append([Saying(id=uuid4(), fact=fact, **one) for fact in facts], using="reads")


def shown(client: Any, query: str = "") -> tuple[list[str], dict[str, str]]:
    """The reasons on a page of reads, and the ways from it to newer (prev) and older (next) ones."""
    page = text(client.get(f"/reads{unescape(query)}"))
    return REASON.findall(page), {way: address for address, way in WAY.findall(page)}


def test_the_first_read_is_found_behind_five_thousand_others(store: Any, browser: Any) -> None:
    note("nurse", range(1))
    note("teacher", range(1, LOOKED_THROUGH + 1))
    client = browser("manager")
    page = text(client.get("/reads?who=nurse"))
    assert ("Nothing like this in this part of the list." in page, "This page looked as far as" in page) == (True, True)
    found, ways = shown(client, "?who=nurse")
    assert (found, list(ways)) == ([], ["next"])
    found, ways = shown(client, ways["next"])
    assert (found, list(ways)) == (["read 0"], ["prev"])


def test_older_and_newer_lead_past_every_read_once(store: Any, browser: Any) -> None:
    note("teacher", range(120))
    client = browser("manager")
    there: list[list[str]] = []
    found, ways = shown(client)
    there.append(found)
    while "next" in ways:
        found, ways = shown(client, ways["next"])
        there.append(found)
    assert [one for page in there for one in page] == [f"read {number}" for number in reversed(range(120))]
    back = [there[-1]]
    while "prev" in ways and len(back) < 9:
        found, ways = shown(client, ways["prev"])
        back.append(found)
    assert [one for page in reversed(back) for one in page] == [one for page in there for one in page]


def test_a_month_begins_and_ends_at_midnight_here(store: Any, browser: Any) -> None:
    client = browser("manager")
    moments = [datetime(2026, 10, 31, 23, 59, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)]
    moments += [datetime(2026, 11, 30, 23, 59, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)]
    for number, moment in enumerate(moments):
        with playing(moment):
            note("teacher" if number % 2 else "nurse", range(number, number + 1))
    with playing(datetime(2026, 12, 1, 8, tzinfo=UTC)):
        client = browser("manager")
        asked = ("month=2026-10", "month=2026-11", "month=2026-12", "month=2026-11&who=nurse", "month=2027-01")
        found = {query: shown(client, f"?{query}")[0] for query in asked}
        choices = re.findall(r'<option value="(2\d{3}-\d\d)"', text(client.get("/reads")))
    assert found == {
        "month=2026-10": ["read 0"],
        "month=2026-11": ["read 2", "read 1"],
        "month=2026-12": ["read 3"],
        "month=2026-11&who=nurse": ["read 2"],
        "month=2027-01": [],
    }
    assert choices == ["2026-12", "2026-11", "2026-10"]


@pytest.mark.parametrize("query", ["month=2026-13", "month=0000-01", "before=x", "after=-1", "before=9&after=99999"])
def test_an_address_that_makes_no_sense_breaks_nothing(query: str, store: Any, browser: Any) -> None:
    note("teacher", range(1))
    assert browser("manager").get(f"/reads?{query}").status_code == 200


def test_who_left_can_still_be_chosen(store: Any, browser: Any) -> None:
    Role.objects.filter(user="nurse").update(ended_seq=1)
    assert '<option value="nurse">Ines Fallow</option>' in text(browser("manager").get("/reads"))


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_reads_ledger_is_asked_as_much_for_fifty_as_for_one(store: Any, browser: Any, rows: int) -> None:
    note("teacher", range(rows))
    client = browser("manager")
    with CaptureQueriesContext(connections["reads"]) as asked:
        page = client.get("/reads?month=2026-10")
    assert len(REASON.findall(text(page))) == rows
    assert len(asked) <= MOST


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
