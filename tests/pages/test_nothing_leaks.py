"""No name, place or word of a report stands in a title, an address, a notice, or a page of those who only watch."""

import re
from typing import Any

import pytest
from django.core import mail

from onrecord.duties.actions import tick
from onrecord.duties.queries import mine
from onrecord.ledger.facts import mention_of
from onrecord.ledger.gateway.clock import now, playing
from tests.pages.browsing import hours, signed_in
from tests.partnership import PEOPLE

PERSONAL = ("Zephyrine", "Quillfeather", "ZZ9", "marmalade", "2012-01-03", "3 January 2012")
PAGES = (
    "/report",
    "/my-reports",
    "/front-door",
    "/duties",
    "/joint-list",
    "/watch",
    "/notices",
    "/rulebook",
    "/record",
    "/search",
    "/searches",
    "/links",
    "/reads",
)
READERS = {"front-door", "team-manager", "teacher", "social-worker", "signer", "head", "director", "designated"}
"""Those who work with the child, made the report, or sign what would be lowered."""


@pytest.fixture
def busy(store: Any) -> dict[str, str]:
    """A report with everything that can follow: late, climbed, decided, proposed, owed. Addresses of its pages."""
    made = store.report()
    store.decide(store.report(concern="harm_at_home"), concern="harm_at_home")
    store.decide(made, {"reason": "duplicate", "words": "Sent twice."}, outcome="no_further_action")
    view = next(view for view in mine(store.viewer("social-worker"), now()) if view.rule.id == "assessment")
    child = f"/children/{mention_of(made.id, 'child')}"
    return {
        "child": child,
        "report": f"/report/{made.id}",
        "front": f"/front-door/{made.id}",
        "duty": f"/duties/{view.key}",
    }


def opened(user: str, pages: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """Every page somebody can open, after three days: address, title, text."""
    with playing(hours(70)):
        tick(hours(70))
        client = signed_in(user)
        found = [(page, client.get(page)) for page in pages]
    shown = [(page, made.content.decode()) for page, made in found if made.status_code == 200]
    return [(page, re.findall(r"<title>(.*?)</title>", text, re.S)[0], text) for page, text in shown]


@pytest.mark.parametrize("user", PEOPLE)
def test_titles_and_links_carry_no_person(busy: dict[str, str], user: str) -> None:
    for page, title, text in opened(user, (*PAGES, *busy.values())):
        addresses = re.findall(r'(?:href|action)="([^"]*)"', text)
        assert [(page, one) for one in (title, *addresses) for said in PERSONAL if said in one] == []


@pytest.mark.parametrize("user", sorted(set(PEOPLE) - READERS))
def test_those_who_do_not_work_with_the_child_read_nothing_of_her(busy: dict[str, str], user: str) -> None:
    pages = opened(user, (*PAGES, *busy.values()))
    assert [(page, said) for page, _, text in pages for said in PERSONAL if said in text] == []
    assert len(pages) > 3


def test_the_check_can_fail(busy: dict[str, str]) -> None:
    pages = opened("front-door", (*PAGES, *busy.values()))
    assert {said for _, _, text in pages for said in PERSONAL if said in text} >= {"Zephyrine", "marmalade"}


def test_a_notice_by_mail_carries_no_person(busy: dict[str, str], settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []
    with playing(hours(70)):
        tick(hours(70))
    sent = [f"{one.subject} {one.body}" for one in mail.outbox]
    assert len(sent) > 3
    assert [said for said in PERSONAL for one in sent if said in one] == []
