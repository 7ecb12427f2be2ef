"""What a prosecutor, a court or the crime registrar decided is recorded as made, lowers nothing, and is answered."""

from datetime import timedelta
from typing import Any

import pytest

from onrecord.access.rules import Denied
from onrecord.case.facts import DecidedElsewhere, ElsewhereAnswered
from onrecord.duties.actions import Unanswerable
from onrecord.duties.queries import owed_about, owed_for
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Corrected, Entry
from onrecord.ledger.gateway.clock import now, playing
from tests.partnership import START, Store

DECIDED: dict[str, Any] = {
    "by": "prosecutor",
    "what": "no_prosecution",
    "words": "Too little evidence, they say. Their number is 26/118.",
}
ANSWER: dict[str, Any] = {"why": "Two witnesses were never asked. Her aunt drives her to school.", "told": "told"}


@pytest.fixture
def made(store: Store) -> Entry:
    """A report that was decided."""
    reported = store.report()
    store.decide(reported)
    return reported


def decided(store: Store, made: Entry, by: str = "officer", **said: Any) -> Entry:
    return store.say(by, DecidedElsewhere.heard(DECIDED | said), about=made.mentions).entry


def state(entry: Entry) -> list[str]:
    return [view.state for view in owed_for([entry.id], now()).get(entry.id, ()) if view.rule.id == "decided-elsewhere"]


def test_it_lowers_nothing_and_is_owed_an_answer(store: Store, made: Entry) -> None:
    before = {view.key for view in owed_about(made.mentions, now()) if view.waits}
    said = decided(store, made)
    after = {view.key for view in owed_about(made.mentions, now()) if view.waits}
    assert (before < after, state(said)) == (True, ["open"])
    store.say("team-manager", ElsewhereAnswered.heard(ANSWER | {"outcome": "challenged"}), said)
    assert state(said) == ["met", "open"]
    assert set(rebuild(check=True).values()) == {True}


@pytest.mark.parametrize("what", ["charged", "convicted", "order"])
def test_of_what_protects_the_child_is_told_too(what: str, store: Store, made: Entry) -> None:
    said = decided(store, made, by="team-manager", what=what)
    stands = {"outcome": "stands"}
    with pytest.raises(Denied, match="Somebody else says so"):
        store.say("team-manager", ElsewhereAnswered.heard(ANSWER | stands), said)
    store.say("head", ElsewhereAnswered.heard(ANSWER | stands | {"told": "later"}), said)
    assert state(said) == ["met", "open"]
    with playing(START + timedelta(days=20)):
        store.say("head", ElsewhereAnswered.heard(ANSWER | stands), said)
        assert state(said) == ["met", "met"]


def test_that_it_is_not_challenged_is_for_somebody_else_to_say(store: Store, made: Entry) -> None:
    said = decided(store, made, by="team-manager")
    stands = ElsewhereAnswered.heard(ANSWER | {"outcome": "stands"})
    with pytest.raises(Denied, match="Somebody else says so"):
        store.say("team-manager", stands, said)
    with pytest.raises((Denied, Unanswerable)):
        store.say("officer", stands, said)
    store.say("head", stands, said)
    assert state(said) == ["met"]


@pytest.mark.parametrize(
    ("outcome", "told", "owed"),
    [
        ("stands", "told", ["met"]),
        ("changed", "told", ["met"]),
        ("stands", "unsafe", ["met", "open"]),
        ("changed", "later", ["met", "open"]),
        ("challenged", "told", ["met", "open"]),
        ("review", "told", ["met", "open"]),
    ],
)
def test_it_is_asked_again_until_the_child_was_told_and_no_review_is_waited_for(
    outcome: str, told: str, owed: list[str], store: Store, made: Entry
) -> None:
    said = decided(store, made)
    store.say("team-manager", ElsewhereAnswered.heard(ANSWER | {"outcome": outcome, "told": told}), said)
    assert state(said) == owed


def test_whoever_brought_it_in_challenges_it_and_does_not_end_it(store: Store, made: Entry) -> None:
    said = decided(store, made, by="team-manager")
    store.say("team-manager", ElsewhereAnswered.heard(ANSWER | {"outcome": "challenged"}), said)
    ends = ElsewhereAnswered.heard(ANSWER | {"outcome": "changed"})
    with pytest.raises(Denied, match="Somebody else says so"):
        store.say("team-manager", ends, said)
    with playing(START + timedelta(days=20)):
        store.say("head", ends, said)
        assert state(said) == ["met", "met"]


def test_by_another_word_for_it_nothing_less_is_owed(store: Store, made: Entry) -> None:
    said = decided(store, made)
    other = Corrected(field="what", value='"charged"', why="I chose the wrong line.")
    store.say("officer", other, said)
    assert state(said) == ["open"]
