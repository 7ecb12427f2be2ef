"""What arises only after somebody answered is met by whoever owes it, and by nobody who was never asked."""

import json
from datetime import timedelta

import pytest

from onrecord.access.rules import Denied
from onrecord.case.facts import StrategyDiscussionHeld
from onrecord.duties.models import Owed
from onrecord.duties.queries import owed_for
from onrecord.duties.queries.since import unmet
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Corrected, Entry, Seconded
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.queries import families
from tests.partnership import START, Store

GOOD = {"reason": "new_information", "words": "The police looked into it."}
TALKED = StrategyDiscussionHeld(
    present=("childrens_social_care", "police", "health"), outcome="enquiry_alone", why="All hold a part of it."
)
HOUR = timedelta(hours=1)
RULE = "strategy-discussion"


def state(decided: Entry) -> str:
    return str(Owed.objects.get(opening=decided.id, rule=RULE).state)


def why(decided: Entry) -> list[str]:
    (view,) = [view for view in owed_for([decided.id], now())[decided.id] if view.rule.id == RULE]
    return [one.why for one in unmet(view, families([view.opening]))]


def signed(store: Store, *by: str) -> Entry:
    """A decision that waits for a second person; these hold the discussion meanwhile; then somebody signs."""
    said = store.decide(store.report(), GOOD, concern="missing", outcome="strategy_discussion").entry
    for number, who in enumerate((*by, ""), start=1):
        with playing(START + number * HOUR):
            store.say(who or "signer", TALKED if who else Seconded(why="I read both."), said)
    return said


def put_right(store: Store, *by: str) -> Entry:
    """A decision for something else; these hold a discussion; then it is put right, so that one is owed."""
    decided = store.decide(store.report(concern="missing"), concern="missing").entry
    for number, who in enumerate((*by, ""), start=1):
        fix = Corrected(field="outcome", value=json.dumps("strategy_discussion"), why="So it was decided.")
        with playing(START + number * HOUR):
            store.say(who or "front-door", TALKED if who else fix, decided)
    return decided


WAYS = {"two agreed": signed, "it was put right": put_right}


@pytest.mark.parametrize("by", ["nurse", "officer", "teacher"])
@pytest.mark.parametrize("way", WAYS)
def test_what_others_recorded_before_does_not_meet_it(store: Store, way: str, by: str) -> None:
    decided = WAYS[way](store, by)
    with playing(START + 5 * HOUR):
        assert (state(decided), why(decided)) == (
            "open",
            ["it was recorded before this was owed, by an agency that does not owe it"],
        )
        with pytest.raises(Denied):
            store.say(by, TALKED, decided)
        store.say("team-manager", TALKED, decided)
        assert (state(decided), why(decided)) == ("met", [])
        assert set(rebuild(check=True).values()) == {True}
        assert state(decided) == "met"


@pytest.mark.parametrize("by", [("team-manager",), ("nurse", "social-worker")])
@pytest.mark.parametrize("way", WAYS)
def test_what_those_who_owe_it_recorded_before_does(store: Store, way: str, by: tuple[str, ...]) -> None:
    assert state(WAYS[way](store, *by)) == "met"


def test_a_later_correction_of_something_else_takes_no_answer_back(store: Store) -> None:
    decided = store.decide(store.report(), outcome="strategy_discussion").entry
    with playing(START + HOUR):
        store.say("team-manager", TALKED, decided)
    with playing(START + 2 * HOUR):
        store.say("front-door", Corrected(field="crime_alleged", value='"yes"', why="It was said."), decided)
        assert state(decided) == "met"
