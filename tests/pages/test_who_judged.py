"""The deciding front door sees who said that two mentions are two children, and what that keeps apart."""

from typing import Any

import pytest

from onrecord.ledger.facts import Entry, mention_of
from onrecord.linkage.facts import LinkJudged
from onrecord.linkage.queries import cluster
from tests.pages.browsing import text
from tests.partnership import Store

WHO = "Tomas Hale, Northbrook Children&#x27;s Services"
NOTHING = "It joins nothing"


def child(made: Entry) -> Any:
    return mention_of(made.id, "child")


def judge(store: Store, verdict: str, one: Entry, other: Entry, by: str = "social-worker") -> None:
    store.say(by, LinkJudged(verdict=verdict, why="Compared."), about=[child(one), child(other)])


def page(browser: Any, made: Entry) -> str:
    return " ".join(text(browser("front-door").get(f"/front-door/{made.id}")).split())


@pytest.fixture
def three(store: Store) -> tuple[Entry, Entry, Entry]:
    """Three reports of what may be one child."""
    return store.report(by="nurse"), store.report(by="officer"), store.report()


@pytest.mark.parametrize(
    ("verdict", "said"),
    [("different", "Judged different"), ("same", "Judged the same child"), ("unsure", "Not sure")],
)
def test_a_first_judgement_stands_there_with_whoever_made_it(
    store: Store, browser: Any, three: tuple[Entry, Entry, Entry], verdict: str, said: str
) -> None:
    one, _, last = three
    assert WHO not in page(browser, last)
    judge(store, verdict, one, last)
    shown = page(browser, last)
    assert (said in shown, f"Judged by {WHO}, 5 October 2026." in shown, NOTHING in shown) == (True, True, False)
    assert shown.count("Same child, or not?") == 1  # the other one is offered still


def test_the_last_word_is_shown(store: Store, browser: Any, three: tuple[Entry, Entry, Entry]) -> None:
    one, _, last = three
    judge(store, "different", one, last)
    judge(store, "same", one, last, by="team-manager")
    shown = page(browser, last)
    assert (WHO in shown, "Judged by Ruth Oyelaran" in shown) == (False, True)


def test_what_a_different_of_two_others_keeps_apart_is_said(
    store: Store, browser: Any, three: tuple[Entry, Entry, Entry]
) -> None:
    """Somebody said first that the nurse's child is not the officer's. Both are then held to be the teacher's."""
    one, other, last = three
    judge(store, "different", one, other)
    judge(store, "same", one, last, by="front-door")
    assert NOTHING not in page(browser, last)
    judge(store, "same", other, last, by="front-door")
    assert child(other) not in cluster(child(last))
    shown = page(browser, last)
    assert f"{NOTHING}: {WHO} said on 5 October 2026" in shown
    judge(store, "same", one, other, by="front-door")
    assert child(other) in cluster(child(last))
    assert NOTHING not in page(browser, last)
