"""What would be lowered waits on the joint daily list for a second person, of another agency."""

from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from onrecord.access.facts import RoleEnded
from onrecord.intake.queries import report as report_row
from onrecord.ledger.facts import Entry
from tests.pages.browsing import sheet, text

LOWERING = {"reason": "duplicate", "words": "The same as last week's."}


@pytest.fixture
def proposal(store: Any) -> Entry:
    """A decision to do nothing, proposed."""
    return propose(store)


def propose(store: Any) -> Entry:
    """Propose to end a new report without action."""
    made = store.decide(store.report(), LOWERING, outcome="no_further_action", why="Nothing new.")
    entry: Entry = made.entry
    return entry


def signed(proposal: Entry, **typed: str) -> dict[str, str]:
    """A signature, as a browser sends it."""
    return sheet(f"sign{str(proposal.id)[:8]}", **typed)


def outcome(proposal: Entry) -> tuple[str, str]:
    """The report's outcome, and what is proposed for it."""
    row = report_row(proposal.saying.regarding[0])
    assert row is not None
    return row.outcome, row.proposed


def test_a_line_says_what_is_proposed_why_and_by_whom(browser: Any, proposal: Entry) -> None:
    page = text(browser("signer").get("/joint-list"))
    assert "1 proposal waits for a person from another agency." in page
    assert "A worry about Zephyrine Quillfeather was reported" in page
    assert "No further action" in page
    assert "The same report was recorded twice. “The same as last week&#x27;s.”" in page
    assert "Asha Verne, Front door practitioner" in page


def test_what_was_reported_and_what_is_decided_stand_side_by_side(browser: Any, proposal: Entry) -> None:
    page = text(browser("signer").get("/joint-list"))
    left, right = (page.partition(heading)[2] for heading in ("As it was reported", "As it would be decided"))
    left = left.partition("As it would be decided")[0]
    for side, said in (
        (left, ("Sexual exploitation", "She said a marmalade-coloured car waits for her.", "Nia Prosser")),
        (right, ("No further action", "Nothing new.", "The same as last week", "Asha Verne")),
    ):
        assert [one for one in said if one not in side] == []
    assert (page.count("marmalade"), page.count("Nothing new."), page.count("The same as last week")) == (1, 1, 1)


def test_so_they_do_where_another_worry_is_named(browser: Any, store: Any) -> None:
    why = {"reason": "new_information", "words": "The car is her uncle's."}
    store.decide(store.report(), why, concern="missing")
    page = " ".join(text(browser("signer").get("/joint-list")).split())
    assert "<strong>Sexual exploitation</strong>" in page
    assert "<strong>Assess. Going missing</strong>" in page


def test_agreeing_gives_it_effect(browser: Any, proposal: Entry) -> None:
    sent = browser("signer").post("/joint-list", signed(proposal, answer="agree", why="I read both."), follow=True)
    assert "Recorded: Second signature." in text(sent)
    assert "Nothing waits." in text(sent)
    assert outcome(proposal) == ("no_further_action", "")


@pytest.mark.parametrize("answer", ["disagree", "not_enough"])
def test_disagreeing_ends_it(browser: Any, proposal: Entry, answer: str) -> None:
    sent = browser("signer").post("/joint-list", signed(proposal, answer=answer, why="They differ."), follow=True)
    assert "Recorded: Second signature refused." in text(sent)
    assert outcome(proposal) == ("", "")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"why": "They differ."}, "Choose agree, disagree, or not enough to decide."),
        ({"answer": "agree", "why": ""}, "Say in a sentence why you agree."),
        ({"answer": "disagree", "why": " "}, "Say in a sentence why not."),
        ({"answer": "perhaps", "why": "They differ."}, "Choose agree, disagree, or not enough to decide."),
    ],
)
def test_what_is_missing_is_asked_for(browser: Any, proposal: Entry, typed: dict[str, str], said: str) -> None:
    page = text(browser("signer").post("/joint-list", signed(proposal, **typed)))
    assert said in page
    assert typed["why"].strip() in page
    assert outcome(proposal) == ("", "no_further_action")


def test_its_own_page_says_what_would_be_lowered(browser: Any, proposal: Entry) -> None:
    page = text(browser("signer").get("/joint-list"))
    url = page.partition('href="/duties/')[2].partition('"')[0]
    one = text(browser("signer").get(f"/duties/{url}"))
    assert "<strong>If you agree,</strong> a child who is counted would not be counted any more" in one
    signature = sheet("second", answer="agree", why="I read both.")
    assert browser("signer").post(f"/duties/{url}", signature).status_code == 302
    assert outcome(proposal) == ("no_further_action", "")


@pytest.mark.parametrize("user", ["front-door", "teacher", "director", "admin", "scrutineer"])
def test_nobody_else_signs_here(browser: Any, proposal: Entry, user: str) -> None:
    assert browser(user).get("/joint-list").status_code == 403
    assert browser(user).post("/joint-list", signed(proposal, answer="agree", why="Yes.")).status_code == 403
    assert outcome(proposal) == ("", "no_further_action")


def test_whose_signature_would_not_count_is_shown_no_form(browser: Any, store: Any, proposal: Entry) -> None:
    """The signer sits in the partnership's office, which proposed the second of these two."""
    store.say("manager", RoleEnded(user="nurse", role="practitioner", agency="health", why="She moves to Leeds."))
    page = text(browser("signer").get("/joint-list"))
    assert "2 proposals wait for a person from another agency." in page
    assert (page.count("Do you agree?"), page.count("You cannot sign this")) == (1, 1)
    assert f"form-sign{str(proposal.id)[:8]}" in page


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_asks_the_database_as_much_for_fifty_as_for_one(store: Any, browser: Any, rows: int) -> None:
    for _ in range(rows):
        propose(store)
    client = browser("signer")
    client.get("/joint-list")
    with CaptureQueriesContext(connections["default"]) as asked:
        page = client.get("/joint-list")
    assert text(page).count('class="onr-card"') == rows
    assert len(asked) <= 12
