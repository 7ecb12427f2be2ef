"""Every report is owed answers. Only an answer that names it, and counts, is one."""

from datetime import timedelta

import pytest

from onrecord.duties.actions import Unanswerable
from onrecord.duties.actions.opening import open_at_the_door
from onrecord.duties.facts import CannotInTime, DutyReassigned
from onrecord.duties.models import Owed
from onrecord.duties.queries import counts, mine, owed_for
from onrecord.intake.actions import known_before
from onrecord.intake.facts import ReferrerTold, ReportAcknowledged
from onrecord.ledger.facts import Entry
from onrecord.ledger.gateway.clock import playing
from onrecord.linkage.facts import KnownBeforeAnswered
from tests.partnership import START, Store

OWED = ["acknowledge-referral", "already-known", "decide-next-step", "tell-the-referrer"]
ACKNOWLEDGED = ReportAcknowledged(how="phone")


def states(made: Entry, days: int = 0) -> dict[str, str]:
    at = START + timedelta(days=days)
    return {view.rule.id: view.state for view in owed_for([made.id], at)[made.id]}


def test_a_report_is_owed_four_answers_from_the_moment_it_is_made(store: Store) -> None:
    assert states(store.report()) == dict.fromkeys(OWED, "open")


def test_they_stand_in_the_front_doors_list(store: Store) -> None:
    made = store.report()
    owed = [view for view in mine(store.viewer("front-door"), START) if view.opening == made.id]
    assert sorted(view.rule.id for view in owed) == [rule for rule in OWED if states(made)[rule] == "open"]


def test_silence_is_late(store: Store) -> None:
    assert set(states(store.report(), days=30).values()) == {"late"}


def test_each_answer_answers_its_own(store: Store) -> None:
    made = store.report()
    store.say("front-door", ACKNOWLEDGED, made)
    store.say("front-door", KnownBeforeAnswered(answer="not_known"), made)
    store.decide(made)
    after = states(made)
    store.say("front-door", ReferrerTold(told="An assessment begins.", how="phone"), made)
    assert after == dict.fromkeys(OWED, "met") | {"tell-the-referrer": after["tell-the-referrer"]}
    assert states(made)["acknowledge-referral"] == "met"


def test_an_answer_to_one_report_is_none_to_another(store: Store) -> None:
    one, other = store.report(), store.report()
    store.say("front-door", ACKNOWLEDGED, one)
    found = [states(made)["acknowledge-referral"] for made in (one, other)]
    assert found == ["met", "open"]


def test_an_answer_that_names_nothing_is_refused(store: Store) -> None:
    with pytest.raises(Unanswerable):
        store.say("front-door", ACKNOWLEDGED)


def test_reading_looking_up_and_handing_over_answer_nothing(store: Store) -> None:
    made = store.report()
    before = list(Owed.objects.filter(opening=made.id).order_by("key").values_list("key", "due_at", "state"))
    open_at_the_door(store.viewer("front-door"), made.id, START)
    known_before(store.viewer("front-door"), made.id, START)
    for key, _, _ in before:
        store.say("team-manager", DutyReassigned(duty=str(key), holder="front-door", why="Leave."), made)
        store.say("front-door", CannotInTime(duty=str(key), reason="no_capacity"), made)
    rows = list(Owed.objects.filter(opening=made.id).order_by("key").values_list("key", "due_at", "state"))
    assert rows == before


def test_a_late_answer_stays_late(store: Store) -> None:
    made = store.report()
    with playing(START + timedelta(days=9)):
        store.say("front-door", ACKNOWLEDGED, made)
    assert states(made, days=400)["acknowledge-referral"] == "met_late"
    assert counts(START + timedelta(days=400))["met late"] == 1
