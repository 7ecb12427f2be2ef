"""What an agency owes, for those who lead it: who holds it, what is late first, and who is away."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from onrecord.access.actions import take_up_role
from onrecord.access.facts import AbsenceNoted
from onrecord.duties.actions import tick
from onrecord.duties.queries import mine
from onrecord.intake.facts import ReportRouted
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.queries import answers, lines
from tests.pages.browsing import hours, sheet, signed_in, text

MOST = 12
SAFE = "Ask how contact is safe, and write it down"


@pytest.fixture
def owed(store: Any) -> dict[str, UUID]:
    """A decided report: the social worker owes an assessment and safe contact. The keys, by rule."""
    store.decide(store.report(concern="harm_at_home"), concern="harm_at_home")
    return {view.rule.id: view.key for view in mine(store.viewer("social-worker"), now())}


def titles(page: str) -> list[str]:
    """The titles of the listed duties, in order."""
    return [part.partition(">")[2].partition("<")[0] for part in page.split('onr-card__title"><a ')[1:]]


@pytest.mark.parametrize("user", ["team-manager", "head", "director"])
def test_those_who_lead_see_who_owes_what_and_the_child(store: Any, browser: Any, owed: Any, user: str) -> None:
    page = text(browser(user).get("/duties/agency"))
    assert sorted(titles(page)) == [
        "Acknowledge the report",
        SAFE,
        "Finish the assessment",
        "Say whether the child was known before",
        "Tell whoever reported what was decided",
    ]
    assert "Practitioner, Northbrook Children&#x27;s Services: <strong>Tomas Hale</strong>" in page
    assert "Zephyrine Quillfeather" in page


@pytest.mark.parametrize("user", ["social-worker", "front-door", "teacher", "scrutineer", "signer", "admin"])
def test_nobody_else_does(store: Any, browser: Any, owed: Any, user: str) -> None:
    assert browser(user).get("/duties/agency").status_code == 403


def test_another_agency_s_duties_are_not_there(store: Any, browser: Any, owed: Any) -> None:
    page = text(browser("manager").get("/duties/agency"))
    assert "Your agency owes nothing now." in page
    assert "Quillfeather" not in page


def test_what_is_late_stands_first_and_alone_where_asked(store: Any, browser: Any, owed: Any) -> None:
    with playing(hours(70)):
        tick(hours(70))
        page = text(browser("head").get("/duties/agency"))
        late = text(browser("head").get("/duties/agency?late=yes"))
    assert titles(page)[-1] == "Finish the assessment"
    assert "Finish the assessment" not in titles(late)
    assert titles(late) == titles(page)[: len(titles(late))]
    assert "onr-clock--later" not in late


def test_it_narrows_to_a_rule_and_to_a_person(store: Any, browser: Any, owed: Any) -> None:
    client = browser("team-manager")
    assert titles(text(client.get("/duties/agency?rule=assessment"))) == ["Finish the assessment"]
    theirs = titles(text(client.get("/duties/agency?person=social-worker")))
    assert sorted(theirs) == [SAFE, "Finish the assessment"]
    assert titles(text(client.get("/duties/agency?person=teacher"))) == []
    assert "Nothing like this is owed now." in text(client.get("/duties/agency?person=x&rule=y"))


def test_a_handed_duty_is_its_holders_and_nobody_else_s(store: Any, browser: Any, owed: Any) -> None:
    take_up_role("second-worker", "Ama Field", "practitioner", "social-care", date(2026, 1, 1), now())
    client = browser("team-manager")
    typed = sheet("hand", why="On leave.") | {"holder": "second-worker"}
    handed = client.post(f"/duties/{owed['assessment']}/hand-over", typed, follow=True)
    assert "Handed to Ama Field." in text(handed)
    assert "Handed to <strong>Ama Field</strong>" in text(client.get("/duties/agency?rule=assessment"))
    assert titles(text(client.get("/duties/agency?person=second-worker&rule=assessment"))) == ["Finish the assessment"]
    assert titles(text(client.get("/duties/agency?person=social-worker&rule=assessment"))) == []


def test_whoever_leads_hands_over_and_answers_for_nobody(store: Any, browser: Any, owed: Any) -> None:
    page = text(browser("director").get(f"/duties/{owed['assessment']}"))
    assert "Hand it over" in page
    assert "I can't do this in time" not in page
    assert "marmalade" not in page
    assert browser("director").get(f"/duties/{owed['assessment']}/cannot").status_code == 404


def test_somebody_away_is_marked_and_so_is_a_duty_that_nobody_here_holds(store: Any, browser: Any, owed: Any) -> None:
    take_up_role("second-worker", "Ama Field", "practitioner", "social-care", date(2026, 1, 1), now())
    away = AbsenceNoted(user="social-worker", cover="second-worker", first=date(2026, 10, 1), last=date(2026, 10, 30))
    store.say("social-worker", away)
    page = text(browser("team-manager").get("/duties/agency?rule=assessment"))
    assert "Tomas Hale</strong> (away until 30 October, Ama Field covers), <strong>Ama Field</strong>" in page
    assert "Nobody who holds it is here" not in page
    back = AbsenceNoted(user="second-worker", cover="social-worker", first=date(2026, 10, 1), last=date(2026, 10, 30))
    store.say("second-worker", back)
    assert "Nobody who holds it is here" in text(browser("team-manager").get("/duties/agency?rule=assessment"))


def test_a_sealed_report_s_duties_are_not_there(store: Any, browser: Any) -> None:
    sealed = store.report(positions="yes", concern="harm_at_home")
    routed = [line.coded["to"] for line in lines(answers([sealed.id])) if line.kind == ReportRouted.kind]
    assert routed == ["sealed"]
    page = text(browser("director").get("/duties/agency"))
    assert "Your agency owes nothing now." in page
    assert "Quillfeather" not in page


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_page_asks_the_database_as_much_for_fifty_as_for_one(store: Any, browser: Any, rows: int) -> None:
    for _ in range(rows):
        store.report()
    client = browser("head")
    client.get("/duties/agency")
    with CaptureQueriesContext(connections["default"]) as asked:
        page = text(client.get("/duties/agency"))
    assert len(titles(page)) == min(50, 4 * rows)
    assert len(asked) <= MOST


def test_the_next_page_goes_on_where_the_first_ended(store: Any, browser: Any) -> None:
    for _ in range(15):
        store.report()
    client = browser("head")
    assert "1 to 50 of 60" in text(client.get("/duties/agency"))
    assert len(titles(text(client.get("/duties/agency?page=2")))) == 10
    assert 'href="?late=&amp;page=2"' in text(client.get("/duties/agency?late="))
    assert len(titles(text(client.get("/duties/agency?rule=decide-next-step")))) == 15


def test_the_own_duties_lead_there_for_those_who_lead(store: Any) -> None:
    assert 'href="/duties/agency">What your agency owes' in text(signed_in("head").get("/duties"))
    assert "What your agency owes" not in text(signed_in("social-worker").get("/duties"))
