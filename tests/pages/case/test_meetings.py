"""Meetings: who may know of one, who came, quorum in words, dissent by name, actions, minutes, children of others."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from onrecord.case.facts import (
    ActionAgreed,
    ActionDone,
    ActionNotDone,
    ChildDiscussed,
    DissentAnswered,
    DissentRecorded,
    MeetingCalled,
    MeetingPutOff,
    MinutesCirculated,
    MinutesDisputed,
    MinutesLocked,
    MinutesRecorded,
)
from onrecord.case.queries.meetings import meetings_in, next_of
from onrecord.duties.actions import Unanswerable
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.queries import every, size, thread, threads_about
from tests.pages.browsing import sheet, text
from tests.pages.case.ground import ACTION, CALL, CAME, DISSENT, address, called, held, mention, page
from tests.partnership import PEOPLE, START

MOST = 12
IN_TIME = START + timedelta(days=15)
"""Ten working days later: whoever came had the time to say what is wrong."""


def test_a_meeting_is_called_and_stands_in_the_list(store: Any, browser: Any) -> None:
    made = store.report()
    typed = sheet("call", sort="core_group", group="Thursday group", invited=["health"])
    typed |= {"call-on_day-day": "8", "call-on_day-month": "10", "call-on_day-year": "2026"}
    store.decide(made)
    sent = browser("social-worker").post(f"/meetings/new?child={mention(made)}", typed, follow=True)
    assert "Recorded: Meeting called." in text(sent)
    assert "Thursday 8 October 2026. Called." in text(sent)
    assert "Zephyrine Quillfeather" in text(sent)
    listed = text(browser("social-worker").get("/meetings"))
    assert listed.count("Thursday group") == 1
    assert "1 of yours" in listed


def test_half_typed_it_comes_back_with_what_is_missing(store: Any, browser: Any) -> None:
    sent = text(browser("social-worker").post("/meetings/new", sheet("call", group="Thursday group")))
    assert 'value="Thursday group"' in sent
    for fault in ("Choose the sort of meeting.", "Give the day of the meeting.", "Tick the agencies that are invited."):
        assert fault in sent


def test_a_child_with_whom_one_does_not_work_is_not_put_into_a_meeting(store: Any, browser: Any) -> None:
    made = store.report(by="nurse")
    typed = sheet("call", sort="core_group", group="Thursday group", invited=["health"])
    typed |= {"call-on_day-day": "8", "call-on_day-month": "10", "call-on_day-year": "2026"}
    browser("officer").post(f"/meetings/new?child={mention(made)}", typed)
    (only,) = [one for batch in every() for one in batch if one.kind == MeetingCalled.kind]
    assert only.mentions == ()


@pytest.mark.parametrize(
    ("came", "said"),
    [
        (CAME, "Quorate: everybody was there without whom it decides nothing."),
        (CAME[:2], "Not quorate: Health was not there."),
        (["school"], "Not quorate: Children's social care, Police, Health were not there."),
    ],
    ids=["quorate", "without health", "only the school"],
)
def test_the_quorum_is_said_in_words(store: Any, browser: Any, came: list[str], said: str) -> None:
    made = held(store, came=came)
    assert said in page(browser, "social-worker", made).replace("’", "'").replace("&#x27;", "'")


def test_who_neither_came_nor_sent_apologies_is_seen(store: Any, browser: Any) -> None:
    call = called(store, invited=["police", "health", "school"])
    held(store, call, came=["police"], apologies=["health"])
    shown = page(browser, "social-worker", call)
    order = [shown.index(words) for words in ("Came", "Sent apologies", "Neither came nor sent apologies")]
    assert len(order) == 3
    assert shown.count("Neither came nor sent apologies") == 2  # the school, and social care, which has to be there


def test_the_trusted_adult_has_a_seat_unless_the_child_said_no(store: Any, browser: Any) -> None:
    asked, not_asked = called(store), called(store, without_trusted_adult="Not this time, please.")
    assert "The adult whom the child trusts: Invited." in page(browser, "officer", asked)
    assert "Not invited. The child said: Not this time, please." in page(browser, "officer", not_asked)
    codes = [thread(made.id)[0].coded["trusted_adult"] for made in (asked, not_asked)]
    assert codes == ["invited", "child_said_no"]


def test_dissent_stands_by_name_with_its_answer(store: Any, browser: Any) -> None:
    made = held(store)
    said = store.say("officer", DissentRecorded.heard(DISSENT), made).entry
    before = page(browser, "nurse", made)
    assert "<strong>Sam Whitlock</strong>, Police, for their agency" in before
    assert "Answer the dissent" in before
    store.say("head", DissentAnswered.heard({"outcome": "stands", "answer": "One sighting was the same."}), said)
    after = page(browser, "nurse", made)
    assert "<strong>Sam Whitlock</strong>" in after
    assert "The dissent was answered: The decision stands. One sighting was the same." in after


def test_only_whoever_dissented_is_offered_to_say_that_it_is_settled_and_says_it(store: Any, browser: Any) -> None:
    made = held(store)
    said = store.say("social-worker", DissentRecorded.heard(DISSENT), made).entry
    link = f"{address(made, 'settled')}?on={said.id}"
    for user in ("analyst", "social-worker", "nurse"):
        assert "It is settled for me" not in page(browser, user, made)
        assert browser(user).get(link).status_code == 403
        assert browser(user).post(link, sheet("say", words="All is well.")).status_code == 403
    assert "It is settled for me" in page(browser, "officer", made)
    sent = text(browser("officer").post(link, sheet("say", words="They meet again."), follow=True))
    assert "Whoever dissented says that it is settled. They meet again." in sent
    assert "<strong>Sam Whitlock</strong>, Police, for their agency" in sent
    assert "It is settled for me" not in sent


def test_a_new_day_leaves_an_action_owed(store: Any, browser: Any) -> None:
    made = held(store)
    agreed = store.say("social-worker", ActionAgreed.heard(ACTION), made).entry
    with playing(START + timedelta(days=3)):
        store.say("officer", ActionNotDone.heard({"why": "No officer.", "new_day": "2026-10-20"}), agreed)
        late = page(browser, "officer", made)
        assert "It is not done yet: No officer." in late
        assert "late" in late
        store.say("officer", ActionDone.heard({"how": "It was stopped in Mill Lane."}), agreed)
        assert "It was done: It was stopped in Mill Lane." in page(browser, "officer", made)


def test_an_action_of_the_police_is_not_answered_by_anybody_else(store: Any, browser: Any) -> None:
    made = held(store)
    agreed = store.say("social-worker", ActionAgreed.heard(ACTION), made).entry
    before = size()
    for what, said in (("done", {"how": "We think it is done."}), ("not-done", {"why": "They had no time."})):
        assert browser("social-worker").post(address(made, what, agreed), sheet("say", **said)).status_code == 403
    assert ["It is done" in page(browser, user, made) for user in ("social-worker", "officer")] == [False, True]
    assert size() == before


def test_each_reader_sees_the_children_of_their_own_agency(store: Any, browser: Any) -> None:
    ours, theirs = store.report(by="teacher"), store.report(by="nurse", child={"given_name": "Bartholomea"})
    made = called(store, ours, theirs, by="front-door", sort="exploitation_panel", invited=["police", "licensing"])
    met = held(store, made, by="front-door")
    for report, words in ((ours, "A cobalt plan for one."), (theirs, "A saffron plan for the other.")):
        store.say("front-door", ChildDiscussed(decided=words), met, about=[mention(report)])
    school, health = page(browser, "teacher", made), page(browser, "nurse", made)
    assert ("Zephyrine" in school, "Bartholomea" in school) == (True, False)
    assert ("Zephyrine" in health, "Bartholomea" in health) == (False, True)
    assert ("A cobalt plan" in school, "A saffron plan" in school) == (True, False)
    assert ("A cobalt plan" in health, "A saffron plan" in health) == (False, True)
    assert "And 1 other with whom your agency does not work." in school
    file = text(browser("teacher").get(f"/children/{mention(ours)}"))
    assert ("A cobalt plan" in file, "A saffron plan" in file) == (True, False)
    police = page(browser, "officer", made)
    assert "2 children with whom your agency does not work." in police
    assert [name for name in ("Zephyrine", "Bartholomea", "cobalt", "saffron") if name in police] == []


def test_whose_agency_was_not_asked_learns_nothing(store: Any, browser: Any) -> None:
    made = called(store, store.report(by="nurse"), by="nurse", invited=["health"])
    assert browser("teacher").get(address(made)).status_code == 404
    assert "Marmalade group" not in text(browser("teacher").get("/meetings"))
    assert "Marmalade group" in text(browser("nurse").get("/meetings"))
    assert browser("manager").get("/meetings").status_code == 403


def test_a_sealed_child_takes_the_meeting_along(store: Any, browser: Any) -> None:
    sealed = store.report(words="Asha Verne, who takes the calls, told her to be quiet.")
    made = store.say("designated", MeetingCalled.heard(CALL), about=[mention(sealed)]).entry
    assert browser("officer").get(address(made)).status_code == 404
    assert browser("front-door").get(address(made)).status_code == 404
    assert browser("designated").get(address(made)).status_code == 200


def test_a_meeting_that_is_put_off_says_so(store: Any, browser: Any) -> None:
    made = called(store)
    off = {"reason": "not_quorate", "why": "Health could not come.", "on_day": "2026-10-09"}
    store.say("social-worker", MeetingPutOff.heard(off), made)
    shown = page(browser, "social-worker", made)
    assert "Friday 9 October 2026. Put off to this day." in shown
    assert "An agency that has to be there could not come. Health could not come." in shown


def test_minutes_are_sent_round_put_right_and_locked(store: Any, browser: Any) -> None:
    made = held(store, came=["police"])
    minutes = store.say("social-worker", MinutesRecorded(minutes="Two plates."), made).entry
    round_ = store.say("social-worker", MinutesCirculated(to=("police",)), minutes).entry
    store.say("officer", MinutesDisputed(says="Two plates.", was="Three plates."), minutes)
    open_ = page(browser, "officer", made)
    assert "Corrections sent in" in open_
    assert "no part of them" not in open_
    with playing(IN_TIME):
        store.say("team-manager", MinutesLocked(taken_in="beside"), round_)
        store.say("officer", MinutesDisputed(says="Three plates.", was="Four plates."), minutes)
        locked = page(browser, "officer", made)
    assert locked.index("Three plates.") < locked.index("no part of them") < locked.index("Four plates.")
    assert "They are locked. To change them takes two people." in locked


def test_minutes_are_written_and_locked_once(store: Any) -> None:
    made = held(store, came=["police"])
    minutes = store.say("social-worker", MinutesRecorded(minutes="Two plates."), made).entry
    with pytest.raises(Unanswerable, match="Put right what is wrong in it"):
        store.say("officer", MinutesRecorded(minutes="No plates."), made)
    round_ = store.say("social-worker", MinutesCirculated(to=("police",)), minutes).entry
    with playing(IN_TIME):
        store.say("team-manager", MinutesLocked(taken_in="none"), round_)
        with pytest.raises(Unanswerable, match="Put right what is wrong in it"):
            store.say("team-manager", MinutesLocked(taken_in="beside"), round_)


def test_those_who_did_not_come_say_nothing_is_wrong_in_the_minutes(store: Any, browser: Any) -> None:
    made = called(store)
    met = held(store, made, came=["police"])
    store.say("social-worker", MinutesRecorded(minutes="Two plates."), met)
    typed = sheet("say", says="Two plates.", was="Three.")
    assert browser("nurse").post(address(made, "correction"), typed).status_code == 403
    assert "Say what is wrong in the minutes" not in page(browser, "nurse", made)
    assert "Recorded: Correction to the minutes." in text(
        browser("officer").post(address(made, "correction"), typed, follow=True)
    )


def test_opening_a_meeting_is_a_read(store: Any, browser: Any) -> None:
    made = called(store)
    browser("officer").get(address(made))
    notes = [one.saying for batch in every("reads") for one in batch if one.kind == "access.record_opened"]
    assert [(note.by, note.fact.spoken("what"), note.about[0]) for note in notes] == [("officer", "a meeting", made.id)]


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_and_the_page_ask_as_often_for_one_as_for_fifty(store: Any, browser: Any, rows: int) -> None:
    reports = [store.report() for _ in range(rows)]
    made = called(store, *reports, by="front-door")
    met = held(store, made, by="front-door")
    for number in range(rows):
        called(store, by="front-door", group=f"Group {number}")
        store.say("front-door", ActionAgreed.heard(ACTION), met)
    seen = browser("front-door")
    for url in ("/meetings", address(made)):
        seen.get(url)
        with CaptureQueriesContext(connections["default"]) as queries:
            assert seen.get(url).status_code == 200
        assert len(queries) <= MOST, "\n".join(query["sql"][:110] + query["sql"][-60:] for query in queries)


def test_anybody_learns_which_bodies_leave_no_record(store: Any, browser: Any, client: Any) -> None:
    for _ in range(6):
        held(store, store.report(), group="The Zephyrine group")
    for _ in range(4):
        held(store, by="officer", sort="informal")
    with playing(START + timedelta(days=40)):
        shown = text(client.get("/meetings/unrecorded"))
    assert "October 2026" in shown
    assert "Zephyrine" not in shown
    cells = [
        shown.split(name)[1][:900]
        for name in ("Strategy discussion, Northbrook Children", "Informal group, Northbrook")
    ]
    assert (len(re.findall(r">\s*6\s*<", cells[0])), cells[1].count("fewer than 5")) == (2, 2)


def test_a_month_that_is_not_over_is_not_published(store: Any, client: Any) -> None:
    for _ in range(6):
        held(store)
    assert "No meeting was held in this time." in text(client.get("/meetings/unrecorded"))


SEES = frozenset(
    {"front-door", "social-worker", "team-manager", "head", "director", "designated", "officer", "analyst"}
)
"""Who knows of a meeting that social care called about a child of theirs, to which it asked the police."""


def test_each_role_opens_a_meeting_it_may_know_of_and_no_more(store: Any, browser: Any) -> None:
    made = called(store, store.report(by="front-door"), by="front-door", invited=["police"])
    found = {user for user in PEOPLE if browser(user).get(address(made)).status_code == 200}
    listed = {user for user in PEOPLE if "Marmalade group" in text(browser(user).get("/meetings"))}
    assert (found, listed) == (SEES, SEES)


def test_the_next_meeting_is_the_nearest_that_is_called(store: Any) -> None:
    report = store.report()
    late, soon = (called(store, report, on_day=day) for day in ("2026-10-20", "2026-10-08"))
    held(store, called(store, report, on_day="2026-10-06"))
    found = meetings_in(threads_about([mention(report)]), START)
    assert [one.root.id for one in found][:2] == [late.id, soon.id]
    following = next_of(found, START)
    assert following is not None
    assert following.root.id == soon.id
