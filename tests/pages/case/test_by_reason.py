"""A reason opens a file for a day and adds nothing to it: else one note would make it a file of one's own for good."""

import re
from typing import Any
from uuid import uuid4

import pytest

from onrecord.access.facts import GlassReviewed
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.queries import latest, size
from tests.pages.browsing import hours, sheet, text
from tests.pages.case.test_file import address

CRISIS = {"what": "self_harm", "seen_by": "A nurse.", "words": "She rang.", "serious_harm": "no"}
SAFE = {"who": "The nurse.", "how": "phone", "judged": "worker"}
LINK = re.compile(r'href="(/children/[^"#?]+)"')


def by_reason(browser: Any, made: Any) -> Any:
    """A nurse who gave a reason to open the file."""
    client = browser("nurse")
    client.post(address(made), {"form": "glass", "id": str(uuid4()), "why": "covering", "reason": "She rang."})
    return client


def test_nothing_is_said_on_a_file_that_is_open_by_reason_and_after_a_day_it_is_shut(store: Any, browser: Any) -> None:
    made = store.report()
    client, before = by_reason(browser, made), size()
    said = {"/record/case-crisis_recorded": sheet("say", **CRISIS), "": sheet("safe", **SAFE)}
    answers = [client.post(f"{address(made)}{part}", body) for part, body in said.items()]
    assert ([answer.status_code for answer in answers], size()) == ([403, 403], before)
    assert ["say as a report" in text(answer) for answer in answers] == [True, True]
    with playing(hours(24)):
        assert client.get(address(made)).status_code == 403


def test_it_leads_to_nothing_that_it_does_not_open(store: Any, browser: Any) -> None:
    made = store.report()
    client = by_reason(browser, made)
    parts = {f"{address(made)}{part}" for part in ("", "/assessments", "/plan", "/documents", "/who")}
    assert {link for part in parts for link in LINK.findall(text(client.get(part)))} == parts
    assert "say as a report" in text(client.get(address(made)))
    assert "say as a report" not in text(browser("teacher").get(address(made)))


@pytest.mark.parametrize(("finding", "status"), [("proper", 200), ("not_proper", 403)])
def test_what_was_found_not_proper_opens_nothing_any_more(store: Any, browser: Any, finding: str, status: int) -> None:
    made = store.report()
    client, (glass,) = by_reason(browser, made), latest(most=1)
    store.say("manager", GlassReviewed(finding=finding, words="I asked on the ward."), glass)
    assert client.get(address(made)).status_code == status
