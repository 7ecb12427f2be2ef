"""Safe contact is asked for once it is decided to act; to take it back, or to leave somebody out, needs two."""

import json
from typing import Any

import pytest

from onrecord.case.facts import SafeContactSet
from onrecord.duties.actions import NeedsReason
from onrecord.duties.queries import owed_for
from onrecord.ledger.facts import Corrected, Entry, mention_of
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import size
from tests.partnership import Store

SAID: dict[str, Any] = {"who": "Her aunt Ottilie", "how": "school", "judged": "child"}
TWO = ["Her uncle Barnaby", "Her brother Caspian"]
GOOD = {"reason": "new_information", "words": "Her brother was told by her."}


def contact(**changed: Any) -> SafeContactSet:
    return SafeContactSet.heard(SAID | changed)


def owed(opening: Entry) -> list[tuple[str, str]]:
    """The duties of safe contact that a decision opened, with their state."""
    views = owed_for([opening.id], now()).get(opening.id, [])
    return [(view.rule.id, view.state) for view in views if view.rule.id == "ask-safe-contact"]


def set_twice(store: Store, first: dict[str, Any], then: dict[str, Any], **more: Any) -> Any:
    """Set safe contact, then again, about the same child."""
    made = store.report()
    about = [mention_of(made.id, "child")]
    decided = store.decide(made).entry
    store.say("social-worker", contact(**first), decided, about=about)
    return store.say("social-worker", contact(**then), decided, about=about, **more)


@pytest.mark.parametrize("outcome", ["protect_now", "strategy_discussion", "assess", "send_to"])
def test_a_decision_to_act_is_owed_the_question_and_the_answer_meets_it(outcome: str, store: Store) -> None:
    decided = store.decide(store.report(), outcome=outcome).entry
    before = owed(decided)
    store.say("social-worker", contact(), decided)
    assert (before, owed(decided)) == ([("ask-safe-contact", "open")], [("ask-safe-contact", "met")])


def test_where_no_action_follows_nobody_is_asked(store: Store) -> None:
    lowering = {"reason": "duplicate", "words": "Sent twice."}
    decided = store.decide(store.report(), lowering=lowering, outcome="no_further_action").entry
    assert owed(decided) == []


@pytest.mark.parametrize(
    ("first", "then", "lowers"),
    [
        (TWO, TWO[:1], {"level"}),
        (TWO, [], {"level"}),
        (TWO[:1], TWO, set()),
        (TWO, TWO, set()),
        ([], [], set()),
    ],
)
def test_a_later_one_with_fewer_who_must_not_know_is_weighed(
    first: list[str], then: list[str], lowers: set[str], store: Store
) -> None:
    given = ({"must_not_know": first}, {"must_not_know": then})
    if not lowers:
        assert set_twice(store, *given).lowers == ()
        return
    with pytest.raises(NeedsReason, match="the number who must not know would be lower") as refusal:
        set_twice(store, *given)
    assert {made.what for made in refusal.value.lowers} == lowers


def test_with_a_reason_the_shorter_list_is_only_proposed(store: Store) -> None:
    said = set_twice(store, {"must_not_know": TWO}, {"must_not_know": TWO[:1]}, lowering=GOOD)
    assert said.entry.proposed is True


@pytest.mark.parametrize(
    ("field", "value"),
    [("who", "Her grandmother"), ("how", "phone"), ("when", "At night"), ("must_not_know", [*TWO, "Her aunt"])],
)
def test_a_correction_of_it_needs_a_reason(field: str, value: object, store: Store) -> None:
    decided = store.decide(store.report()).entry
    made = store.say("social-worker", contact(must_not_know=TWO), decided).entry
    before, fix = size(), Corrected(field=field, value=json.dumps(value), why="Written down wrong.")
    with pytest.raises(NeedsReason, match="warning"):
        store.say("social-worker", fix, made)
    assert size() == before


def test_what_no_child_said_can_be_put_right_by_one_and_a_childs_own_words_by_two(store: Store) -> None:
    decided = store.decide(store.report()).entry
    made = store.say("social-worker", contact(words="Not at hom.", trusts="Mrs Peel"), decided).entry
    fixes = [("trusts", "Mrs Peal", False), ("words", "Not at home.", True)]
    for field, value, waits in fixes:
        fix = Corrected(field=field, value=json.dumps(value), why="A letter was missing.")
        assert store.say("social-worker", fix, made).entry.proposed is waits


def test_the_number_is_coded_and_the_names_are_not(store: Store) -> None:
    assert contact(must_not_know=TWO).coded() == {"number_who_must_not_know": 2}
