"""Nobody takes from a child what is owed for the worry that was reported by naming another one."""

import json
from typing import Any

import pytest

from onrecord.duties.actions import NeedsReason, Unanswerable
from onrecord.duties.models import Owed
from onrecord.intake.facts import CONCERNS, DecisionMade
from onrecord.ledger.facts import Corrected, Declined, Entry, Seconded
from onrecord.ledger.queries import size
from tests.partnership import Store

EXPLOITATION = ("sexual_exploitation", "criminal_exploitation")
OTHERS = sorted(set(CONCERNS.words) - set(EXPLOITATION))
GOOD = {"reason": "new_information", "words": "The car is her uncle's, and he was spoken to."}
FOR_EXPLOITATION = {"exploitation-assessment", "lead-manager", "offer-support"}


def owed(made: Entry) -> set[str]:
    return set(Owed.objects.filter(opening=made.id, rule__in=FOR_EXPLOITATION).values_list("rule", flat=True))


def fix(value: str) -> Corrected:
    return Corrected(field="concern", value=json.dumps(value), why="It was ticked by mistake.")


@pytest.mark.parametrize("outcome", ["protect_now", "strategy_discussion", "assess", "send_to"])
@pytest.mark.parametrize("concern", OTHERS)
@pytest.mark.parametrize("reported", EXPLOITATION)
def test_less_is_never_owed_by_one_word(store: Store, reported: str, concern: str, outcome: str) -> None:
    made = store.report(concern=reported)
    before = size()
    with pytest.raises(NeedsReason, match=r"less would be owed than for “(Sexual|Criminal) exploitation"):
        store.decide(made, concern=concern, outcome=outcome)
    assert size() == before
    assert Owed.objects.get(rule="decide-next-step", opening=made.id).state == "open"


@pytest.mark.parametrize("concern", EXPLOITATION)
@pytest.mark.parametrize("reported", list(CONCERNS.words))
def test_more_is_one_word(store: Store, reported: str, concern: str) -> None:
    said = store.decide(store.report(concern=reported), concern=concern)
    assert (said.lowers, owed(said.entry)) == ((), FOR_EXPLOITATION)


@pytest.mark.parametrize("concern", OTHERS)
@pytest.mark.parametrize("reported", OTHERS)
def test_as_much_by_another_name_is_one_word(store: Store, reported: str, concern: str) -> None:
    assert store.decide(store.report(concern=reported), concern=concern).lowers == ()


def test_two_may_and_until_then_the_report_waits(store: Store) -> None:
    made = store.report()
    said = store.decide(made, GOOD, concern="missing")
    state = Owed.objects.get(rule="decide-next-step", opening=made.id)
    assert (said.entry.proposed, [one.what for one in said.lowers], state.state) == (True, ["restated"], "open")
    store.say("signer", Seconded(why="I read both."), said.entry)
    state.refresh_from_db()
    assert (state.state, owed(said.entry)) == ("met", set())


def test_what_is_not_agreed_to_decides_nothing(store: Store) -> None:
    made = store.report()
    said = store.decide(made, GOOD, concern="missing").entry
    store.say("signer", Declined(answer="disagree", why="It is what was reported."), said)
    assert Owed.objects.get(rule="decide-next-step", opening=made.id).state == "open"
    assert owed(store.decide(made).entry) == FOR_EXPLOITATION


def test_of_several_reports_each_worry_holds(store: Store) -> None:
    both = store.report(concern="missing"), store.report(by="nurse", concern="criminal_exploitation")
    said: dict[str, Any] = {"outcome": "assess", "why": "Seen.", "crime_alleged": "no", "tell_reporter": "We look."}
    with pytest.raises(NeedsReason, match="Criminal exploitation"):
        store.say("front-door", DecisionMade.heard(said | {"concern": "missing"}), *both)
    assert store.say("front-door", DecisionMade.heard(said | {"concern": "criminal_exploitation"}), *both).lowers == ()


@pytest.mark.parametrize("by", ["teacher", "front-door"])
@pytest.mark.parametrize("value", ["missing", "not_sure"])
def test_nor_is_the_report_put_right_first(store: Store, value: str, by: str) -> None:
    with pytest.raises(NeedsReason, match="less would be owed than for “Sexual exploitation”"):
        store.say(by, fix(value), store.report())


@pytest.mark.parametrize(
    ("reported", "value"),
    [("criminal_exploitation", "sexual_exploitation"), ("missing", "not_sure"), ("not_sure", "sexual_exploitation")],
)
def test_what_brings_as_much_or_more_is_put_right_at_once(store: Store, reported: str, value: str) -> None:
    assert store.say("teacher", fix(value), store.report(concern=reported)).lowers == ()


def test_once_two_put_the_report_right_its_new_word_holds(store: Store) -> None:
    made = store.report()
    said = store.say("teacher", fix("missing"), made, lowering=GOOD).entry
    with pytest.raises(NeedsReason):
        store.decide(made, concern="missing")
    store.say("signer", Seconded(why="I read both."), said)
    assert store.decide(made, concern="missing").lowers == ()


def test_under_13_only_a_conference_names_another_worry(store: Store) -> None:
    made = store.report(child={"given_name": "Wren", "born": "2016-03-04"})
    with pytest.raises(Unanswerable, match="child protection conference"):
        store.decide(made, GOOD, concern="missing")
