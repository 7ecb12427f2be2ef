"""What is no report is set aside by two on a page, counted, and brought back; and who signs an identity sees why."""

from typing import Any

from onrecord.intake.facts import ReportSetAside
from onrecord.ledger.facts import Seconded
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import entry, every, thread
from onrecord.mailbox.actions import keep_identity
from onrecord.mailbox.facts import IdentityOpened
from tests.pages.browsing import sheet, signed_in, text
from tests.stages.mailbox.ground import told_by

SPAM = {"because": "advertising", "why": "It offers cheap car insurance."}


def test_two_set_it_aside_and_a_decision_brings_it_back(store: Any) -> None:
    made = told_by("public", words="Cheap car insurance.")
    browser, page = signed_in("front-door"), f"/messages/{made.id}"
    assert "It is no report: set it aside" in text(browser.get(page))
    assert browser.post(page, sheet("aside", **SPAM)).status_code == 302
    assert "Two people set this report aside." not in text(browser.get(page))
    (proposal,) = [line for line in thread(made.id) if line.kind == ReportSetAside.kind]
    assert proposal.proposed
    store.say("signer", Seconded(why="It is an advertisement."), entry(proposal.id))
    aside = text(browser.get(page))
    assert "Two people set this report aside." in aside
    assert 'id="form-aside"' not in aside
    store.decide(made)
    assert "Two people set this report aside." not in text(browser.get(page))


def test_it_takes_a_reason_of_the_list_and_what_was_typed_stays(store: Any) -> None:
    made = told_by("public")
    browser, page = signed_in("front-door"), f"/messages/{made.id}"
    faulty = text(browser.post(page, sheet("aside", why="She is a nuisance.")))
    assert "Choose why." in faulty
    assert "She is a nuisance." in faulty
    assert [line for line in thread(made.id) if line.kind == ReportSetAside.kind] == []


def test_whoever_signs_second_sees_which_report_why_and_by_whom_and_never_who_reported(store: Any) -> None:
    made = told_by("professional", child={"given_name": "Zephyrine"}, words="A marmalade-coloured car waits.")
    kept = keep_identity(made, "Tamsin Oakapple", "Cormorant School", "07700 900123", "page", now())
    asked = sheet("open", why="The car has to be found tonight.")
    assert signed_in("front-door").post(f"/messages/{made.id}", asked).status_code == 302
    signer = signed_in("signer")
    listed = text(signer.get("/joint-list"))
    for said in ("marmalade-coloured car waits", "The car has to be found tonight.", "Asha Verne"):
        assert said in listed
    (proposal,) = [line for line in thread(made.id) if line.kind == IdentityOpened.kind]
    assert set(proposal.regarding) == {kept.id, made.id}
    assert [part for part in ("Oakapple", "Cormorant", "900123") if part in listed] == []
    noted = {uid for batch in every("reads") for one in batch if one.saying.by == "signer" for uid in one.saying.about}
    assert (made.id in noted, kept.id in noted) == (True, False)
