"""A challenge holds whatever of the child's case it names, whenever it was raised, and whoever answers it."""

from datetime import timedelta

import pytest

from onrecord.access.rules import Denied
from onrecord.duties.actions import Unanswerable
from onrecord.duties.facts import DisagreementContinued, DisagreementSettled, LoweringTookEffect
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import CountsAgain, Entry, SetAside
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.models import Envelope
from onrecord.mailbox.actions.box import disagree, settle
from tests.partnership import START, Store
from tests.stages.duties.test_challenging_a_lowering import ended, kinds_of, level_now, outcome
from tests.stages.duties.test_disagreeing import answer, raise_it
from tests.stages.duties.test_lowering import AGREED, GOOD, assessed, child_of, corrected
from tests.stages.mailbox.ground import told_by

WORKER = {"by": "social-worker", "whose": "worker", "level": "practitioner"}


def lowered_level(store: Store) -> dict[str, Entry]:
    """A decision, a level under it, and a lower one that two agreed to: every entry of the case, by name."""
    report = store.report()
    decision = store.decide(report).entry
    serious = store.say("social-worker", assessed("serious"), decision, **child_of(report)).entry
    said = store.say("team-manager", assessed("moderate"), decision, lowering=GOOD, **child_of(report)).entry
    signed = store.say("signer", AGREED, said).entry
    return {"report": report, "decision": decision, "serious": serious, "lowering": said, "signed": signed}


@pytest.mark.parametrize("named", ["report", "decision", "serious", "lowering"])
def test_whatever_the_lowering_answers_or_rests_on_may_be_named(named: str, store: Store) -> None:
    case = lowered_level(store)
    door = "front_door" if named in ("report", "decision") else "practitioner"
    raise_it(store, case[named], **(WORKER | {"level": door}))
    assert (kinds_of(SetAside), level_now(case["report"])) == ([SetAside.kind], "serious")
    assert set(rebuild(check=True).values()) == {True}


def test_the_second_signature_may_be_named(store: Store) -> None:
    case = lowered_level(store)
    raise_it(store, case["signed"], **(WORKER | {"decided_by": "childrens_social_care"}))
    assert (kinds_of(SetAside), level_now(case["report"])) == ([SetAside.kind], "serious")


def test_a_level_said_of_another_report_of_the_same_child_may_be_named(store: Store) -> None:
    case, other = lowered_level(store), store.report(by="nurse")
    elsewhere = store.say("officer", assessed("serious"), other, **child_of(case["report"])).entry
    raise_it(store, elsewhere, **(WORKER | {"by": "officer", "decided_by": "police"}))
    assert kinds_of(SetAside) == [SetAside.kind]


def test_a_correction_of_the_decision_is_held_by_a_challenge_that_names_the_report(store: Store) -> None:
    report = store.report()
    decision = store.decide(report).entry
    fix = store.say("front-door", corrected("outcome", "no_further_action"), decision, lowering=GOOD).entry
    store.say("signer", AGREED, fix)
    before = outcome(report)
    raise_it(store, report)
    assert (before, outcome(report), kinds_of(SetAside)) == ("no_further_action", "assess", [SetAside.kind])


def test_what_has_to_do_with_another_child_holds_nothing(store: Store) -> None:
    made, _ = ended(store)
    other = store.report(by="nurse", child={"given_name": "Orla", "family_name": "Finch", "born": "2011-02-03"})
    raise_it(store, other, "nurse")
    assert (outcome(made), kinds_of(SetAside)) == ("no_further_action", [])


def test_a_challenge_to_one_of_two_lowerings_leaves_the_other(store: Store) -> None:
    case = lowered_level(store)
    said = store.say("front-door", corrected("outcome", "no_further_action"), case["decision"], lowering=GOOD).entry
    store.say("signer", AGREED, said)
    raise_it(store, said, **WORKER)
    rows = Envelope.objects.filter(kind=SetAside.kind)
    assert [tuple(row.regarding) for row in rows] == [(said.id,)]
    assert level_now(case["report"]) == "moderate"


@pytest.mark.parametrize("named", ["report", "proposal"])
def test_raised_before_the_second_signature_it_counts_from_that_on(named: str, store: Store) -> None:
    made = store.report()
    said = store.decide(made, lowering=GOOD, outcome="no_further_action").entry
    raised = raise_it(store, made if named == "report" else said)
    before = kinds_of(LoweringTookEffect, SetAside)
    store.say("signer", AGREED, said)
    assert (before, outcome(made), kinds_of(LoweringTookEffect, SetAside)) == (
        [],
        "",
        [LoweringTookEffect.kind, SetAside.kind],
    )
    store.say("teacher", DisagreementSettled(), raised)
    assert (outcome(made), kinds_of(CountsAgain)) == ("no_further_action", [CountsAgain.kind])
    assert set(rebuild(check=True).values()) == {True}


def test_ended_before_the_second_signature_it_holds_nothing(store: Store) -> None:
    made = store.report()
    said = store.decide(made, lowering=GOOD, outcome="no_further_action").entry
    store.say("teacher", DisagreementSettled(), raise_it(store, said))
    store.say("signer", AGREED, said)
    assert (outcome(made), kinds_of(SetAside)) == ("no_further_action", [])


@pytest.mark.parametrize("days", [0, 60])
def test_proposed_anew_while_it_is_challenged_it_waits_as_well(days: int, store: Store) -> None:
    made, said = ended(store)
    raised = raise_it(store, said)
    with playing(START + timedelta(days=days)):
        again = store.decide(made, lowering=GOOD, outcome="no_further_action").entry
        store.say("signer", AGREED, again)
        found = [outcome(made)]
        store.say("teacher", DisagreementSettled(), raised)
    assert [*found, outcome(made)] == ["", "no_further_action"]


def test_by_another_way_it_waits_as_well(store: Store) -> None:
    case = lowered_level(store)
    raised = raise_it(store, case["lowering"], **WORKER)
    fix = store.say("social-worker", corrected("level", "none"), case["serious"], lowering=GOOD).entry
    store.say("signer", AGREED, fix)
    found = level_now(case["report"])
    store.say("social-worker", DisagreementSettled(), raised)
    assert (found, level_now(case["report"])) == ("serious", "moderate")


def test_once_the_side_that_decided_agreed_it_may_be_proposed_anew(store: Store) -> None:
    made, said = ended(store)
    answer(store, "front-door", raise_it(store, said), "first", "agreed")
    again = store.decide(made, lowering=GOOD, outcome="no_further_action").entry
    store.say("signer", AGREED, again)
    assert outcome(made) == "no_further_action"


@pytest.mark.parametrize(("said_by", "whose"), [("child", "child"), ("public", "reporter")])
def test_from_a_mailbox_it_sets_aside_and_lets_count_again(said_by: str, whose: str, store: Store) -> None:
    report = told_by(said_by)
    decision = store.decide(report).entry
    said = store.say("team-manager", corrected("outcome", "no_further_action"), decision, lowering=GOOD).entry
    store.say("signer", AGREED, said)
    found = [outcome(report)]
    made = disagree(report, "Somebody talks to me.", "Nobody asked me.", "1", now())
    found.append(outcome(report))
    settle(report, now())
    assert made.saying.fact.coded()["whose"] == whose
    assert [*found, outcome(report)] == ["no_further_action", "assess", "no_further_action"]


def agreed(store: Store) -> tuple[Entry, Entry, Entry]:
    """An ended report, a challenge, and the word of the side that decided that they agree."""
    made, said = ended(store)
    raised = raise_it(store, said)
    return made, raised, answer(store, "front-door", raised, "first", "agreed")


@pytest.mark.parametrize(("stage", "of"), [("second", "answer"), ("first", "challenge")])
def test_an_agreement_is_not_answered_away(stage: str, of: str, store: Store) -> None:
    made, raised, answered = agreed(store)
    with pytest.raises((Unanswerable, Refused)):
        answer(store, "team-manager", answered if of == "answer" else raised, stage)
    assert outcome(made) == ""


@pytest.mark.parametrize(("field", "value"), [("outcome", "not_agreed"), ("stage", "outside")])
def test_an_agreement_is_not_corrected_away(field: str, value: str, store: Store) -> None:
    made, _, answered = agreed(store)
    with pytest.raises(Refused, match="not put otherwise"):
        store.say("front-door", corrected(field, value), answered)
    store.say("front-door", corrected("words", "We spoke on Wednesday."), answered)
    assert outcome(made) == ""


def test_whose_disagreement_it_is_stays_as_it_was_raised(store: Store) -> None:
    _, said = ended(store)
    raised = raise_it(store, said)
    with pytest.raises(Refused, match="not put otherwise"):
        store.say("teacher", corrected("whose", "parent"), raised)


def test_whoever_disagrees_takes_it_up_again_and_is_answered_outside(store: Store) -> None:
    made, raised, answered = agreed(store)
    again = store.say("teacher", DisagreementContinued(why="Nothing was changed."), raised, answered).entry
    with pytest.raises(Denied):
        answer(store, "team-manager", again, "outside")
    answer(store, "scrutineer", again, "outside")
    assert outcome(made) == "no_further_action"
