"""What the police hold is on the file as a pointer, without its content, until they let it go."""

from typing import Any

import pytest

from onrecord.access.actions import take_up_role
from onrecord.access.rules import Denied
from onrecord.case.facts import PoliceMaterialHeld, PoliceMaterialReviewed
from onrecord.ledger.facts import Entry, mention_of
from onrecord.ledger.gateway.clock import playing
from tests.pages.browsing import hours, signed_in, text
from tests.partnership import START, Store

HELD = {
    "reference": "NP/88/26",
    "handling": "c",
    "conditions": "Ask the analyst before you speak of the marmalade-coloured car.",
    "review_on": "2026-11-02",
}


def held(store: Store) -> tuple[Entry, str]:
    """The police say that they hold something; the address of the child's file."""
    mention = mention_of(store.report().id, "child")
    made = store.say("officer", PoliceMaterialHeld.heard(HELD), about=[mention]).entry
    return made, f"/children/{mention}"


def page(user: str, url: str, after: int = 1) -> str:
    """What somebody reads, so many hours on."""
    with playing(hours(after)):
        return text(signed_in(user).get(url))


def test_those_who_work_with_the_child_see_that_it_is_there_and_whom_to_ask(store: Any) -> None:
    _, url = held(store)
    seen = page("social-worker", url)
    assert (
        "Police hold material: reference NP/88/26, handling code C: it may be shared under conditions."
        in seen.replace("<strong>", "").replace("</strong>", "")
    )
    assert "Ask the analyst before you speak of the marmalade-coloured car." in seen
    assert "Review by 2 November 2026" in seen
    assert "Review was due by 2 November 2026" in page("social-worker", url, 24 * 40)


def test_whoever_watches_sees_how_many_there_are_and_nothing_of_them(store: Any) -> None:
    held(store)
    seen = page("scrutineer", "/watch")
    assert "The police hold material about children here: 1 pointer." in seen
    assert "NP/88/26" not in seen
    assert "marmalade" not in seen


def test_released_it_is_gone_from_the_head_of_the_file_and_stays_in_the_chronology(store: Any) -> None:
    made, url = held(store)
    store.say("officer", PoliceMaterialReviewed(outcome="held", review_on="2027-01-11"), made)
    assert "Review by 11 January 2027" in page("social-worker", url)
    take_up_role("sergeant", "Rosa Tilley", "practitioner", "police", START.date(), START)
    store.say("sergeant", PoliceMaterialReviewed(outcome="released"), made)
    seen = page("social-worker", url)
    assert "Police hold material:</strong>" not in seen
    once_and_in_its_copy = 2
    assert seen.count("it was released to those who work with the child") == once_and_in_its_copy
    assert "The police hold material about children here" not in page("scrutineer", "/watch")


@pytest.mark.parametrize("outcome", ["ended", "released"])
def test_what_ends_looking_again_is_said_by_another_than_who_recorded_it(store: Any, outcome: str) -> None:
    made, _ = held(store)
    ended = PoliceMaterialReviewed(outcome=outcome)
    with pytest.raises(Denied, match="Somebody else says so"):
        store.say("officer", ended, made)
    take_up_role("sergeant", "Rosa Tilley", "practitioner", "police", START.date(), START)
    assert not store.say("sergeant", ended, made).entry.proposed
