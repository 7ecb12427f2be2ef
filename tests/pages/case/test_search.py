"""Search asks why before it looks, shows only what somebody may open, and answers nobody whether a child is known."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from onrecord.access.models import Relation
from onrecord.case.facts import ChildReturned
from onrecord.case.queries import unfollowed
from onrecord.ledger.facts import Corrected, mention_of
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.queries import every
from onrecord.linkage.facts import LinkJudged
from tests.pages.browsing import sheet, text
from tests.partnership import REPORT, START

MOST = 12
TYPED = {
    "given_name": "Zephyrine",
    "family_name": "Quillfeather",
    "born-day": "3",
    "born-month": "1",
    "born-year": "2012",
    "why": "contacted",
    "words": "Her school rang me.",
}
LINKS = re.compile(r'href="/children/([^"]+)"')
SAFE = {"who": "Her aunt Ottilie", "how": "school", "judged": "child"}


def searches() -> list[Any]:
    """The searches in the reads ledger, in order."""
    made = [entry for batch in every("reads") for entry in batch if entry.kind == "access.record_opened"]
    return [one.saying for one in made if one.saying.fact.what == "search"]


def plain(page: Any) -> str:
    """A page without what differs each time it is drawn."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text(page))


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ("why", "Choose why you need to look."),
        ("words", "Say in a sentence why you need to look."),
        ("given_name family_name", "Enter two of these: first name, last name, date of birth."),
    ],
)
def test_without_a_reason_or_enough_of_a_name_nothing_is_looked_at(
    left_out: str, said: str, store: Any, browser: Any
) -> None:
    store.report()
    typed = {name: value for name, value in TYPED.items() if name not in left_out.split()}
    page = text(browser("teacher").post("/search", typed))
    assert said in page
    assert 'value="2012"' in page
    assert LINKS.findall(page) == []
    assert searches() == []


def test_a_date_that_is_none_is_said_in_the_fields_own_words(store: Any, browser: Any) -> None:
    page = text(browser("teacher").post("/search", TYPED | {"born-day": "31", "born-month": "2"}))
    assert "Enter a date of birth such as 27 3 2012." in page
    assert searches() == []


def test_a_child_with_whom_ones_agency_works_is_found_and_the_search_is_noted(store: Any, browser: Any) -> None:
    made = store.report()
    mention = mention_of(made.id, "child")
    page = text(browser("teacher").post("/search", TYPED))
    assert LINKS.findall(page) == [str(mention)]
    assert "Why: same birth date" in page
    (noted,) = searches()
    assert (noted.by, noted.about) == ("teacher", (mention,))
    assert noted.fact.reason == "Somebody contacted me about this child. Her school rang me."
    assert noted.fact.sought == "Zephyrine, Quillfeather, 2012-01-03"


@pytest.mark.parametrize("user", ["nurse", "officer", "chair"])
def test_whether_an_unrelated_child_is_known_is_told_to_nobody(user: str, store: Any, browser: Any) -> None:
    client = browser(user)
    before = plain(client.post("/search", TYPED))
    store.report()
    store.report(by="social-worker")
    assert plain(client.post("/search", TYPED)) == before
    assert [noted.about for noted in searches()] == [(), ()]


def test_the_front_door_is_told_that_there_may_be_a_file_it_cannot_open(store: Any, browser: Any) -> None:
    since = {"earliest": "2026-10-04T08:00:00Z", "latest": "2026-10-04T08:00:00Z"}
    back = store.say("officer", ChildReturned.heard({"child": REPORT["child"], "missing_since": since})).entry
    Relation.objects.filter(subject=mention_of(back.id, "child"), agency="social-care").delete()
    found = {user: text(browser(user).post("/search", TYPED)) for user in ("front-door", "nurse", "social-worker")}
    assert {user for user, page in found.items() if "There may be a file you cannot open." in page} == {"front-door"}
    assert [LINKS.findall(page) for page in found.values()] == [[], [], []]


@pytest.mark.parametrize("user", ["front-door", "social-worker", "nurse"])
def test_a_sealed_report_answers_as_if_it_were_not_there(user: str, store: Any, browser: Any) -> None:
    client = browser(user)
    before = plain(client.post("/search", TYPED))
    store.report(by="teacher", positions="yes")
    assert plain(client.post("/search", TYPED)) == before


def test_one_child_is_one_line_and_at_most_ten_are_shown(store: Any, browser: Any) -> None:
    one, other = store.report(), store.report()
    pair = [mention_of(made.id, "child") for made in (one, other)]
    store.say("front-door", LinkJudged(verdict="same", why="Same birth date."), about=pair)
    assert len(LINKS.findall(text(browser("teacher").post("/search", TYPED)))) == 1
    for _ in range(12):
        store.report()
    page = text(browser("teacher").post("/search", TYPED))
    assert (len(LINKS.findall(page)), "More children could be meant." in page) == (10, True)


def test_a_corrected_name_stands_first(store: Any, browser: Any) -> None:
    made = store.report()
    right = '{"given_name": "Seraphina", "family_name": "Quillfeather", "born": "2012-01-03"}'
    store.say("teacher", Corrected(field="child", value=right, why="She said so."), made)
    page = text(browser("teacher").post("/search", TYPED))
    assert ">Seraphina Quillfeather</a>" in page
    assert page.index("Seraphina Quillfeather</a>") < page.index('<del class="onr-words">Zephyrine')


def test_a_child_is_found_by_the_name_that_was_put_right_and_by_the_first(store: Any, browser: Any) -> None:
    made = store.report(child={"given_name": "Ottilie", "family_name": "Brackenridge"})
    right = '{"given_name": "Seraphina", "family_name": "Quillfeather"}'
    names = [{"given_name": "Seraphina", "family_name": "Quillfeather"}]
    names += [
        {"given_name": "Ottilie", "family_name": "Brackenridge"},
        {"given_name": "Aurelia", "family_name": "Moss"},
    ]
    undated = {name: value for name, value in TYPED.items() if not name.startswith("born")}
    before = [len(LINKS.findall(text(browser("teacher").post("/search", undated | name)))) for name in names]
    store.say("teacher", Corrected(field="child", value=right, why="She said so."), made)
    after = [len(LINKS.findall(text(browser("teacher").post("/search", undated | name)))) for name in names]
    assert (before, after) == ([0, 1, 0], [1, 1, 0])


@pytest.mark.parametrize("user", ["admin", "manager", "scrutineer", "inspectorate", "signer", "analyst", "licensing"])
def test_who_does_not_work_with_children_cannot_look(user: str, store: Any, browser: Any) -> None:
    assert [browser(user).get("/search").status_code, browser(user).post("/search", TYPED).status_code] == [403, 403]
    assert searches() == []


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_a_search_asks_the_database_as_much_for_fifty_as_for_one(store: Any, browser: Any, rows: int) -> None:
    for _ in range(rows):
        store.report()
    client = browser("teacher")
    client.post("/search", TYPED)
    with CaptureQueriesContext(connections["default"]) as asked:
        page = client.post("/search", TYPED)
    assert len(LINKS.findall(text(page))) == min(rows, 10)
    assert len(asked) <= MOST


def listed(store: Any) -> list[str]:
    """Whose searches are listed as having led to nothing, now."""
    return [one.user for one in unfollowed(store.viewer("manager"), now()).rows]


def test_a_search_that_led_to_nothing_is_listed_after_a_week(store: Any, browser: Any) -> None:
    made = store.report()
    for user in ("teacher", "front-door", "nurse"):
        browser(user).post("/search", TYPED)
    with playing(START + timedelta(hours=1)):
        sent = browser("teacher").post(f"/children/{mention_of(made.id, 'child')}", sheet("safe", **SAFE))
    assert sent.status_code == 302
    with playing(START + timedelta(days=6, hours=23)):
        assert listed(store) == []
    with playing(START + timedelta(days=7)):
        assert listed(store) == ["nurse", "front-door"]


def test_what_comes_after_the_week_comes_too_late(store: Any, browser: Any) -> None:
    made = store.report()
    browser("teacher").post("/search", TYPED)
    with playing(START + timedelta(days=8)):
        browser("teacher").post(f"/children/{mention_of(made.id, 'child')}", sheet("safe", **SAFE))
        assert listed(store) == ["teacher"]


def test_to_break_the_glass_is_nothing_that_follows(store: Any, browser: Any) -> None:
    made = store.report(by="nurse")
    url = f"/children/{mention_of(made.id, 'child')}"
    glass = {"form": "glass", "id": str(uuid4()), "why": "other", "reason": "I wanted to see it."}
    browser("officer").post("/search", TYPED)
    with playing(START + timedelta(hours=1)):
        assert browser("officer").post(url, glass).status_code == 302
        browser("officer").post("/search", TYPED)
    with playing(START + timedelta(days=8)):
        assert listed(store) == ["officer", "officer"]
