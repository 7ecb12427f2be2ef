"""The list of meetings goes on to older ones; and that it is proposed to put one off is said on its page."""

import re
from typing import Any

import pytest

from onrecord.case.facts import MeetingCalledOff, MeetingPutOff
from onrecord.case.queries import meetings as listing
from onrecord.ledger.facts import Seconded
from onrecord.ledger.models import Envelope
from onrecord.ledger.queries import entry
from tests.pages.browsing import sheet, text
from tests.pages.case.ground import address, called, page


def test_the_list_goes_on_to_older_meetings_and_back(store: Any, browser: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "LISTED", 3)
    for number in range(7):
        called(store, group=f"Group {number}")
    officer, seen = browser("officer"), []
    pages = ["/meetings"]
    for url in pages:
        shown = text(officer.get(url))
        seen.append([number for number in range(7) if f"Group {number}<" in shown])
        older = re.search(r'href="(\?before=\d+)" rel="next"', shown)
        pages += [f"/meetings{older[1]}"] if older else []
        assert ('rel="prev"' in shown) is (url != "/meetings")
    assert seen == [[4, 5, 6], [1, 2, 3], [0]]
    assert [officer.get(f"/meetings?before={odd}").status_code for odd in ("x", "-1", "9" * 15, "0")] == [200] * 4


def test_a_proposal_to_put_it_off_is_said_and_the_day_stays(store: Any, browser: Any) -> None:
    made = called(store, store.report())
    typed = sheet("say", reason="not_quorate", why="Health could not come.")
    typed |= {"say-on_day-day": "9", "say-on_day-month": "10", "say-on_day-year": "2026"}
    sent = browser("social-worker").post(address(made, "put-off"), typed, follow=True)
    assert "It counts when a second person, of another agency, agrees." in text(sent)
    shown = page(browser, "social-worker", made)
    assert "Tuesday 6 October 2026. Called. It is proposed to put it off to 9 October 2026." in shown
    (proposed,) = Envelope.objects.filter(kind=MeetingPutOff.kind)
    store.say("signer", Seconded(why="Health is ill."), entry(proposed.uid))
    assert "Friday 9 October 2026. Put off to this day." in page(browser, "social-worker", made)


def test_that_nobody_had_the_time_is_refused_in_words_and_stays_typed(store: Any, browser: Any) -> None:
    made = called(store, store.report(concern="harm_at_home"))
    typed = sheet("say", reason="capacity", why="Two of us are ill.")
    typed |= {"say-on_day-day": "9", "say-on_day-month": "10", "say-on_day-year": "2026"}
    sent = text(browser("social-worker").post(address(made, "put-off"), typed))
    assert "is never a reason to lower anything about a child." in sent
    assert "Two of us are ill." in sent
    assert not Envelope.objects.filter(kind=MeetingPutOff.kind).exists()


def test_a_meeting_that_is_called_off_says_so_and_leaves_what_is_to_come(store: Any, browser: Any) -> None:
    made = called(store, store.report())
    typed = sheet("say", reason="other_meeting", why="The core group decides.", instead="The core group on Friday.")
    sent = browser("social-worker").post(address(made, "called-off"), typed, follow=True)
    assert "It counts when a second person, of another agency, agrees." in text(sent)
    shown = page(browser, "social-worker", made)
    assert "Called. It is proposed to call it off. Until a second person agrees, it is called for" in shown
    (proposed,) = Envelope.objects.filter(kind=MeetingCalledOff.kind)
    store.say("signer", Seconded(why="Doubled."), entry(proposed.uid))
    shown = page(browser, "social-worker", made)
    assert "Tuesday 6 October 2026. Called off." in shown
    assert "Instead: The core group on Friday." in shown
    assert [words for words in ("It took place", "Put it off", "Call it off") if words in shown] == []
    coming, past = text(browser("social-worker").get("/meetings")).split("Held, called off, or their day is over")[:2]
    assert ("Marmalade group" in coming, "Marmalade group" in past) == (False, True)
