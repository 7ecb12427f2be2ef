"""Whoever reads a lowering again sees what was known before, and neither what was decided nor who decided it."""

from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from onrecord.case.facts import (
    ActionAgreed,
    ChildDiscussed,
    ConferenceHeld,
    DecisionsCirculated,
    ExploitationAssessed,
    LookBackDone,
    MeetingHeld,
    MinutesRecorded,
    StrategyDiscussionHeld,
)
from onrecord.duties.actions import lowerings
from onrecord.duties.queries import mine
from onrecord.intake.facts import ReferrerTold
from onrecord.ledger.facts import Declined, Entry, Seconded, mention_of
from onrecord.ledger.queries import every
from tests.pages.browsing import sheet, text
from tests.partnership import ASSESSED, START, Store

WHY = {"reason": "new_information", "words": "The aunt vouches for him."}


@pytest.fixture
def drawn(store: Store, monkeypatch: pytest.MonkeyPatch) -> Entry:
    """A report that was ended, drawn to be read again; the proposal."""
    monkeypatch.setattr(lowerings, "drawn", lambda use, uid, one_in: True)
    made = store.report(words="A marmalade-coloured car waits for her.")
    said = store.decide(made, WHY, outcome="no_further_action", why="Nothing in it.").entry
    store.say("signer", Seconded(why="I agree."), said)
    return said


def address(store: Store) -> str:
    (view,) = [view for view in mine(store.viewer("scrutineer"), START) if view.rule.id == "lowering-reread"]
    return f"/duties/{view.key}"


DECIDED = ("No further action", "Nothing in it.", "The aunt vouches", "Asha Verne", "Leah Strand")


def test_before_it_shows_only_what_was_known(store: Store, browser: Any, drawn: Entry) -> None:
    page = text(browser("scrutineer").get(address(store)))
    assert "A marmalade-coloured car waits for her." in page
    assert [said for said in DECIDED if said in page] == []
    assert "Which sort of agency decided it?" not in page


def test_after_it_shows_both(store: Store, browser: Any, drawn: Entry) -> None:
    url = address(store)
    typed = sheet("lowering_reread", would="more", why="The car is still there.")
    assert browser("scrutineer").post(url, typed).status_code == 302
    page = text(browser("scrutineer").get(url))
    assert [said in page for said in ("No further action", "Nothing in it.", "The aunt vouches for him.")] == [True] * 3


def test_what_it_opens_is_noted_before(store: Store, browser: Any, drawn: Entry) -> None:
    browser("scrutineer").get(address(store))
    made = [one.saying for batch in every("reads") for one in batch if one.kind == "access.record_opened"]
    opened = {uid for saying in made if saying.by == "scrutineer" for uid in saying.about}
    assert (drawn.saying.regarding[0] in opened, drawn.id in opened) == (True, False)


THOUGHT = ("We thought it over.", "It is to be ended.", "End it in May.", "Not yet, said one.", "Too little is known.")


def test_no_word_of_what_was_decided_or_thought_before_it_was_proposed_is_shown(
    store: Store, browser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lowerings, "drawn", lambda use, uid, one_in: True)
    made = store.report(words="A marmalade-coloured car waits for her.")
    first = store.decide(made, WHY, outcome="no_further_action", why="Nothing in it.").entry
    store.say("signer", Declined(answer="disagree", why=THOUGHT[4]), first)
    came = ("childrens_social_care", "police", "health")
    there: dict[str, Any] = {"came": came, "present": ("Sam Whitlock",), "trusted_adult": "none_named"}
    fact = MeetingHeld(sort="exploitation_panel", group="Panel", **there)
    held = store.say("chair", fact, about=[mention_of(made.id, "child")]).entry
    store.say("chair", ChildDiscussed(decided=THOUGHT[1]), held)
    store.say("chair", DecisionsCirculated(decisions=THOUGHT[0]), held)
    agreed = ActionAgreed(what=THOUGHT[2], owner="police", by_day=START.date())
    store.say("chair", agreed, held)
    minutes = MinutesRecorded(minutes="Long talk.", dissent=THOUGHT[3])
    store.say("chair", minutes, held)
    said = store.decide(made, WHY, outcome="no_further_action", why="Nothing in it.").entry
    store.say("signer", Seconded(why="I agree."), said)
    page = text(browser("scrutineer").get(address(store)))
    assert "A marmalade-coloured car waits for her." in page
    assert "Panel met." in page
    assert [said for said in (*DECIDED, *THOUGHT, "Long talk.") if said in page] == []


ALL = ("childrens_social_care", "police", "health")
JUDGED = (
    "It reads like grooming.",
    "A strategy discussion was held",
    "A child protection conference was held",
    "The earlier history was read again",
    "Assessed as Moderate",
    "An assessment begins, we told him.",
)


def judged(store: Store, made: Entry) -> None:
    """Before the report is ended, others judge it: a decision, a discussion, a conference, assessments."""
    decided = store.decide(made, outcome="strategy_discussion", why=JUDGED[0]).entry
    talked = StrategyDiscussionHeld(present=ALL, outcome="enquiry_together", why="All hold a part.")
    held = store.say("team-manager", talked, decided).entry
    store.say("team-manager", ConferenceHeld(present=ALL, outcome="plan"), held)
    store.say("team-manager", LookBackDone(outcome="nothing_found", found="Read."), made)
    store.say("social-worker", ExploitationAssessed(level="moderate", **ASSESSED), decided)
    store.say("front-door", ReferrerTold(told=JUDGED[5], how="phone"), made)


def test_what_others_judged_before_is_shown_only_once_the_reader_has_judged(
    store: Store, browser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lowerings, "drawn", lambda use, uid, one_in: True)
    made = store.report(words="A marmalade-coloured car waits for her.")
    judged(store, made)
    said = store.decide(made, WHY, outcome="no_further_action", why="Nothing in it.").entry
    store.say("signer", Seconded(why="I agree."), said)
    url = address(store)
    words = (*JUDGED, "Nothing in it.")
    page = text(browser("scrutineer").get(url))
    assert "A marmalade-coloured car waits for her." in page
    assert [one for one in words if one in page] == []
    assert (
        browser("scrutineer").post(url, sheet("lowering_reread", would="more", why="It is there.")).status_code == 302
    )
    page = text(browser("scrutineer").get(url))
    assert [one for one in words if one not in page] == []


@pytest.mark.parametrize("user", ["signer", "front-door", "director", "chair"])
def test_nobody_else_opens_it(store: Store, browser: Any, drawn: Entry, user: str) -> None:
    assert browser(user).get(address(store)).status_code == 404


def test_it_asks_few_questions(store: Store, browser: Any, drawn: Entry) -> None:
    client, url = browser("scrutineer"), address(store)
    client.get(url)
    with CaptureQueriesContext(connections["default"]) as asked:
        client.get(url)
    assert len(asked) <= 12
