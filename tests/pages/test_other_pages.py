"""Recording what opens duties, the rules, the record, notices, and the pages that anybody may read."""

import json
from typing import Any

import pytest

from onrecord.duties.actions import tick
from onrecord.ledger.actions import checkpoint
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.queries import envelopes, size
from tests.databases import POSTGRESQL
from tests.pages.browsing import hours, sheet, text
from tests.stages.ledger.tampering import run, unguarded

THERE = {"present-0": "R. Oyelaran", "trusted_adult": "none_named"}


def test_what_may_be_recorded_by_itself_is_what_opens_duties_and_a_hold(store: Any, browser: Any) -> None:
    page = text(browser("social-worker").get("/record/new"))
    kinds = sorted(part.partition('"')[0] for part in page.split('href="/record/')[1:] if "." in part.partition('"')[0])
    assert kinds == [
        "case.care_leaver_recorded",
        "case.child_returned",
        "case.list_given",
        "case.meeting_called",
        "case.meeting_held",
        "duties.instruction_reported",
        "duties.request_made",
        "ledger.hold_placed",
        "oversight.account_asked",
        "oversight.briefing_given",
        "oversight.written_report_handed_over",
    ]


def test_recording_says_what_is_owed_now(store: Any, browser: Any) -> None:
    typed = sheet("record", sort="informal", group="Thursday group", came="police", **THERE)
    page = text(browser("team-manager").post("/record/case.meeting_held", typed, follow=True))
    assert "Recorded: Meeting held. Owed now: send round what the meeting decided, by" in page
    assert envelopes(["case.meeting_held"])[0].by == "team-manager"


def test_a_half_typed_meeting_comes_back(store: Any, browser: Any) -> None:
    page = text(browser("team-manager").post("/record/case.meeting_held", sheet("record", group="Thursday group")))
    assert 'value="Thursday group"' in page
    assert "Choose the sort of meeting." in page


@pytest.mark.parametrize(
    "kind", ["duties.rulebook_adopted", "ledger.corrected", "intake.decision_made", "no.such", "x"]
)
def test_nothing_else_can_be_recorded_by_its_address(store: Any, browser: Any, kind: str) -> None:
    before = size()
    assert browser("front-door").get(f"/record/{kind}").status_code == 404
    assert browser("front-door").post(f"/record/{kind}", sheet("record", why="x")).status_code == 404
    assert size() == before


def test_every_rule_in_force_says_its_source_and_how_sure_we_are(store: Any, browser: Any) -> None:
    page = text(browser("teacher").get("/rulebook"))
    assert page.count('class="onr-card__title"') == page.count("Who is told if it is not met<span") > 10
    assert "Our default" in page
    assert "Our own default. No national figure was found." in page
    assert "Source read" in page


def test_the_record_says_how_anybody_can_check_it(store: Any, browser: Any) -> None:
    tick(now())
    page = text(browser("teacher").get("/record"))
    assert str(size()) in page
    assert "demo.onrecord.example/test" in page
    assert page.count('<code class="onr-key">') == 2


def test_a_notice_says_reference_rule_agency_and_age_and_no_name(store: Any, browser: Any) -> None:
    store.report()
    with playing(hours(41)):
        tick(hours(41))
        page = text(browser("team-manager").get("/notices"))
    assert "Decide what happens next. Owed by" in page
    assert "Quillfeather" not in page
    assert "marmalade" not in page


@pytest.mark.parametrize("path", ["/accessibility", "/how-this-works", "/sign-in"])
def test_pages_for_anybody_need_no_sign_in(store: Any, client: Any, path: str) -> None:
    assert client.get(path).status_code == 200


def test_health_is_for_machines(store: Any, client: Any) -> None:
    assert json.loads(client.get("/health").content)["database"] == "reachable"


@pytest.mark.skipif(POSTGRESQL, reason="a column of PostgreSQL takes no value of another type")
def test_of_a_row_that_is_no_row_of_ours_health_says_what_to_do(store: Any, client: Any) -> None:
    checkpoint()
    with unguarded():
        run("UPDATE ledger_checkpoint SET made_at = 'no day'")
    answer = client.get("/health")
    assert answer.status_code == 503
    assert "run `onrecord verify`" in json.loads(answer.content)["database"]
