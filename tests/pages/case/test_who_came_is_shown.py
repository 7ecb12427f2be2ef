"""What an agency says of who is named as having come stands on the meeting's page, and a "no" is owed an answer."""

from typing import Any

import pytest

from onrecord.access.rules import Denied
from onrecord.case.facts import AttendanceChecked, DissentAnswered
from onrecord.duties.queries import owed_for
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Corrected, Entry
from onrecord.ledger.gateway.clock import now
from tests.pages.browsing import text
from tests.pages.case.ground import address, held, page

WRONG = AttendanceChecked(right="no", wrong="Nobody of ours was there.")
DUTY = "Answer an agency that says the record of who came is wrong"


def states(entry: Entry) -> list[str]:
    return [view.state for view in owed_for([entry.id], now()).get(entry.id, ())]


def test_that_it_is_right_is_shown_and_owes_nothing(store: Any, browser: Any) -> None:
    meeting = held(store, store.report())
    assert "checked who is named" not in page(browser, "officer", meeting)
    said = store.say("officer", AttendanceChecked(right="yes"), meeting).entry
    shown = page(browser, "social-worker", meeting)
    assert "An agency that came checked who is named: Yes, it is right." in shown
    assert (DUTY in shown, states(said)) == (False, [])


def test_that_it_is_wrong_is_shown_and_is_owed_an_answer(store: Any, browser: Any) -> None:
    meeting = held(store, store.report(), by="team-manager")
    said = store.say("nurse", WRONG, meeting).entry
    shown = page(browser, "team-manager", meeting)
    assert "No, something is wrong. Nobody of ours was there." in shown
    assert (DUTY in shown, states(said)) == (True, ["open"])
    assert address(meeting, "came-answer", said) in shown.replace("&amp;", "&")
    assert "came-answer" not in page(browser, "nurse", meeting)
    with pytest.raises(Denied, match="Somebody else says so"):
        store.say("team-manager", DissentAnswered(outcome="stands", answer="They were there."), said)
    store.say("head", DissentAnswered(outcome="changed", answer="We put it right."), said)
    assert states(said) == ["met"]
    assert "We put it right." in page(browser, "nurse", meeting)
    assert set(rebuild(check=True).values()) == {True}


def test_whoever_is_struck_out_may_still_open_it_and_say_so(store: Any, browser: Any) -> None:
    meeting = held(store, store.report())
    came = '["childrens_social_care", "police"]'
    store.say("social-worker", Corrected(field="came", value=came, why="They were not there."), meeting)
    assert browser("licensing").get(address(meeting)).status_code == 404
    assert "Check who is named as having come" in text(browser("nurse").get(address(meeting)))
