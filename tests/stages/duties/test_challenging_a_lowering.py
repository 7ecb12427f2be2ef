"""For ten working days a challenge sets aside a lowering that two agreed to: what it ended stands again meanwhile."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from onrecord.access.rules import Denied
from onrecord.case.queries.judged import judged_last
from onrecord.duties.actions import tick
from onrecord.duties.actions.challenge import answering_side
from onrecord.duties.facts import DisagreementContinued, DisagreementSettled, LoweringTookEffect
from onrecord.duties.models import Owed
from onrecord.duties.queries.challenge import disputed_now
from onrecord.intake.models import Report
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import CountsAgain, Entry, SetAside
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.models import Envelope
from onrecord.ledger.queries import entry, lines, threads
from onrecord.ledger.rules.effect import standing
from tests.partnership import START, Store
from tests.stages.duties.test_disagreeing import answer, raise_it
from tests.stages.duties.test_lowering import AGREED, GOOD, assessed, child_of

LAST_DAY = date(2026, 10, 19)
"""Ten working days after a Monday."""
INSIDE = datetime(2026, 10, 19, 22, 59, tzinfo=START.tzinfo)
"""The last minute of it, by London's clocks."""
AFTER = INSIDE + timedelta(minutes=1)


def ended(store: Store) -> tuple[Entry, Entry]:
    """A report, and the decision by which it was ended, signed by two."""
    made = store.report()
    said = store.decide(made, lowering=GOOD, outcome="no_further_action").entry
    store.say("signer", AGREED, said)
    return made, said


def open_rules(*opened: Entry) -> set[str]:
    """The rules by which something is owed because of these entries."""
    rows = Owed.objects.filter(opening__in=[made.id for made in opened], state="open")
    return set(rows.values_list("rule", flat=True))


def kinds_of(*made: type[Any]) -> list[str]:
    """Which of these kinds are on record, in order."""
    rows = Envelope.objects.filter(kind__in=[one.kind for one in made]).order_by("seq")
    return list(rows.values_list("kind", flat=True))


def outcome(made: Entry) -> str:
    return str(Report.objects.get(uid=made.id).outcome)


def level_now(made: Entry) -> str:
    """The level that counts."""
    counting = standing(threads([made.id]), now())
    last = judged_last(counting)
    return str(last.coded["level"]) if last else ""


def test_the_last_day_stands_on_what_says_that_it_counts(store: Store) -> None:
    ended(store)
    (said,) = Envelope.objects.filter(kind=LoweringTookEffect.kind)
    fact = entry(said.uid).saying.fact
    assert (said.coded["until"], fact.spoken("until")) == (LAST_DAY.isoformat(), "19 October 2026")


def test_what_one_person_said_again_does_not_stand_in_the_place_of_what_is_set_aside(store: Store) -> None:
    made = store.report()
    store.say("social-worker", assessed("serious"), made)
    lower = store.say("front-door", assessed("none"), made, lowering=GOOD).entry
    store.say("signer", AGREED, lower)
    again = store.say("front-door", assessed("none"), made)
    before = level_now(made), again.entry.proposed
    raise_it(store, lower, whose="worker", level="practitioner")
    assert (before, level_now(made)) == (("none", False), "serious")


@pytest.mark.parametrize("whose", ["reporter", "worker", "child", "trusted_adult"])
def test_within_it_what_was_ended_stands_again(whose: str, store: Store) -> None:
    made, said = ended(store)
    before = (outcome(made), "decide-next-step" in open_rules(made))
    with playing(INSIDE):
        raise_it(store, said, whose=whose)
        after = (outcome(made), "decide-next-step" in open_rules(made), kinds_of(SetAside, CountsAgain))
    assert before == ("no_further_action", False)
    assert after == ("", True, [SetAside.kind])
    assert set(rebuild(check=True).values()) == {True}


@pytest.mark.parametrize("whose", ["parent", "agency"])
def test_whom_the_rule_does_not_name_disagrees_without_setting_it_aside(whose: str, store: Store) -> None:
    made, said = ended(store)
    raise_it(store, said, whose=whose)
    assert (outcome(made), kinds_of(SetAside)) == ("no_further_action", [])


def test_after_it_a_disagreement_is_never_refused_and_sets_nothing_aside(store: Store) -> None:
    made, said = ended(store)
    with playing(AFTER):
        raised = raise_it(store, said)
        assert (outcome(made), kinds_of(SetAside)) == ("no_further_action", [])
        assert list(disputed_now([said.id], now()).values()) == [raised.recorded_at]
        assert open_rules(raised) == {"disagreement-stage-1-front-door"}


def test_a_disagreement_with_the_report_is_one_with_the_decision_on_it(store: Store) -> None:
    made, _ = ended(store)
    raise_it(store, made)
    assert (outcome(made), kinds_of(SetAside)) == ("", [SetAside.kind])


def test_what_is_only_proposed_is_not_set_aside_before_it_counts(store: Store) -> None:
    said = store.decide(store.report(), lowering=GOOD, outcome="no_further_action").entry
    raise_it(store, said)
    assert kinds_of(SetAside) == []


def test_what_stands_again_has_its_whole_time_again(store: Store) -> None:
    made, said = ended(store)
    with playing(INSIDE):
        raise_it(store, said)
        tick(INSIDE)
        row = Owed.objects.get(opening=made.id, rule="decide-next-step")
    assert (row.due_at, row.rung) == (datetime(2026, 10, 20, 23, tzinfo=START.tzinfo), 0)


def test_a_level_is_as_high_as_it_was_until_the_challenge_has_ended(store: Store) -> None:
    made = store.report()
    store.say("social-worker", assessed("serious"), made, **child_of(made))
    said = store.say("team-manager", assessed("moderate"), made, lowering=GOOD, **child_of(made)).entry
    store.say("signer", AGREED, said)
    found = [level_now(made)]
    raised = raise_it(store, said, by="social-worker", whose="worker", level="practitioner")
    found.append(level_now(made))
    store.say("social-worker", DisagreementSettled(), raised)
    found.append(level_now(made))
    assert found == ["moderate", "serious", "moderate"]
    assert kinds_of(SetAside, CountsAgain) == [SetAside.kind, CountsAgain.kind]


@pytest.mark.parametrize("named", ["the report", "the signature"])
def test_no_manager_of_who_lowered_it_settles_what_a_child_said(named: str, store: Store) -> None:
    made = store.report()
    said = store.decide(made, lowering=GOOD, outcome="no_further_action").entry
    signed = store.say("signer", AGREED, said).entry
    of = made if named == "the report" else signed
    level, sort = answering_side(lines([of.id])[0])
    raised = raise_it(store, of, by="social-worker", whose="child", level=level, decided_by=sort)
    with pytest.raises(Denied):
        store.say("team-manager", DisagreementSettled(), raised)
    assert kinds_of(SetAside, CountsAgain) == [SetAside.kind]
    store.say("social-worker", DisagreementSettled(), raised)
    assert kinds_of(SetAside, CountsAgain) == [SetAside.kind, CountsAgain.kind]


def test_once_it_is_settled_it_counts_as_it_did(store: Store) -> None:
    made, said = ended(store)
    first = Owed.objects.get(opening=made.id, rule="decide-next-step")
    with playing(INSIDE):
        raised = raise_it(store, said)
    with playing(AFTER + timedelta(days=30)):
        store.say("teacher", DisagreementSettled(), raised)
    again = Owed.objects.get(opening=made.id, rule="decide-next-step")
    assert outcome(made) == "no_further_action"
    assert (again.state, again.done_at, again.due_at) == (first.state, first.done_at, first.due_at)


def test_it_stays_set_aside_while_another_challenge_stands(store: Store) -> None:
    made, said = ended(store)
    one, other = raise_it(store, said), raise_it(store, said, whose="child")
    store.say("teacher", DisagreementSettled(), one)
    found = [outcome(made)]
    store.say("teacher", DisagreementSettled(), other)
    assert [*found, outcome(made)] == ["", "no_further_action"]


@pytest.mark.parametrize("agrees", ["agreed", "changed"])
def test_where_the_side_that_decided_agrees_it_never_counts_again(agrees: str, store: Store) -> None:
    made, said = ended(store)
    raised = raise_it(store, said)
    answer(store, "front-door", raised, "first", agrees)
    found = [outcome(made)]
    store.say("teacher", DisagreementSettled(), raised)
    assert ([*found, outcome(made)], kinds_of(CountsAgain)) == (["", ""], [])


@pytest.mark.parametrize(("view", "counts"), [("not_agreed", "no_further_action"), ("changed", "")])
def test_a_view_from_outside_ends_it(view: str, counts: str, store: Store) -> None:
    made, said = ended(store)
    last = raise_it(store, said)
    seats = {"front-door": "first", "team-manager": "second", "head": "third", "director": "fourth"}
    for by, stage in seats.items():
        last = answer(store, by, last, stage)
        assert outcome(made) == ""
    last = answer(store, "scrutineer", last, "outside", view)
    assert outcome(made) == counts


def test_taken_up_again_after_the_last_day_it_is_not_set_aside_again(store: Store) -> None:
    made, said = ended(store)
    last = raise_it(store, said)
    for by, stage in {
        "front-door": "first",
        "team-manager": "second",
        "head": "third",
        "director": "fourth",
    }.items():
        last = answer(store, by, last, stage)
    last = answer(store, "scrutineer", last, "outside", "not_agreed")
    with playing(AFTER):
        store.say("teacher", DisagreementContinued(why="The car came again."), entry(last.id))
        assert (outcome(made), kinds_of(SetAside)) == ("no_further_action", [SetAside.kind])
