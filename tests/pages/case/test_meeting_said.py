"""What is said of a meeting on its pages: only what can be said now, and of a child only by those who work with it."""

from typing import Any

from onrecord.access.actions import join_agency
from onrecord.case.facts import ActionAgreed, DissentRecorded, MinutesRecorded
from onrecord.ledger.facts import Corrected
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import every
from tests.pages.browsing import sheet, text
from tests.pages.case.ground import DISSENT, address, called, held, mention, page

THERE = {"present-0": "Ines Fallow", "trusted_adult": "came"}


def test_there_is_nothing_to_say_where_it_was_said_or_cannot_be(store: Any, browser: Any) -> None:
    made = called(store)
    assert browser("social-worker").get(address(made, "minutes")).status_code == 404
    held(store, made)
    assert browser("social-worker").get(address(made, "minutes")).status_code == 200
    assert [browser("social-worker").get(address(made, what)).status_code for what in ("held", "x")] == [404, 404]


def test_what_happened_is_recorded_on_the_page(store: Any, browser: Any) -> None:
    report = store.report()
    made = called(store, report, sort="core_group")
    typed = sheet("say", sort="core_group", group="Thursday group", came=["health"], **THERE)
    sent = text(browser("social-worker").post(address(made, "held"), typed, follow=True))
    assert "Recorded: Meeting held." in sent
    assert "Not quorate: Children&#x27;s social care was not there." in sent.replace("’", "&#x27;")
    assert "Present: Ines Fallow." in sent


def test_dissent_about_one_child_of_several_stays_with_that_child(store: Any, browser: Any) -> None:
    ours, theirs = store.report(by="teacher"), store.report(by="nurse", child={"given_name": "Bartholomea"})
    made = called(store, ours, theirs, by="front-door", sort="exploitation_panel", invited=["police"])
    held(store, made, by="front-door")
    typed = sheet("say", **DISSENT) | {"whom": str(mention(theirs))}
    assert "Recorded: Dissent." in text(browser("front-door").post(address(made, "dissent"), typed, follow=True))
    assert "Sam Whitlock</strong>, Police, for their agency, about Bartholomea" in page(browser, "nurse", made)
    assert "The car was seen twice." not in page(browser, "teacher", made)
    (said,) = [one for batch in every() for one in batch if one.kind == DissentRecorded.kind]
    assert said.mentions == (mention(theirs),)


def test_nobody_says_something_of_a_child_they_do_not_work_with(store: Any, browser: Any) -> None:
    ours, theirs = store.report(by="teacher"), store.report(by="nurse", child={"given_name": "Bartholomea"})
    made = called(store, ours, theirs, by="front-door", sort="exploitation_panel", invited=["police"])
    held(store, made, by="front-door")
    form = text(browser("teacher").get(address(made, "action")))
    assert ("Zephyrine" in form, "Bartholomea" in form) == (True, False)
    typed = sheet("say", what="Look.", owner="police") | {"whom": str(mention(theirs))}
    typed |= {"say-by_day-day": "8", "say-by_day-month": "10", "say-by_day-year": "2026"}
    browser("teacher").post(address(made, "action"), typed)
    (said,) = [one for batch in every() for one in batch if one.kind == ActionAgreed.kind]
    assert set(said.mentions) == {mention(ours), mention(theirs)}  # about everybody, and not about that child alone


def test_those_who_came_are_asked_on_its_page_about_other_words_for_what_was_decided(store: Any, browser: Any) -> None:
    made = held(store, store.report(), came=["childrens_social_care", "police"])
    said = store.say("social-worker", MinutesRecorded(minutes="Two plates."), made).entry
    other = Corrected(field="minutes", value='"No plates."', why="Nobody saw any.")
    waits = store.say("social-worker", other, said).entry
    link = f'href="/agree/{waits.id}"'
    shown = {user: page(browser, user, made) for user in ("officer", "social-worker", "team-manager")}
    assert {user for user, one in shown.items() if link in one} == {"officer"}
    assert all(("Two plates." in one, "No plates." in one) == (True, False) for one in shown.values())
    agreed = sheet("agree", answer="agree", why="Nobody saw any.")
    opened = text(browser("officer").get(f"/agree/{waits.id}"))
    assert ("Two plates." in opened, "No plates." in opened) == (True, True)
    browser("officer").post(f"/agree/{waits.id}", agreed)
    after = page(browser, "officer", made)
    assert (link in after, "No plates." in after) == (False, True)


def test_of_several_schools_the_page_asks_which_one_acts(store: Any, browser: Any) -> None:
    join_agency("mere-bank", "Mere Bank Academy", "school", now())
    made = held(store, store.report())
    typed = sheet("say", what="Watch the gate.", owner="school")
    typed |= {"say-by_day-day": "8", "say-by_day-month": "10", "say-by_day-year": "2026"}
    asked = text(browser("social-worker").post(address(made, "action"), typed))
    assert ("Choose the one that does it." in asked, "Mere Bank Academy</option>" in asked) == (True, True)
    typed |= {"say-which": "mere-bank"}
    sent = text(browser("social-worker").post(address(made, "action"), typed, follow=True))
    assert ("Recorded: Action agreed." in sent, "School, Mere Bank Academy" in sent) == (True, True)


def test_who_acts_for_a_whole_panel_is_told_the_name_of_no_child(store: Any, browser: Any) -> None:
    ours, theirs = store.report(by="teacher"), store.report(by="nurse", child={"given_name": "Bartholomea"})
    made = called(store, ours, theirs, by="front-door", sort="exploitation_panel", invited=["police"])
    met = held(store, made, by="front-door")
    shown = []
    for child in ((), (mention(theirs),)):
        agreed = ActionAgreed.heard({"what": "Look.", "owner": "police", "by_day": "2026-10-07"})
        store.say("front-door", agreed, met, about=list(child))
        duties = text(browser("officer").get("/duties"))
        shown.append(("Do what the meeting agreed" in duties, "Zephyrine" in duties, "Bartholomea" in duties))
    assert shown == [(True, False, False), (True, False, True)]
