"""The doors, page by page: what was typed survives, Back works, and somebody signed in cannot speak as a child."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from lxml import html

from onrecord.access.rules import can_decide
from onrecord.intake.facts import ReportReceived
from onrecord.intake.models import Report
from onrecord.intake.rules.doors import CHILD
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.queries import entries, entry, envelopes, size
from onrecord.ledger.rules.machine import PUBLIC
from onrecord.mailbox.actions import open_with
from onrecord.mailbox.facts import IdentityKept
from tests.pages.browsing import signed_in, text
from tests.pages.doors import ANSWERS, WORDS, Child
from tests.partnership import PEOPLE, START, Store

PICTURE = re.compile(r'<img class="onr-question__picture" src="/static/(.*?)" alt=""')


def fact() -> ReportReceived:
    """The one report by somebody who did not sign in."""
    made = entry(Report.objects.get(agency=PUBLIC).uid).saying.fact
    assert isinstance(made, ReportReceived)
    return made


def test_the_front_page_has_three_doors_what_to_do_in_danger_and_who_reads(store: Store) -> None:
    page = Client().get("/").content.decode()
    assert re.findall(r'href="(/m/[123])"', page) == ["/m/1", "/m/2", "/m/3"]
    assert ("tel:999" in page, "tel:08001111" in page) == (True, True)
    assert "A person reads every message. Somebody is reading today." in page
    assert "On a school or shared device someone may see what you type." in page


def test_a_child_s_answers_are_kept_as_they_were_given(store: Store) -> None:
    Child().answer().press("send")
    made = fact()
    assert (made.said_by, made.words, made.reach, made.danger_now) == ("child", WORDS, "school", "no")
    assert (made.must_not_know, made.who) == ("My uncle Peregrine", "They call him Thistlewood")
    assert made.child.spoken() == "Zephyrine"
    assert made.place
    assert made.place.name == "Behind the Cormorant bakery"


def test_each_question_has_a_picture_of_its_own(store: Store) -> None:
    child, shown = Child(), []
    while (at := child.held("at")) != "check":
        shown += re.findall(
            r'<img class="onr-question__picture" src="/static/(.*?)" alt=""', child.page.content.decode()
        )
        child.press(**ANSWERS[at])
    assert (len(shown), len(set(shown))) == (len(CHILD), len(CHILD))
    assert [one for one in shown if finders.find(one) is None] == []


def test_back_shows_what_was_typed_and_change_comes_back_to_it(store: Store) -> None:
    child = Child().press(**ANSWERS["danger"]).press("back", reach="phone")
    assert child.heading == "Are you in danger right now?"
    assert 'value="no" checked' in child.page.content.decode()
    child.press(danger_now="no")
    assert re.search(r'value="phone" checked', child.page.content.decode())
    child.answer().press("change-words")
    assert (child.heading, WORDS in child.page.content.decode()) == ("What is happening?", True)


def test_what_cannot_be_taken_is_said_beside_it_and_stays(store: Store) -> None:
    child = Child()
    while child.held("at") != "where":
        child.press(**ANSWERS[child.held("at")])
    child.press(**{"place-name": "x" * 301})
    assert child.held("at") == "where"
    assert "use 300 characters or fewer" in child.text
    assert "x" * 301 in child.page.content.decode()
    assert child.press(**ANSWERS["where"]).held("at") == "work"


def test_a_page_that_is_too_old_says_so_and_keeps_what_stands_on_it(store: Store) -> None:
    child, before = Child().press(**ANSWERS["danger"]), size()
    with playing(START + timedelta(hours=3)):
        child.press(reach_how="Ask for me at the climbing club.")
    assert "This page was open for too long." in child.text
    assert "Ask for me at the climbing club." in child.page.content.decode()
    assert (child.held("at"), size()) == ("reach", before)


def test_danger_is_answered_at_once(store: Store) -> None:
    assert "ring 999 on a mobile and press 55" in Child().press(danger_now="yes").text


def test_before_sending_a_child_reads_who_reads_it_and_by_when(store: Store) -> None:
    said = Child().answer().text
    able = [user for user in PEOPLE if can_decide(store.viewer(user))]
    assert f"Who reads this: {len(able)} people at Northbrook Children's Services. Not anyone you name." in said
    assert "You'll hear by: the end of Tuesday 6 October." in said
    assert "Not without talking to you first, unless someone could be badly hurt." in said
    assert "You are not in trouble for telling us." in said
    sealed = Child().answer(ANSWERS | {"work": {"positions": "yes"}}).text
    assert "one person whose job is reports about people who work with children" in sealed


def test_keep_no_receipt_shows_no_words(store: Store) -> None:
    assert "Your six words" not in Child().answer().press("send", no_words="on").text
    assert "Your six words" in Child().answer().press("send").text


def test_whoever_pressed_send_twice_still_sees_words_that_open_their_messages(store: Store) -> None:
    child = Child().answer()
    sent = {"kept": child.held("kept"), "at": "check", "go": "send"}
    shown = [words_shown(child.client.post("/m/1", sent)) for _ in range(2)]
    assert [open_with(words, START) is not None for words in shown] == [True, True]
    with playing(START + timedelta(minutes=1)):
        assert words_shown(child.client.post("/m/1", sent)) == ""
    assert Report.objects.filter(agency=PUBLIC).count() == 1


def words_shown(page: Any) -> str:
    """The six words that a page shows; "" where it shows none."""
    return str(html.fromstring(page.content.decode()).xpath("string((//*[@class='govuk-body-l onr-door-words'])[1])"))


def test_a_parent_says_it_on_one_page(store: Store) -> None:
    typed = {"id": str(uuid4()), "said_by": "parent", "words": "He is never home.", "child-given_name": "Zed"}
    asked, sent = (page.content.decode() for page in (Client().get("/m/2"), Client().post("/m/2", typed)))
    assert "Your report was received" in sent
    assert [part for part in ("read what we answer", "read our answer", "add something") if part in asked + sent] == []
    assert (fact().said_by, fact().concern, fact().positions) == ("parent", "not_sure", "unknown")


def test_a_neighbour_can_say_who_they_are_apart_from_what_they_say(store: Store) -> None:
    typed = {"id": str(uuid4()), "said_by": "public", "words": "He is never home.", "name": "Tamsin Oakapple"}
    assert "Who you are is kept apart from what you wrote." in Client().post("/m/2", typed).content.decode()
    (kept,) = entries([row.uid for row in envelopes([IdentityKept.kind])])
    assert kept.saying.fact == IdentityKept(who="Tamsin Oakapple")
    assert "Oakapple" not in repr(fact())
    long = Client().post("/m/2", typed | {"id": str(uuid4()), "name": "x" * 301}).content.decode()
    assert ("x" * 301 in long, "He is never home." in long, Report.objects.count()) == (True, True, 1)


@pytest.mark.parametrize("door", ["/m/2", "/m/3"])
def test_whoever_reads_the_report_can_ring_and_sees_no_more_of_who_wrote(store: Store, door: str) -> None:
    page = html.fromstring(Client().get(door).content.decode())
    said = " ".join(page.xpath("string(//main)").split())
    assert "Whoever reads your report sees this. What you write under “Who you are” they do not see." in said
    assert "So nobody rings you on what you write here. If somebody may ring you, write the number further up." in said
    asked = [one.get("name") for one in page.xpath("//textarea | //input[@type='text']")]
    assert asked.index("reach_how") < asked.index("contact")
    typed = {"id": str(uuid4()), "words": "He is never home.", "concern": "not_sure", "child-given_name": "Zed"}
    typed |= {"reach_how": "07700 900555, after six", "contact": "07700 900666", "name": "Tamsin Oakapple"}
    assert "was received" in Client().post(door, typed).content.decode()
    uid = Report.objects.get(agency=PUBLIC).uid
    shown = text(signed_in("front-door").get(f"/front-door/{uid}"))
    assert ["07700 900555, after six" in shown, "900666" in shown, "Oakapple" in shown] == [True, False, False]


def test_a_professional_is_asked_what_they_saw_and_nothing_typed_is_lost(store: Store) -> None:
    page = Client().post("/m/3", {"id": str(uuid4()), "child-given_name": "Zed", "name": "Tamsin Oakapple"})
    said = page.content.decode()
    assert "Say what you saw or were told. One sentence is enough." in said
    assert ("Tamsin Oakapple" in said, 'value="Zed"' in said) == (True, True)
    assert Report.objects.count() == 0


def test_a_birth_date_alone_says_something_of_the_child(store: Store) -> None:
    born = {"child-born-day": "3", "child-born-month": "1", "child-born-year": "2015"}
    Client().post("/m/3", {"id": str(uuid4()), "words": WORDS, **born})
    assert str(fact().child.born) == "2015-01-03"
    unread = Client().post("/m/3", {"id": str(uuid4()), "words": WORDS, **born, "child-born-month": "31"})
    assert ('value="31"' in unread.content.decode(), WORDS in unread.content.decode()) == (True, True)


def test_somebody_signed_in_never_speaks_as_a_child(store: Store) -> None:
    with pytest.raises(Refused, match="Leave “said_by” out"):
        store.report(said_by="child")


def test_whoever_signed_in_is_led_on_from_the_front_page(store: Store) -> None:
    answer: Any = signed_in("front-door").get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/front-door")
