"""A step of before, a meeting of one agency with itself and one person's “no conference” meet nothing, at any door."""

from datetime import timedelta

import pytest

from onrecord.access.rules import Denied
from onrecord.case.facts import AssessmentCompleted, ConferenceHeld, StrategyDiscussionHeld
from onrecord.duties.actions import NeedsReason, Unanswerable
from onrecord.duties.facts import LoweringTookEffect
from onrecord.duties.models import Owed
from onrecord.duties.queries import owed_for
from onrecord.duties.queries.since import first_days, unmet
from onrecord.intake.facts import DecisionMade, ReportAcknowledged
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Entry, When
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.models import Envelope
from onrecord.ledger.queries import families, size
from tests.partnership import DECISION, START, Store
from tests.stages.duties.test_disagreeing import raise_it
from tests.stages.duties.test_lowering import AGREED, GOOD, corrected

ALL = ("childrens_social_care", "police", "health")
NONE = AssessmentCompleted(outcome="no_services")
LATER = START + timedelta(days=3)


def talked(*present: str, outcome: str = "enquiry_together") -> StrategyDiscussionHeld:
    return StrategyDiscussionHeld(present=present or ALL, outcome=outcome, why="All hold a part of it.")


def state(opened: Entry, rule: str) -> str:
    return str(Owed.objects.get(opening=opened.id, rule=rule).state)


def why(opened: Entry, rule: str) -> list[str]:
    views = owed_for([opened.id], now())[opened.id]
    return [one.why for view in views if view.rule.id == rule for one in unmet(view, families([view.opening]))]


@pytest.fixture
def decided(store: Store) -> Entry:
    return store.decide(
        store.report(concern="harm_at_home"), outcome="strategy_discussion", concern="harm_at_home"
    ).entry


@pytest.fixture
def discussed(store: Store, decided: Entry) -> Entry:
    return store.say("team-manager", talked(), decided).entry


@pytest.mark.parametrize("days", [2, 3, 400])
def test_a_step_of_before_is_refused_and_the_words_say_what_to_do(store: Store, decided: Entry, days: int) -> None:
    before = size()
    with pytest.raises(Unanswerable, match="answered by what was done from 4 October 2026 on"):
        store.say("team-manager", talked(), decided, happened=When.at(START - timedelta(days=days)))
    assert (size(), state(decided, "strategy-discussion")) == (before, "open")


def test_it_is_recorded_with_the_report_to_which_it_belonged(store: Store) -> None:
    made = store.report(concern="harm_at_home")
    decided = store.decide(made, outcome="strategy_discussion", concern="harm_at_home").entry
    store.say("team-manager", talked(), made, happened=When.at(START - timedelta(days=400)))
    assert state(decided, "strategy-discussion") == "open"


def test_a_step_of_the_evening_before_meets_it_where_the_rule_says_so(store: Store, decided: Entry) -> None:
    store.say("team-manager", talked(), decided, happened=When.at(START - timedelta(hours=9)))
    assert state(decided, "strategy-discussion") == "met"


def test_what_is_said_to_be_before_the_report_is_refused(store: Store) -> None:
    with playing(LATER):
        made = store.report()
        for fact, first in ((ReportAcknowledged(how="phone"), 7), (DecisionMade.heard(DECISION), 8)):
            with pytest.raises(Unanswerable, match=f"from {first} October 2026 on"):
                store.say("front-door", fact, made, happened=When.at(START - timedelta(days=1)))
        assert {state(made, rule) for rule in ("acknowledge-referral", "decide-next-step")} == {"open"}


def test_putting_a_date_right_so_that_it_meets_takes_two_and_a_rebuild_agrees(store: Store, decided: Entry) -> None:
    with playing(LATER):
        held = store.say("team-manager", talked("childrens_social_care"), decided).entry
        with pytest.raises(NeedsReason, match="what did not meet it when it was said"):
            store.say("team-manager", corrected("present", list(ALL)), held)
        right = store.say("team-manager", corrected("present", list(ALL)), held, lowering=GOOD).entry
        assert (right.proposed, state(decided, "strategy-discussion")) == (True, "open")
        store.say("signer", AGREED, right)
        assert state(decided, "strategy-discussion") == "met_late"
        assert set(rebuild(check=True).values()) == {True}


def test_a_discussion_of_one_agency_is_recorded_and_meets_nothing(store: Store, decided: Entry) -> None:
    made = store.say("team-manager", talked("childrens_social_care", "school"), decided)
    assert (made.lowers, state(decided, "strategy-discussion")) == ((), "open")
    assert why(decided, "strategy-discussion") == ["Police and Health did not take part"]
    store.say("team-manager", talked(), decided)
    assert (state(decided, "strategy-discussion"), why(decided, "strategy-discussion")) == ("met", [])


def test_a_conference_needs_three_sorts_and_social_care(store: Store, discussed: Entry) -> None:
    for came in (ALL[:2], ("police", "health", "school")):
        store.say("team-manager", ConferenceHeld(present=came, outcome="no_plan"), discussed)
    assert state(discussed, "initial-conference") == "open"
    assert why(discussed, "initial-conference") == [
        "fewer than 3 sorts of agency took part",
        "Children's social care did not take part",
    ]
    store.say(
        "team-manager", ConferenceHeld(present=("childrens_social_care", "health", "school"), outcome="plan"), discussed
    )
    assert state(discussed, "initial-conference") == "met"


@pytest.mark.parametrize("outcome", ["services", "no_services"])
def test_no_conference_takes_another_agency(store: Store, discussed: Entry, outcome: str) -> None:
    ended = AssessmentCompleted(outcome=outcome)
    with pytest.raises(NeedsReason, match="ended without what is owed having been done"):
        store.say("social-worker", ended, discussed)
    said = store.say("social-worker", ended, discussed, lowering=GOOD).entry
    assert (said.proposed, state(discussed, "initial-conference")) == (True, "open")
    with pytest.raises(Denied):
        store.say("head", AGREED, said)
    store.say("signer", AGREED, said)
    assert state(discussed, "initial-conference") == "met"
    assert Envelope.objects.filter(kind=LoweringTookEffect.kind).count() == 1
    assert set(rebuild(check=True).values()) == {True}


def test_the_ordinary_assessment_takes_nobody_else(store: Store, decided: Entry, discussed: Entry) -> None:
    made = store.say("social-worker", NONE, decided)
    assert (made.lowers, state(decided, "assessment")) == ((), "met")
    assert state(discussed, "initial-conference") == "open"
    assert not store.say("social-worker", AssessmentCompleted(outcome="plan"), discussed).entry.proposed


def test_a_challenge_of_it_brings_the_conference_back_in_the_time_that_was_left(store: Store, discussed: Entry) -> None:
    due = Owed.objects.get(opening=discussed.id, rule="initial-conference").due_at
    with playing(START + timedelta(days=7)):
        said = store.say("social-worker", NONE, discussed, lowering=GOOD).entry
        store.say("signer", AGREED, said)
    with playing(START + timedelta(days=14)):
        raise_it(store, said, whose="worker", level="practitioner")
        row = Owed.objects.get(opening=discussed.id, rule="initial-conference")
        assert (row.state, (row.due_at - due).days) == ("open", 7)
        assert set(rebuild(check=True).values()) == {True}


def test_whoever_names_what_another_agency_owes_beside_their_own_answers_neither(store: Store, decided: Entry) -> None:
    other = store.decide(
        store.report(by="nurse", concern="harm_at_home"), outcome="strategy_discussion", concern="harm_at_home"
    ).entry
    Owed.objects.filter(opening=other.id, rule="strategy-discussion").update(agency="health")
    for by in ("nurse", "team-manager"):
        with pytest.raises(Denied, match="another agency"):
            store.say(by, talked(), decided, other)
    assert state(decided, "strategy-discussion") == "open"


def test_the_first_day_of_a_round_is_that_of_the_answer_before(store: Store, decided: Entry) -> None:
    (view,) = (one for one in owed_for([decided.id], now())[decided.id] if one.rule.id == "strategy-discussion")
    assert first_days([view]) == {view.key: (START - timedelta(days=1)).date()}
