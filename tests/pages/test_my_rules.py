"""My duties by law: every rule that can fall on whoever looks, with its source, and how many are open now."""

from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from onrecord.access.rules import Holding
from onrecord.duties.queries import rulebook_in_force
from onrecord.duties.rules.falls import falls_on
from onrecord.ledger.gateway.clock import now, playing
from tests.pages.browsing import hours, text

MOST = 12


def shown(page: str) -> set[str]:
    """The ids of the rules on a page."""
    return {part.partition('"')[0] for part in page.split('id="rule-')[1:]}


def meant(held: Holding, *, sealed: bool = False) -> set[str]:
    """The rules of the edition in force that can fall on a holding."""
    book = rulebook_in_force(now())
    assert book is not None
    return {rule.id for rule in book.rules if falls_on(rule, held.role, held.sort, sealed=sealed)}


@pytest.mark.parametrize("user", ["social-worker", "front-door", "scrutineer", "signer", "manager"])
def test_exactly_the_rules_that_can_fall_on_a_role_are_there(store: Any, browser: Any, user: str) -> None:
    (held,) = store.viewer(user).holdings
    page = text(browser(user).get("/duties/law")).partition("What others in your agency owe")[0]
    assert shown(page) == meant(held) | meant(held, sealed=True)
    assert meant(held)


def test_a_chair_owes_what_their_own_agency_recorded_and_nothing_of_the_front_door_s(store: Any, browser: Any) -> None:
    assert shown(text(browser("chair").get("/duties/law"))) == {
        "conference-minutes",
        "meeting-decides-again",
        "meeting-decisions",
        "meeting-minutes",
        "meeting-took-place",
        "meeting-without-quorum",
        "minutes-locked",
        "minutes-sent-round",
    }


def test_what_is_owed_only_for_a_sealed_report_is_said_apart(store: Any, browser: Any) -> None:
    page = text(browser("designated").get("/duties/law"))
    own, _, sealed = page.partition("Only where a report is sealed")
    assert "decide-next-step" in shown(sealed) - shown(own)


def test_those_who_lead_see_what_others_there_owe(store: Any, browser: Any) -> None:
    page = text(browser("director").get("/duties/law"))
    others = page.partition("What others in your agency owe")[2]
    assert {"decide-next-step", "assessment"} <= shown(others)
    assert "What others in your agency owe" not in text(browser("social-worker").get("/duties/law"))


def test_a_role_on_which_nothing_falls_is_told_so(store: Any, browser: Any) -> None:
    page = text(browser("analyst").get("/duties/law"))
    assert "No rule in force puts a duty on your role." in page
    assert shown(page) == set()


def test_it_says_how_many_are_open_and_late_and_how_sure_we_are(store: Any, browser: Any) -> None:
    store.decide(store.report(concern="harm_at_home"), concern="harm_at_home")
    store.decide(store.report(concern="harm_at_home"), concern="harm_at_home")
    page = text(browser("social-worker").get("/duties/law"))
    rule = page.partition('id="rule-ask-safe-contact"')[2].partition("</section>")[0]
    assert "2 open now, none late." in rule
    assert "Our default" in rule
    with playing(hours(70)):
        later = text(browser("social-worker").get("/duties/law"))
    assert "2 open now, 2 of them late." in later
    assert "None open now." in later


@pytest.mark.parametrize("user", ["director", "social-worker", "designated"])
def test_the_page_asks_the_database_little(store: Any, browser: Any, user: str) -> None:
    client = browser(user)
    client.get("/duties/law")
    with CaptureQueriesContext(connections["default"]) as asked:
        client.get("/duties/law")
    assert len(asked) <= MOST
