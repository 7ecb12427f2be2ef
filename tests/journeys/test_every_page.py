"""Every page of every role, found by following every link: everybody can use each, on a phone and on a desk."""

from typing import Any

import pytest

from onrecord.duties.actions import tick
from onrecord.ledger.gateway.clock import now
from tests.journeys.conftest import Tab
from tests.pages.matrix.ground import Ground, lay
from tests.pages.walking import shape, walk
from tests.partnership import PEOPLE

pytestmark = pytest.mark.browser

PICTURED = {"/front-door", "/duties", "/duties/agency", "/duties/law", "/joint-list", "/ledger", "/people", "/watch"}
"""Pages of which a picture is kept, as the first who comes to them sees them."""


@pytest.fixture
def ground(own_store: Any) -> Ground:
    """A record in which reports stand in every state, and the watch has looked."""
    made = lay()
    tick(now())
    return made


def become(tab: Tab, ground: Ground, user: str) -> None:
    """Take somebody's place, as if they had signed in."""
    session = ground.browsers[user].cookies["sessionid"].value
    tab.page.context.clear_cookies()
    tab.page.context.add_cookies([{"name": "sessionid", "value": session, "url": tab.server}])


def unlike(ground: Ground) -> dict[str, list[str]]:
    """Of all pages that anybody can reach, one of each shape, by who is to open it."""
    known: set[str] = set()
    found: dict[str, list[str]] = {}
    for user in sorted(PEOPLE):
        pages = walk(ground.browsers[user])
        new = {path: shape(page) for path, page in pages.items() if path != "/"}
        found[user] = []
        for path, made in new.items():
            if made not in known:
                known.add(made)
                found[user].append(path)
    return found


def test_every_page_of_every_role_stands_on_a_phone_and_on_a_desk(tab: Tab, ground: Ground) -> None:
    faults, wanted = [], set(PICTURED)
    for user, paths in unlike(ground).items():
        become(tab, ground, user)
        for path in paths:
            tab.open(path)
            faults += [f"{path}: {fault}" for fault in tab.looked_over()]
            tab.faults.clear()
            if path in wanted:
                tab.picture(path.strip("/").replace("/", "-"))
                wanted.remove(path)
    assert faults == []
