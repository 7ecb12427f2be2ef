"""A dissent ends by the word of whoever dissented, in their own name, and by nobody's for them."""

from typing import Any

import pytest

from onrecord.access.actions import take_up_role
from onrecord.access.rules import Denied, is_named
from onrecord.case.facts import DissentAnswered, DissentRecorded, DissentSettled
from onrecord.duties.actions import Unanswerable
from onrecord.duties.models import Owed
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Corrected, Entry
from onrecord.ledger.queries import size
from tests.partnership import PEOPLE, START, Store
from tests.stages.duties.test_record_file import run  # noqa: F401  # the door of a file

DISSENT = {"who": "Sam Whitlock", "agency": "police", "speaks": "agency", "decision": "To end it.", "why": "Too soon."}
SETTLED = DissentSettled(words="They meet again.")


def dissent(store: Store, by: str = "chair", **changed: Any) -> Entry:
    """A dissent, written down by somebody."""
    decided = store.decide(store.report()).entry
    return store.say(by, DissentRecorded.heard(DISSENT | changed), decided).entry


def state(made: Entry) -> str:
    return Owed.objects.get(opening=made.id, rule="dissent-answered").state


@pytest.mark.parametrize("by", ["chair", "officer"])
def test_whoever_dissented_says_that_it_is_settled_whoever_wrote_it_down(store: Store, by: str) -> None:
    made = dissent(store, by)
    before = state(made)
    store.say("officer", SETTLED, made)
    assert (before, state(made)) == ("open", "met")
    assert set(rebuild(check=True).values()) == {True}


@pytest.mark.parametrize("user", sorted(set(PEOPLE) - {"officer"}))
@pytest.mark.parametrize("by", ["chair", "team-manager"])
def test_nobody_says_it_for_them(store: Store, by: str, user: str) -> None:
    made, before = dissent(store, by), size()
    with pytest.raises(Denied):
        store.say(user, SETTLED, made)
    assert (state(made), size()) == ("open", before)


def test_nor_somebody_of_another_agency_with_the_same_name(store: Store) -> None:
    take_up_role("namesake", "Sam Whitlock", "practitioner", "school", START.date(), START)
    with pytest.raises(Denied):
        store.say("namesake", SETTLED, dissent(store))


def test_where_somebody_spoke_for_a_child_it_is_theirs_who_spoke(store: Store) -> None:
    made = dissent(store, who="Sam Whitlock (with what she said)", speaks="child")
    store.say("officer", SETTLED, made)
    assert state(made) == "met"


def test_who_dissented_is_not_put_otherwise_by_one(store: Store) -> None:
    made = dissent(store)
    why = {"reason": "wrong_person", "words": "It was somebody else."}
    said = Corrected(field="who", value='"Jo Marlowe"', why="It was her.")
    assert store.say("chair", said, made, lowering=why).entry.proposed
    with pytest.raises(Denied):
        store.say("analyst", SETTLED, made)


def test_it_is_said_once_and_of_a_dissent(store: Store) -> None:
    made = dissent(store)
    store.say("officer", SETTLED, made)
    with pytest.raises(Unanswerable):
        store.say("officer", SETTLED, made)
    with pytest.raises(Unanswerable):
        store.say("officer", SETTLED, store.report())


def test_an_answer_is_as_good_as_before(store: Store) -> None:
    made = dissent(store)
    store.say("head", DissentAnswered(outcome="changed", answer="It is put right."), made)
    assert state(made) == "met"


def test_a_file_is_no_way_round(store: Store, run: Any) -> None:  # noqa: F811
    made, line = dissent(store), {"kind": "case.dissent_settled", "body": {}}
    answer = run(line | {"regarding": [str(made.id)]}, by="head")
    assert (answer.exit_code, state(made)) == (1, "open")


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("Sam Whitlock", True),
        ("sam  whitlock", True),
        ("Sam Whitlock, police", True),
        ("Sam Whitlock (police)", True),
        ("Sam Whitlock and Jo Marlowe", False),
        ("Sam Whitlocke", False),
        ("Jo Marlowe", False),
        ("", False),
    ],
)
def test_who_is_named(said: str, named: bool) -> None:
    assert (is_named("Sam Whitlock", said), is_named("", said)) == (named, False)
