"""Pages to which no list leads, what one signs in with, and an opened mailbox: with them every page is looked over."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve

from onrecord.access.actions import make_invitation
from onrecord.mailbox.gateway import pace
from tests.journeys.conftest import Tab
from tests.pages.browsing import signed_in
from tests.pages.matrix.addresses import addresses
from tests.pages.matrix.ground import Ground, lay
from tests.pages.matrix.hung import details, dispute, document, for_her, mailbox, meeting, put_right, step
from tests.pages.matrix.rows import BUTTONS, DOORS, EVERYBODY, KEYED, UNSEEN
from tests.pages.matrix.test_a_trusted_adult import KEMI, given
from tests.pages.signing import enter, set_up_app, with_password
from tests.pages.walking import walk
from tests.stages.mailbox.ground import told_by, trained, words_of, writes

pytestmark = pytest.mark.browser

FILES = {
    "originals/<uuid:uid>",
    "documents/<uuid:uid>",
    "bundles/<uuid:uid>",
    "messages/<uuid:uid>/files/<uuid:file>",
    "children/<uuid:mention>/print",
    "report/<uuid:uid>/proof.txt",
    "report/<uuid:uid>/copy.txt",
    "health",
    "api/docs",
    "api/openapi.json",
}
"""What is handed out as it is, and the page for programmers, which others make: the accessibility page says so."""
ON_THE_WAY = {
    "sign-in": "test_states.py",
    "sign-in/second-step": "test_rare_states.py",
    "sign-in/passkey": "test_passkeys.py",
    "your-sign-in/again/passkey": "test_passkeys.py",
    "your-sign-in/passkeys/<int:pk>/remove": "test_passkeys.py",
    "sign-in/organisation": "",
    "sign-in/organisation/back": "",
    "invitation/<str:secret>": "",
}
"""On the way in: the journey that looks the page over; nothing where there is no page, only the way to another."""


@pytest.fixture
def ground(own_store: Any) -> Ground:
    """A record in which reports stand in every state, with what hangs on them."""
    made = lay()
    for lays in (meeting, step, dispute, for_her):
        lays(made, "open")
    given(made, "decided")
    return made


def behind(ground: Ground) -> dict[str, tuple[Client, str]]:
    """Each page to which no list leads: in whose browser, and at which address."""

    def laid(address: str, lays: Callable[[Ground, str], dict[str, Any]]) -> str:
        return address.format(lays(ground, "open")["<uuid:uid>"])

    messages, letter = laid("/messages/{}", mailbox), document(ground, "open")
    with_password("teacher")
    teacher = Client()
    enter(teacher, "teacher")
    set_up_app(teacher)
    here = datetime.now(UTC)  # noqa: TID251  # the server reads a clock of its own, and a link lasts a week
    _, secret = make_invitation(ground.store.viewer("team-manager"), "social-worker", here)
    newcomer = Client()
    assert newcomer.get(f"/invitation/{secret}").status_code == 302
    others = {
        messages: "front-door",
        f"{messages}/who": "front-door",
        laid("/agree/{}", put_right): "teacher",
        "/children/{}/documents/{}/move".format(letter["<uuid:mention>"], letter["<uuid:uid>"]): "teacher",
        laid("/staff-details/head/{}", details): "designated",
        "/staff-details/head": "designated",
        laid("/meetings/steps/{}", step): "officer",
        "/meetings": "officer",
        f"/erasures/{ground.reports['open'].id}": "manager",
        f"/rulebook/editions/{ground.edition}": "director",
        "/trusting": KEMI,
    }
    own = ("password", "app/remove", "codes", "codes/new", "again", "again/code")
    found = {path: (signed_in(user), path) for path, user in others.items()}
    found |= {one: (teacher, f"/your-sign-in/{one}") for one in own}
    return found | {"invitation": (newcomer, "/invitation")}


def become(tab: Tab, browser: Client) -> None:
    """Go on in the browser of somebody who signed in."""
    tab.page.context.clear_cookies()
    cookies = [{"name": name, "value": one.value, "url": tab.server} for name, one in browser.cookies.items()]
    tab.page.context.add_cookies(cookies)


def test_each_stands_on_a_phone_and_on_a_desk(tab: Tab, ground: Ground) -> None:
    faults = []
    for browser, path in behind(ground).values():
        become(tab, browser)
        tab.open(path)
        faults += [f"{path}: {fault}" for fault in tab.looked_over()]
        tab.faults.clear()
        tab.picture("behind-" + "-".join(re.findall(r"[a-z-]+", resolve(path).route)))
    assert faults == []


def test_an_opened_mailbox_and_an_empty_one_can_be_used(tab: Tab, own_store: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(pace, "BEAT", 0.001)
    made = told_by()
    own, second = words_of(made)
    trained(own_store)
    writes(own_store, made)
    for name, words in (("box", own), ("empty", second), ("wrong", "not these words at all")):
        tab.open("/m/box")
        tab.page.get_by_label("Your six words").fill(words)
        tab.page.get_by_role("button", name="Open").click()
        for folded in tab.page.locator("main summary").all():
            folded.click()
        assert tab.looked_over() == []
        tab.picture(f"mailbox-{name}")


def test_no_page_is_left_out(ground: Ground) -> None:
    """Every address of the product is looked over here, on the walk over all links, or in the journey that is named."""
    walked = {
        resolve(path).route
        for user in [*sorted(EVERYBODY), KEMI]
        for path, page in walk(signed_in(user)).items()
        if page.status_code == 200
    }
    here = {resolve(path).route for _, path in behind(ground).values()}
    assert set(addresses()) == walked | here | set(DOORS) | set(ON_THE_WAY) | FILES | BUTTONS | KEYED | UNSEEN
