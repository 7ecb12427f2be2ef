"""Where an agency is said to have been, it finds that in its list of meetings, and says whether it is so."""

from typing import Any

from onrecord.case.facts import AttendanceChecked, StrategyDiscussionHeld
from onrecord.case.queries import met as queries
from onrecord.ledger.facts import Corrected, Entry
from tests.pages.browsing import sheet, text
from tests.pages.case.ground import address, held, page
from tests.stages.case.test_minutes_of_steps import said

THERE = "Your agency is said to have been there"
CHECK = "Check who is named as having come"


def talked(store: Any, **more: Any) -> Entry:
    decided = store.decide(store.report(), outcome="strategy_discussion").entry
    made: Entry = store.say("team-manager", said(StrategyDiscussionHeld, **more), decided).entry
    return made


def test_another_agency_finds_it_and_says_that_it_is_so(store: Any, browser: Any) -> None:
    made = talked(store)
    url = f"/meetings/steps/{made.id}"
    assert [THERE in text(browser(user).get("/meetings")) for user in ("officer", "nurse", "team-manager")] == [
        True,
        True,
        False,
    ]
    shown = text(browser("officer").get(url))
    assert "No section 47 enquiry" in shown
    assert "Were you there" in shown
    sent = browser("officer").post(url, sheet("met", right="yes"), follow=True)
    assert "Recorded: Who came, checked." in text(sent)
    assert [THERE in text(browser(user).get("/meetings")) for user in ("officer", "nurse")] == [False, True]
    assert "has said something of it already" in text(browser("officer").get(url))


def test_however_many_came_since_it_is_found_while_it_is_waited_for(store: Any, browser: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(queries, "NEWEST", 1)
    made = talked(store)
    talked(store, outcome="enquiry_together", present=("childrens_social_care", "health"))
    url = f"/meetings/steps/{made.id}"
    assert url in text(browser("officer").get("/meetings"))
    store.say("nurse", AttendanceChecked(right="yes"), made)
    assert url not in text(browser("officer").get("/meetings"))


def test_whoever_is_not_named_has_no_such_page(store: Any, browser: Any) -> None:
    made = talked(store)
    url = f"/meetings/steps/{made.id}"
    assert [browser(user).get(url).status_code for user in ("teacher", "team-manager", "licensing")] == [404, 404, 404]


def test_whoever_is_struck_out_may_still_say_so(store: Any, browser: Any) -> None:
    made = talked(store, outcome="enquiry_together")
    more = '["childrens_social_care", "police", "school"]'
    store.say("team-manager", Corrected(field="present", value=more, why="They were not there."), made)
    assert browser("nurse").get(f"/meetings/steps/{made.id}").status_code == 200


def test_the_child_is_named_to_whom_works_with_her_alone(store: Any, browser: Any) -> None:
    decided = store.decide(store.report("nurse"), outcome="strategy_discussion").entry
    made = store.say("team-manager", said(StrategyDiscussionHeld), decided).entry
    named = ["Loam" in text(browser(user).get(f"/meetings/steps/{made.id}")) for user in ("nurse", "officer")]
    assert named[1] is False


def test_who_wrote_a_record_down_is_not_offered_to_check_it(store: Any, browser: Any) -> None:
    meeting = held(store, store.report())
    offered = [CHECK in page(browser, user, meeting) for user in ("officer", "nurse", "social-worker", "team-manager")]
    assert offered == [True, True, False, False]


def test_the_form_repeats_who_is_named(store: Any, browser: Any) -> None:
    meeting = held(store, store.report())
    shown = text(browser("officer").get(address(meeting, "came")))
    assert "Marmalade group met. There for their agencies:" in shown
    assert "Sam Whitlock" in shown
    store.say("officer", AttendanceChecked(right="yes"), meeting)
