"""The menu and the first page of every role: what stands there opens, and says where one is."""

from typing import Any

import pytest
from lxml import html

from tests.pages.browsing import signed_in
from tests.partnership import PEOPLE

COMMON = {"My duties": "/duties", "Notices": "/notices"}
STAFF = COMMON | {
    "Report": "/report",
    "Take in": "/take-in",
    "My reports": "/my-reports",
    "Record": "/record/new",
    "What I raised": "/raised",
    "Who was told": "/told",
}
DOOR = {"Front door": "/front-door", "Note a call": "/phone-note"}
MEETINGS, PEOPLES, AGENCY = {"Meetings": "/meetings"}, {"People": "/people"}, {"Agency duties": "/duties/agency"}
SEARCH = {"Search": "/search"} | MEETINGS
CASELOAD = {"Caseload": "/caseload"}
WATCH = {"What is late": "/watch", "Ledger": "/ledger", "Known to whom": "/known-to-whom"} | CASELOAD
ERASURES = {"Erasures": "/erasures"}
LEAD = STAFF | SEARCH | PEOPLES | AGENCY | CASELOAD | ERASURES

MENUS = {
    "front-door": STAFF | DOOR | SEARCH,
    "social-worker": STAFF | SEARCH,
    "team-manager": LEAD | DOOR,
    "head": LEAD,
    "director": LEAD,
    "teacher": STAFF | SEARCH,
    "nurse": STAFF | SEARCH,
    "officer": STAFF | SEARCH,
    "analyst": STAFF | MEETINGS,
    "chair": STAFF | SEARCH | {"Joint list": "/joint-list"},
    "licensing": STAFF | MEETINGS,
    "designated": STAFF | SEARCH | ERASURES | {"Sealed reports": "/sealed"},
    "signer": STAFF | PEOPLES | ERASURES | {"Joint list": "/joint-list"},
    "manager": STAFF | PEOPLES | AGENCY | WATCH | ERASURES | {"Searches": "/searches", "Reads": "/reads"},
    "admin": COMMON,
    "scrutineer": STAFF | PEOPLES | WATCH | ERASURES | {"Sealed reports": "/sealed"},
    "inspectorate": STAFF | PEOPLES | WATCH | ERASURES | {"Sealed reports": "/sealed"},
}
FIRST = {
    "front-door": "/front-door",
    "signer": "/joint-list",
    "manager": "/watch",
    "scrutineer": "/watch",
    "inspectorate": "/watch",
    "teacher": "/report",
    "nurse": "/report",
    "officer": "/report",
    "analyst": "/report",
    "licensing": "/report",
    "admin": "/record",
}
"""Where somebody begins. Everybody else begins with their duties."""


def tree(user: str, url: str) -> Any:
    """A page that somebody opened."""
    page = signed_in(user).get(url)
    assert page.status_code == 200, (user, url)
    return html.document_fromstring(page.content)


def menu(seen: Any) -> dict[str, str]:
    """Titles and addresses of the menu, without what waits there."""
    found = seen.xpath("//ul[@id='navigation']//a")
    return {one.xpath("string(text()|strong)").strip(): one.get("href") for one in found}


def current(seen: Any) -> list[tuple[str, str]]:
    """What the menu says one is at: the address, and how."""
    return [(one.get("href"), one.get("aria-current")) for one in seen.xpath("//nav//a[@aria-current]")]


def test_every_role_has_a_row() -> None:
    assert set(MENUS) == set(PEOPLE)


@pytest.mark.parametrize("user", MENUS)
def test_a_role_s_menu_leads_to_pages_that_open_and_are_marked(store: Any, user: str) -> None:
    assert menu(tree(user, "/duties")) == MENUS[user]
    assert {url: current(tree(user, url)) for url in MENUS[user].values()} == {
        url: [(url, "page")] for url in MENUS[user].values()
    }


@pytest.mark.parametrize("user", MENUS)
def test_a_role_begins_with_its_own_page(store: Any, user: str) -> None:
    assert signed_in(user).get("/")["Location"] == FIRST.get(user, "/duties")


def test_what_lies_behind_a_page_of_the_menu_marks_it(store: Any) -> None:
    made = store.report()
    assert current(tree("front-door", f"/front-door/{made.id}")) == [("/front-door", "true")]
    assert current(tree("teacher", f"/report/{made.id}")) == [("/my-reports", "true")]
    assert current(tree("teacher", "/record/case.meeting_held")) == [("/record/new", "true")]
    assert current(tree("teacher", "/duties/law")) == [("/duties", "true")]
    assert current(tree("head", "/people/rota")) == [("/people", "true")]
    assert current(tree("teacher", "/record")) == []
    assert current(tree("teacher", "/rulebook")) == []
