"""Passing a child on as people do it: from the file, to an agency by name; received and answered where it is owed."""

from typing import Any

import pytest

from onrecord.case.facts import ChildPassedOn, PassingAnswered, PassingReceived
from onrecord.duties.queries import mine
from onrecord.ledger.facts import Entry
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.models import Envelope
from tests.pages.browsing import sheet, text
from tests.pages.case.test_file import address

TYPED = {
    "way": "agency",
    "to_agency": "health",
    "because": "service",
    "why": "The clinic sees her each week now.",
    "plan": "none",
    "goes_with": "chronology",
}


@pytest.fixture
def made(store: Any) -> Entry:
    """The teacher's report, decided."""
    entry: Entry = store.report()
    store.decide(entry)
    return entry


def form(made: Entry) -> str:
    return f"{address(made)}/record/case-child_passed_on"


def counted(*kinds: Any) -> list[int]:
    return [Envelope.objects.filter(kind=kind.kind).count() for kind in kinds]


def owed(store: Any, user: str, rule: str) -> str:
    """The address of a duty of theirs."""
    view = next(view for view in mine(store.viewer(user), now()) if view.rule.id == rule)
    return f"/duties/{view.key}"


def test_a_child_is_passed_on_received_and_accepted(store: Any, browser: Any, made: Entry) -> None:
    client, nurse = browser("social-worker"), browser("nurse")
    page = text(client.get(form(made)))
    assert '<option value="health">Northbrook Health</option>' in page
    assert 'value="outside"' not in page
    assert "say-receiver" not in page
    page = text(client.post(form(made), sheet("say", **TYPED), follow=True))
    assert "Recorded: Child passed on. Owed now: " in page
    assert "The child was passed on to Northbrook Health." in page
    url = owed(store, "nurse", "passing-received")
    nurse.post(url, sheet("passing_received", who="Ines Fallow, nurse"))
    url = owed(store, "nurse", "passing-answered")
    assert "passing_answered-from_agency" not in text(nurse.get(url))
    nurse.post(url, sheet("passing_answered", outcome="accepted", who="Ines Fallow", words="Seen on Thursday."))
    assert counted(ChildPassedOn, PassingReceived, PassingAnswered) == [1, 1, 1]
    said = text(nurse.get(address(made)))
    assert "The child was accepted: Ines Fallow. Seen on Thursday." in said
    assert "The child was passed on to them" in text(client.get(f"{address(made)}/who"))


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"to_agency": ""}, "Choose the agency that receives the child."),
        ({"way": "out", "to_agency": ""}, "Name the other area."),
        ({"way": "out", "area": "Westmere"}, "Another area has no seat here."),
        ({"goes_with": ""}, "Tick what goes with the child."),
        ({"why": " "}, "Say why, in a sentence."),
    ],
)
def test_what_is_missing_is_said_beside_it_and_nothing_is_lost(
    browser: Any, made: Entry, changed: dict[str, str], says: str
) -> None:
    page = text(browser("social-worker").post(form(made), sheet("say", **TYPED | changed)))
    assert page.count(says) == 2
    assert counted(ChildPassedOn) == [0]
    assert 'value="none" checked' in page


def test_to_another_area_the_sender_says_who_received_it_there(store: Any, browser: Any, made: Entry) -> None:
    client = browser("social-worker")
    client.post(form(made), sheet("say", **TYPED | {"way": "out", "to_agency": "", "area": "Westmere County Council"}))
    page = text(client.get(address(made)))
    assert "The child was passed on, Westmere County Council." in page
    url = owed(store, "social-worker", "passing-received")
    assert "Of another area: who there said so." in text(client.get(url))
    client.post(url, sheet("passing_received", who="Mair Lowther, duty worker in Westmere"))
    assert counted(PassingReceived) == [1]


def test_a_refusal_is_said_to_the_manager_and_the_file_is_closed_again(store: Any, browser: Any, made: Entry) -> None:
    browser("social-worker").post(form(made), sheet("say", **TYPED))
    nurse = browser("nurse")
    assert nurse.get(address(made)).status_code == 200
    said = sheet("passing_answered", outcome="refused", who="Ines Fallow", words="We see her already.")
    nurse.post(owed(store, "nurse", "passing-answered"), said)
    assert nurse.get(address(made)).status_code == 403
    page = text(browser("team-manager").get(owed(store, "team-manager", "passing-refused")))
    assert "We see her already." in page
