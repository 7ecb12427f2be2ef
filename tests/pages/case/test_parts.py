"""The parts of a child's file: assessments over time, the plan, and who may know what."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from onrecord.case.facts import ActionAgreed, ActionDone, ActionNotDone, ExploitationAssessed
from onrecord.intake.actions import route_waiting
from onrecord.ledger.facts import Corrected
from onrecord.ledger.gateway.clock import playing
from tests.pages.browsing import hours, text
from tests.pages.case.ground import ACTION, called, held
from tests.pages.case.test_file import LOWER, MOST, address, read_notes
from tests.partnership import ASSESSED, START

TAGS = re.compile(r"<[^>]+>")


def part(browser: Any, made: Any, name: str, user: str = "front-door") -> str:
    return text(browser(user).get(f"{address(made)}/{name}"))


def said(page: str) -> str:
    """A page without its marks."""
    return " ".join(TAGS.sub(" ", page).split())


def lines(page: str) -> list[tuple[str, str]]:
    """The stretches drawn: how high each stands, and whether it is broken."""
    drawn = re.findall(r'<line x1="\d+" x2="\d+" y1="(\d+)" y2="\d+" stroke-width="5"( stroke="#6f777b")?', page)
    return [(y, "grey" if grey else "") for y, grey in drawn]


def test_levels_are_drawn_and_the_table_says_the_same(store: Any, browser: Any) -> None:
    made = store.report()
    assert "Nobody has assessed this yet." in part(browser, made, "assessments")
    decided = store.decide(made).entry
    store.say("social-worker", ExploitationAssessed(level="moderate", **ASSESSED), decided)
    with playing(START + timedelta(days=95)):
        later = ASSESSED | {"review_on": "2027-02-01"}
        store.say("social-worker", ExploitationAssessed(level="serious", **later), decided)
    with playing(START + timedelta(days=96)):
        store.say("social-worker", ExploitationAssessed(level="moderate", **later), decided, lowering=LOWER)
    with playing(START + timedelta(days=130)):
        page = part(browser, made, "assessments")
    assert lines(page) == [("50", ""), ("50", "grey"), ("10", ""), ("10", "grey")]
    rows = page.split('<th scope="row"')[1:]
    assert [("Serious" in row, "Moderate" in row, "Proposed" in row) for row in rows] == [
        (False, True, True),
        (True, False, False),
        (False, True, False),
    ]
    assert "That day is over." in rows[2]


def test_a_corrected_level_stands_first_and_the_first_one_is_struck(store: Any, browser: Any) -> None:
    made = store.report()
    decided = store.decide(made).entry
    judged = store.say("social-worker", ExploitationAssessed(level="moderate", **ASSESSED), decided).entry
    fix = Corrected(field="level", value='"serious"', why="A slip of the pen.")
    store.say("social-worker", fix, judged)
    page = part(browser, made, "assessments")
    assert lines(page) == [("10", "")]
    assert page.index("Serious", page.index("<tbody")) < page.index('<del class="onr-words">Moderate</del>')


def test_the_plan_says_what_was_agreed_what_is_done_and_what_is_late(store: Any, browser: Any) -> None:
    made = store.report()
    store.decide(made)
    met = held(store, called(store, made))
    first, second = (
        store.say("social-worker", ActionAgreed.heard(ACTION | {"what": what}), met).entry
        for what in ("Look for the car.", "Ask the aunt.")
    )
    store.say("officer", ActionDone(how="It was found."), first)
    store.say("officer", ActionNotDone(why="She is away.", new_day="2026-10-20"), second)
    with playing(hours(90)):
        agreed, _, owed = said(part(browser, made, "plan")).partition("Owed to the child")
    assert "Look for the car." in agreed
    assert "Police, by 7 October 2026 Done, said on 5 October 2026: It was found." in agreed
    assert "Not done yet, said on 5 October 2026: She is away." in agreed
    assert "Look for the car. ✓ done 5 October" in agreed
    assert "Ask the aunt. ▲ late by 27 hours" in agreed
    assert "Do what the meeting agreed" not in owed
    assert "Ask how contact is safe, and write it down" in owed
    assert owed.index("Finish the assessment") < owed.index("Decide what happens next")


def test_the_agencies_stand_with_why_they_work_with_the_child(store: Any, browser: Any) -> None:
    made = store.report(concern="harm_at_home")
    store.decide(made, concern="harm_at_home")
    page = part(browser, made, "who")
    cells = re.findall(r'onr-list__first">([^<]+?) </th>.*?onr-list__value">([^<]+?) </span>', page)
    assert cells == [
        ("Hill School", "Reported a worry"),
        ("Northbrook Children&#x27;s Services", "Recorded something, Owes something"),
    ]


def test_of_what_is_sealed_the_page_says_nothing_to_those_behind_the_wall(store: Any, browser: Any) -> None:
    pages = []
    for words in ("Usha Verne drives her.", "Asha Verne drives her."):
        made = store.report(words=words)
        route_waiting()
        pages.append({user: said(part(browser, made, "who", user)) for user in ("teacher", "designated")})
    reference = re.compile(r"\b[0-9a-f]{8}\b")
    plain = [reference.sub("", page["teacher"]) for page in pages]
    assert "sealed. You read" not in plain[1]
    assert plain[0] == plain[1]
    assert "1 entry of this file is sealed." not in pages[0]["designated"]
    assert re.search(r"[12] entr(y|ies) of this file (is|are) sealed", pages[1]["designated"])


def test_who_broke_the_glass_is_for_the_business_manager_alone_and_names_no_child(store: Any, browser: Any) -> None:
    made = store.report()
    typed = {"form": "glass", "id": str(uuid4()), "why": "danger_now", "reason": "The mother rang."}
    browser("nurse").post(address(made), typed)
    page = said(part(browser, made, "who", "manager"))
    assert "Ines Fallow" in page
    assert "The mother rang." in page
    assert [one for one in ("Zephyrine", "Quillfeather", "marmalade") if one in page] == []
    others = [said(part(browser, made, "who", user)) for user in ("teacher", "front-door", "nurse")]
    assert [one for page in others for one in ("Ines Fallow", "The mother rang.") if f"{one}," in page] == []
    assert ["The mother rang." in page for page in others] == [False, False, False]
    assert browser("manager").get(address(made)).status_code == 403


@pytest.mark.parametrize("name", ["assessments", "plan", "documents", "who"])
def test_each_part_is_one_read_and_asks_the_database_little(store: Any, browser: Any, name: str) -> None:
    made = store.report()
    decided = store.decide(made).entry
    for _ in range(50):
        store.say("social-worker", ExploitationAssessed(level="serious", **ASSESSED), decided)
    client = browser("front-door")
    client.get(f"{address(made)}/{name}")
    assert read_notes() == [("who_knows" if name == "who" else "chronology", "front-door", None)]
    with CaptureQueriesContext(connections["default"]) as asked:
        client.get(f"{address(made)}/{name}")
    assert len(asked) <= MOST


@pytest.mark.parametrize("name", ["assessments", "plan", "documents", "who"])
def test_who_does_not_work_with_the_child_is_told_the_same_as_of_no_child(store: Any, browser: Any, name: str) -> None:
    made = store.report()
    found = [browser("nurse").get(url) for url in (f"{address(made)}/{name}", f"/children/{uuid4()}/{name}")]
    assert [answer.status_code for answer in found] == [403, 403]
    assert [one for answer in found for one in ("Zephyrine", "Quillfeather") if one in text(answer)] == []
    assert read_notes() == []
