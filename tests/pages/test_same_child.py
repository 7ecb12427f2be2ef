"""Two mentions side by side: the most useful first, judged by a person with a reason, undone by a later word."""

from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from onrecord.access.facts import RecordOpened
from onrecord.ledger.facts import mention_of
from onrecord.ledger.queries import every
from onrecord.linkage.facts import LinkJudged
from onrecord.linkage.queries import cluster
from onrecord.linkage.queries.judged import verdicts_on
from tests.pages.browsing import sheet, text

ONE = {"given_name": "Zephyrine", "family_name": "Quillfeather", "born": "2012-05-03", "postcode": "ZZ1 1AA"}
OTHER = ONE | {"given_name": "Zephirine", "born": "2012-03-05", "phone": "07700 900123"}
TWIN = ONE | {"given_name": "Ottilie"}
MOST = 12


@pytest.fixture
def pair(store: Any) -> tuple[Any, Any]:
    return store.report(by="nurse", child=ONE), store.report(child=OTHER)


def mentions(pair: tuple[Any, Any]) -> tuple[Any, Any]:
    return mention_of(pair[0].id, "child"), mention_of(pair[1].id, "child")


def verdict(one: Any, other: Any) -> str:
    return verdicts_on(one).get(other, "")


def said(pair: tuple[Any, Any], verdict: str = "same", why: str = "Same phone at both schools.") -> dict[str, str]:
    one, other = mentions(pair)
    return {"form": "pair", "pair": f"{other} {one}", "pair-verdict": verdict, "pair-why": why, "pair-id": ""}


def with_id(page: Any, typed: dict[str, str]) -> dict[str, str]:
    return typed | {"pair-id": str(page.context["sheet"].form["id"].value())}


def test_two_mentions_stand_side_by_side_with_what_differs(pair: Any, browser: Any) -> None:
    page = browser("front-door").get("/same-child")
    assert [(row.label, row.stands) for row in page.context["rows"]] == [
        ("First name", "differ"),
        ("Last name", "same"),
        ("Date of birth", "differ"),
        ("Phone", "only"),
        ("Postcode", "same"),
    ]
    words = text(page)
    assert words.count(">Differs<") == 2
    assert "same birth date with day and month swapped, first name written another way, same last name" in words


def test_a_judgement_is_recorded_with_name_and_reason_and_the_pair_waits_no_longer(pair: Any, browser: Any) -> None:
    client = browser("front-door")
    page = client.get("/same-child")
    sent = client.post("/same-child", with_id(page, said(pair)), follow=True)
    (judged,) = [made.saying for batch in every() for made in batch if isinstance(made.saying.fact, LinkJudged)]
    assert (judged.by, judged.fact.verdict, judged.fact.why) == ("front-door", "same", "Same phone at both schools.")
    assert verdict(*mentions(pair)) == "same"
    assert sent.context["pair"] is None
    assert "No two mentions wait to be judged." in text(sent)


def test_without_a_reason_nothing_is_recorded_and_what_was_chosen_stays(pair: Any, browser: Any) -> None:
    client = browser("front-door")
    sent = client.post("/same-child", with_id(client.get("/same-child"), said(pair, why="")))
    assert "Say what you compared." in text(sent)
    assert sent.context["form"]["verdict"].value() == "same"
    assert verdict(*mentions(pair)) == ""


def test_not_sure_leaves_the_pair_waiting(pair: Any, browser: Any) -> None:
    client = browser("front-door")
    client.post("/same-child", with_id(client.get("/same-child"), said(pair, "unsure")))
    assert verdict(*mentions(pair)) == "unsure"
    assert client.get("/same-child").context["count"] == 1


def test_a_pair_that_was_judged_meanwhile_is_not_judged_again_by_an_old_page(pair: Any, browser: Any) -> None:
    client = browser("front-door")
    old = with_id(client.get("/same-child"), said(pair, "different"))
    client.post("/same-child", with_id(client.get("/same-child"), said(pair)))
    sent = client.post("/same-child", old, follow=True)
    assert "Somebody has judged these two meanwhile" in text(sent)
    assert verdict(*mentions(pair)) == "same"


def test_the_pair_that_helps_most_comes_first_and_the_next_can_be_asked_for(
    pair: Any, store: Any, browser: Any
) -> None:
    store.report(by="nurse", child=TWIN)
    client = browser("front-door")
    first, last = client.get("/same-child"), client.get("/same-child?place=9")
    assert (first.context["place"], first.context["count"]) == (1, 3)
    assert {first.context["pair"].one.entry, first.context["pair"].other.entry} == {made.id for made in pair}
    assert (last.context["place"], last.context["next"]) == (3, 0)


def test_what_is_behind_a_wall_is_held_against_nothing(pair: Any, store: Any, browser: Any) -> None:
    assert browser("front-door").get("/same-child").context["count"] == 1
    store.report(child=ONE, words="Piotr Lund picks her up after school.")
    assert browser("front-door").get("/same-child").context["count"] == 1


def test_nobody_who_is_18_is_held_against_anybody(store: Any, browser: Any) -> None:
    grown = ONE | {"born": "2008-10-05"}
    store.report(by="nurse", child=grown)
    store.report(child=grown)
    assert browser("front-door").get("/same-child").context["pair"] is None


def test_it_is_noted_before_it_is_shown(pair: Any, browser: Any) -> None:
    browser("front-door").get("/same-child")
    (last,) = [made.saying for batch in every("reads") for made in batch if isinstance(made.saying.fact, RecordOpened)]
    assert (last.by, last.fact.what, set(last.about)) == ("front-door", "pair", {made.id for made in pair})


@pytest.mark.parametrize("by", ["teacher", "officer", "scrutineer", "manager"])
def test_nobody_else_may_compare(pair: Any, browser: Any, by: str) -> None:
    client = browser(by)
    assert [client.get("/same-child").status_code, client.post("/same-child", said(pair)).status_code] == [403, 403]
    assert verdict(*mentions(pair)) == ""


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_page_asks_the_database_no_more_for_fifty(store: Any, browser: Any, rows: int) -> None:
    store.report(by="nurse", child=OTHER)
    for _ in range(rows):
        store.report(child=ONE)
    client = browser("front-door")
    with CaptureQueriesContext(connections["default"]) as asked:
        assert client.get("/same-child").context["count"] >= rows
    assert len(asked) <= MOST


def test_different_dominates_a_chain_of_same(store: Any) -> None:
    made = [store.report(child=ONE) for _ in range(3)]
    one, two, three = (mention_of(report.id, "child") for report in made)
    for pair, verdict in (((one, two), "same"), ((one, three), "different"), ((two, three), "same")):
        store.say("front-door", LinkJudged(verdict=verdict, why="Compared."), about=list(pair))
    assert cluster(one) == {one, two}
    assert cluster(three) == {three}
    store.say("front-door", LinkJudged(verdict="same", why="It was a slip."), about=[one, three])
    assert cluster(one) == {one, two, three}


def test_to_part_two_who_were_one_child_asks_for_a_reason_and_waits_for_a_second_person(
    pair: Any, store: Any, browser: Any
) -> None:
    one, other = mentions(pair)
    store.say("front-door", LinkJudged(verdict="same", why="The same phone."), about=[one, other])
    client, url = browser("front-door"), f"/front-door/{pair[1].id}"
    typed = sheet("same0", verdict="different", why="They are cousins.")
    asked = client.post(url, typed)
    words = text(asked)
    assert "one of the two would be weighed without knowing" in words
    assert asked.context["sheets"]["same0"].form["why"].value() == "They are cousins."
    reason = {"same0-lowering_reason": "wrong_person", "same0-lowering_words": "Their mothers are sisters."}
    sent = client.post(url, typed | reason, follow=True)
    assert "Nothing is lowered until a second person, from another agency, agrees." in text(sent)
    assert (verdict(one, other), other in cluster(one)) == ("same", True)
    listed = text(browser("signer").get("/joint-list"))
    assert "They are cousins." in listed
