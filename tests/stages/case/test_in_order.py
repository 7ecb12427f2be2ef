"""What can be said of a meeting comes in an order that the facts keep themselves, whichever door somebody uses."""

import json
from datetime import timedelta
from typing import Any

import pytest

from onrecord.access.rules import Denied
from onrecord.case.facts import (
    ActionAgreed,
    ActionDone,
    ActionNotDone,
    ChildDiscussed,
    DecisionsCirculated,
    DissentAnswered,
    DissentRecorded,
    MeetingCalled,
    MeetingHeld,
    MinutesCirculated,
    MinutesDisputed,
    MinutesLocked,
    MinutesRecorded,
    TrustedAdultNamed,
)
from onrecord.duties.actions import ReasonRefused, Unanswerable
from onrecord.duties.actions.file import LinesRefused, record_lines
from onrecord.duties.facts import LoweringRefused
from onrecord.duties.rules.lines import read_lines
from onrecord.ledger.facts import Corrected, Entry, Fact, mention_of
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.models import Envelope
from onrecord.ledger.rules.sentence import sentence
from tests.partnership import START, Store

WAITED = START + timedelta(days=15)
"""The day after the tenth working day."""
NEXT_DAY = START.date() + timedelta(days=1)
DISSENT: dict[str, Any] = {"who": "Sam Whitlock", "agency": "police", "speaks": "agency", "decision": "X", "why": "Y"}


@pytest.fixture
def held(store: Store) -> Entry:
    """A core group to which police came."""
    made = store.report()
    there: dict[str, Any] = {"came": ("police",), "present": ("Sam Whitlock",), "trusted_adult": "none_named"}
    fact = MeetingHeld(sort="core_group", group="Core group", **there)
    return store.say("chair", fact, about=[mention_of(made.id, "child")]).entry


def minuted(store: Store, held: Entry) -> tuple[Entry, Entry]:
    """Its minutes, and that they were sent round."""
    minutes = store.say("chair", MinutesRecorded(minutes="Two plates."), held).entry
    return minutes, store.say("chair", MinutesCirculated(to=("police",)), minutes).entry


def test_minutes_are_locked_once_those_who_came_had_ten_working_days(store: Store, held: Entry) -> None:
    _, round_ = minuted(store, held)
    for moment in (START, WAITED - timedelta(days=1)):
        with playing(moment), pytest.raises(Unanswerable, match="waits for 10 working days"):
            store.say("chair", MinutesLocked(taken_in="none"), round_)
    with playing(WAITED):
        assert store.say("chair", MinutesLocked(taken_in="none"), round_).lowers == ()


def test_minutes_that_went_round_to_nobody_are_not_locked(store: Store, held: Entry) -> None:
    minutes = store.say("chair", MinutesRecorded(minutes="Two plates."), held).entry
    with playing(WAITED):
        for on in (minutes, held):
            with pytest.raises(Unanswerable, match="is said of: “Minutes sent round”"):
                store.say("chair", MinutesLocked(taken_in="none"), on)


def test_minutes_go_to_all_who_came(store: Store, held: Entry) -> None:
    minutes = store.say("chair", MinutesRecorded(minutes="Two plates."), held).entry
    with pytest.raises(Unanswerable, match="Left out: Police"):
        store.say("chair", MinutesCirculated(to=("partnership",)), minutes)
    store.say("chair", Corrected(field="came", value='["police", "health"]', why="Health came late."), held)
    with pytest.raises(Unanswerable, match="Left out: Health"):
        store.say("chair", MinutesCirculated(to=("police",)), minutes)
    assert store.say("chair", MinutesCirculated(to=("police", "health")), minutes).lowers == ()


def test_minutes_that_were_disputed_are_not_locked_as_undisputed(store: Store, held: Entry) -> None:
    minutes, round_ = minuted(store, held)
    store.say("officer", MinutesDisputed(says="X", was="Y"), minutes)
    with playing(WAITED):
        with pytest.raises(Unanswerable, match="“There were none” is not so"):
            store.say("chair", MinutesLocked(taken_in="none"), round_)
        assert store.say("chair", MinutesLocked(taken_in="beside"), round_).lowers == ()


def test_that_a_decision_stands_is_not_for_whoever_wrote_it_down(store: Store, held: Entry) -> None:
    met = store.say("head", held.saying.fact, about=held.mentions).entry
    dissent = store.say("officer", DissentRecorded.heard(DISSENT), met).entry
    with pytest.raises(Denied, match="Somebody else says so"):
        store.say("head", DissentAnswered(outcome="stands", answer="X"), dissent)
    assert store.say("head", DissentAnswered(outcome="higher", answer="X"), dissent).lowers == ()


def test_that_nobody_was_named_is_not_said_where_the_file_names_somebody(store: Store, held: Entry) -> None:
    store.say("teacher", TrustedAdultNamed(who="Kemi Adair", judged="child"), about=held.mentions)
    with pytest.raises(Refused, match="has named an adult whom they trust"):
        store.say("chair", held.saying.fact, about=held.mentions)
    asked = held.saying.fact.model_copy(update={"trusted_adult": "apologies"})
    assert store.say("chair", asked, about=held.mentions).lowers == ()


@pytest.mark.parametrize("said", [{}, {"left_out": "unsafe"}, {"left_out_words": "He was away."}])
def test_whom_the_child_trusts_is_left_out_for_a_reason_only(said: dict[str, str], store: Store, held: Entry) -> None:
    asked = held.saying.fact.model_copy(update={"trusted_adult": "not_invited"} | said)
    with pytest.raises(Refused, match="was not invited"):
        store.say("chair", asked, about=held.mentions)
    why = {"left_out": "child_said_no", "left_out_words": "She wants to speak for herself."}
    made = store.say("chair", asked.model_copy(update=why), about=held.mentions).entry
    assert "The child said no. She wants to speak for herself." in sentence(made)


def test_that_nobody_had_the_time_to_invite_them_is_no_reason(store: Store, held: Entry) -> None:
    why = {"trusted_adult": "not_invited", "left_out": "capacity", "left_out_words": "We were short."}
    with pytest.raises(ReasonRefused, match="never a reason"):
        store.say("chair", held.saying.fact.model_copy(update=why), about=held.mentions)
    assert Envelope.objects.filter(kind=LoweringRefused.kind).count() == 1


def test_what_the_child_said_to_the_call_is_reason_enough(store: Store, held: Entry) -> None:
    call = {"sort": held.saying.fact.sort, "group": "Core", "on_day": "2026-10-06", "invited": ["police"]}
    no = MeetingCalled.heard(call | {"without_trusted_adult": "She said no."})
    called = store.say("chair", no, about=held.mentions).entry
    asked = held.saying.fact.model_copy(update={"trusted_adult": "not_invited"})
    assert store.say("chair", asked, called, about=held.mentions).lowers == ()


def test_a_file_keeps_the_same_order(store: Store, held: Entry) -> None:
    _, round_ = minuted(store, held)
    line = {"kind": MinutesLocked.kind, "regarding": [str(round_.id)], "body": {"taken_in": "none"}}
    given = read_lines(json.dumps(line).encode(), catalogue(), now(), HERE)
    with pytest.raises(LinesRefused) as refused:
        record_lines(store.viewer("chair"), given, now())
    assert [fault.rule for fault in refused.value.faults] == ["an entry it can answer"]
    assert "10 working days" in refused.value.faults[0].message


@pytest.mark.parametrize(
    "fact",
    [
        DecisionsCirculated(decisions="X"),
        ChildDiscussed(decided="X"),
        ActionAgreed(what="X", owner="police", by_day=NEXT_DAY),
        MinutesRecorded(minutes="X"),
        MinutesCirculated(to=("police",)),
        MinutesDisputed(says="X", was="Y"),
        DissentAnswered(outcome="stands", answer="X"),
        ActionDone(how="X"),
        ActionNotDone(why="X", new_day=NEXT_DAY),
    ],
)
def test_what_is_said_of_a_meeting_is_said_of_nothing_else(fact: Fact, store: Store) -> None:
    made = store.report()
    with pytest.raises(Unanswerable, match="is said of"):
        store.say("chair", fact, made)


def test_what_is_said_once_is_said_once(store: Store, held: Entry) -> None:
    minutes, _ = minuted(store, held)
    dissent = store.say("chair", DissentRecorded.heard(DISSENT), held).entry
    store.say("chair", DecisionsCirculated(decisions="X"), held)
    store.say("head", DissentAnswered(outcome="stands", answer="X"), dissent)
    again: list[tuple[str, Fact, Entry]] = [
        ("chair", DecisionsCirculated(decisions="Y"), held),
        ("chair", MinutesCirculated(to=("police", "health")), minutes),
        ("head", DissentAnswered(outcome="changed", answer="Y"), dissent),
    ]
    for by, fact, on in again:
        with pytest.raises(Unanswerable, match="on record for this already"):
            store.say(by, fact, on)


def test_only_those_who_came_say_what_is_wrong_in_the_minutes(store: Store, held: Entry) -> None:
    minutes, _ = minuted(store, held)
    with pytest.raises(Denied, match="is said by: Police"):
        store.say("nurse", MinutesDisputed(says="X", was="Y"), minutes)
    store.say("officer", MinutesDisputed(says="X", was="Y"), minutes)


def test_what_became_of_an_action_is_said_by_the_agency_that_took_it_on(store: Store, held: Entry) -> None:
    made = store.say("chair", ActionAgreed(what="X", owner="police", by_day=NEXT_DAY), held).entry
    for fact in (ActionNotDone(why="X", new_day=NEXT_DAY), ActionDone(how="X")):
        with pytest.raises(Denied, match=r"is said by: Police|another agency"):
            store.say("nurse", fact, made)
        store.say("officer", fact, made)
    with pytest.raises(Unanswerable, match="“Action done” is on record for this"):
        store.say("officer", ActionNotDone(why="X", new_day=NEXT_DAY), made)
