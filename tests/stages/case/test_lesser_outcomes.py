"""No enquiry and no plan end nothing until another agency that took part has said that it is so."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from onrecord.access.actions import join_agency, take_up_role
from onrecord.access.rules import Denied
from onrecord.case.facts import AttendanceChecked, ConferenceHeld, CoreGroupMet, DissentAnswered, StrategyDiscussionHeld
from onrecord.case.queries.met import to_check
from onrecord.duties.actions import Unanswerable
from onrecord.duties.actions.meetings import WAITED_FOR
from onrecord.duties.queries import duty, owed_for
from onrecord.duties.queries.since import unmet
from onrecord.duties.rules.unmet import UNVOUCHED
from onrecord.intake.facts import DecisionMade
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Corrected, Entry, mention_of
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.queries import families
from onrecord.notices.models import Notice
from tests.partnership import DECISION, START, Store
from tests.stages.case.test_minutes_of_steps import said

RIGHT = AttendanceChecked(right="yes")
WRONG = AttendanceChecked(right="no", wrong="Nobody of ours was there.")
LATER = START + timedelta(days=2)


@pytest.fixture
def decided(store: Store) -> Entry:
    """A decision that is owed a strategy discussion."""
    return store.decide(store.report(), outcome="strategy_discussion").entry


def talked(store: Store, decided: Entry, **more: Any) -> Entry:
    return store.say("team-manager", said(StrategyDiscussionHeld, **more), decided).entry


def state(opening: Entry, rule: str = "strategy-discussion") -> str:
    (view,) = [one for one in owed_for([opening.id], now())[opening.id] if one.rule.id == rule]
    return view.state


def test_no_enquiry_ends_nothing_until_another_agency_says_so(store: Store, decided: Entry) -> None:
    held = talked(store, decided)
    assert state(decided) == "open"
    store.say("officer", RIGHT, held)
    assert state(decided) == "met"
    assert set(rebuild(check=True).values()) == {True}


def test_it_is_late_meanwhile_and_met_in_time_once_it_was_said(store: Store, decided: Entry) -> None:
    held = talked(store, decided)
    with playing(LATER):
        assert state(decided) == "late"
        store.say("nurse", RIGHT, held)
        assert state(decided) == "met"


@pytest.mark.parametrize("outcome", ["enquiry_together", "enquiry_alone"])
def test_an_enquiry_is_begun_by_one(outcome: str, store: Store, decided: Entry) -> None:
    talked(store, decided, outcome=outcome)
    assert state(decided) == "met"


@pytest.mark.parametrize("by", ["team-manager", "social-worker", "head"])
def test_the_agency_that_wrote_it_down_does_not_say_that_it_is_right(by: str, store: Store, decided: Entry) -> None:
    held = talked(store, decided)
    with pytest.raises(Denied, match="Your agency wrote this down"):
        store.say(by, RIGHT, held)
    no = store.say(by, WRONG, held).entry
    with pytest.raises(Denied, match="Your agency wrote this down"):
        store.say(by, Corrected(field="right", value='"yes"', why="It was."), no)
    assert state(decided) == "open"


def test_nor_does_one_that_is_not_named(store: Store, decided: Entry) -> None:
    with pytest.raises(Denied, match="is said by"):
        store.say("teacher", RIGHT, talked(store, decided))


@pytest.mark.parametrize("answer", [RIGHT, WRONG])
def test_of_several_schools_only_that_which_works_with_the_child_says_so(
    answer: AttendanceChecked, store: Store, decided: Entry
) -> None:
    """The page is shown to no other; nor does another door take its word."""
    join_agency("dale", "Dale School", "school", START)
    take_up_role("friend", "Fay Rend", "practitioner", "dale", START.date(), START, email="fay@dale.example")
    held = talked(store, decided, present=("childrens_social_care", "police", "health", "school"))
    with pytest.raises(Denied, match="is said by"):
        store.say("friend", answer, held)
    assert state(decided) == "open"
    store.say("teacher", RIGHT, held)
    assert state(decided) == "met"


def test_one_that_was_not_there_opens_again_what_another_had_confirmed(store: Store, decided: Entry) -> None:
    held = talked(store, decided)
    store.say("officer", RIGHT, held)
    no = store.say("nurse", WRONG, held).entry
    assert state(decided) == "open"
    assert state(no, "who-came-answered") == "open"
    store.say("head", DissentAnswered(outcome="changed", answer="We put it right."), no)
    assert state(decided) == "open"
    store.say("nurse", RIGHT, held)
    assert state(decided) == "met"


def test_what_is_put_right_in_it_is_to_be_said_again(store: Store, decided: Entry) -> None:
    held = talked(store, decided)
    store.say("officer", RIGHT, held)
    more = '["childrens_social_care", "police", "health", "school"]'
    store.say("team-manager", Corrected(field="present", value=more, why="They came."), held)
    assert state(decided) == "open"
    store.say("officer", RIGHT, held)
    assert state(decided) == "met"


def test_the_duty_says_what_it_waits_for(store: Store, decided: Entry) -> None:
    held = talked(store, decided)
    (view,) = [one for one in owed_for([decided.id], now())[decided.id] if one.rule.id == "strategy-discussion"]
    assert [(one.entry, one.why) for one in unmet(view, families([decided.id]))] == [(held.id, UNVOUCHED)]
    store.say("officer", RIGHT, held)
    met = duty(store.viewer("team-manager"), view.key, now())
    assert (met is not None, unmet(met, families([decided.id])) if met else None) == (True, [])


@pytest.mark.parametrize(("outcome", "at_once"), [("no_enquiry", True), ("enquiry_together", False)])
def test_those_who_are_waited_for_hear_of_it_at_once(outcome: str, at_once: bool, store: Store, decided: Entry) -> None:
    talked(store, decided, outcome=outcome)
    told = Notice.objects.filter(item__news__startswith="Strategy discussion: your agency")
    assert {(one.recipient, one.single) for one in told} == {("nurse", at_once), ("officer", at_once)}
    assert {one.item["news"].endswith(WAITED_FOR) for one in told} == {at_once}


def test_no_plan_ends_nothing_until_another_agency_says_so(store: Store, decided: Entry) -> None:
    enquiry = talked(store, decided, outcome="enquiry_together")
    held = store.say("team-manager", said(ConferenceHeld), enquiry).entry
    assert state(enquiry, "initial-conference") == "open"
    store.say("nurse", RIGHT, held)
    assert state(enquiry, "initial-conference") == "met"


def test_a_plan_is_made_by_one(store: Store, decided: Entry) -> None:
    enquiry = talked(store, decided, outcome="enquiry_together")
    store.say("team-manager", said(ConferenceHeld, outcome="plan"), enquiry)
    assert state(enquiry, "initial-conference") == "met"


def test_who_was_at_a_core_group_is_said_too(store: Store, decided: Entry) -> None:
    about = [mention_of(decided.saying.regarding[0], "child")]
    met = store.say("team-manager", said(CoreGroupMet), decided, about=about).entry
    assert store.say("officer", WRONG, met).entry.saying.regarding == (met.id,)


def test_of_what_is_sealed_somebody_outside_says_so_and_no_agency_hears_of_it(store: Store) -> None:
    made = store.report(words="Asha Verne, who takes the calls, told her to be quiet.")
    with playing(START):
        decision = DecisionMade.heard(DECISION | {"outcome": "strategy_discussion"})
        sealed = store.say("designated", decision, made).entry
        held = store.say("designated", said(StrategyDiscussionHeld), sealed).entry
    told = [(one.recipient, one.item["news"]) for one in Notice.objects.all()]
    assert [user for user, news in told if f"/meetings/steps/{held.id}" in news] == ["scrutineer"]
    assert not [user for user, news in told if "your agency is said" in news]
    with pytest.raises((Denied, Unanswerable)):
        store.say("officer", RIGHT, held)
    assert state(sealed) == "open"
    store.say("scrutineer", RIGHT, held)
    assert state(sealed) == "met"
    assert set(rebuild(check=True).values()) == {True}


def test_however_much_is_sealed_it_is_found_in_as_many_questions(store: Store) -> None:
    counts = []
    for _ in range(3):
        made = store.report(words="Tomas Hale waited outside the school gate.")
        decision = DecisionMade.heard(DECISION | {"outcome": "strategy_discussion"})
        store.say("designated", said(StrategyDiscussionHeld), store.say("designated", decision, made).entry)
        with CaptureQueriesContext(connections["default"]) as asked:
            found = to_check(store.viewer("scrutineer"), now())
        counts.append((len(found), len(asked)))
    assert [number for number, _ in counts] == [1, 2, 3]
    assert len({questions for _, questions in counts}) == 1


def test_of_what_is_not_nobody_outside_does(store: Store, decided: Entry) -> None:
    with pytest.raises(Denied, match="is said by"):
        store.say("scrutineer", RIGHT, talked(store, decided))
