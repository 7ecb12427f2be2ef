"""A child under 13 of whom sexual harm is alleged: two duties the same day, and nothing lowered but by a conference."""

from datetime import timedelta
from typing import Any

import pytest

from onrecord.access.rules import Denied
from onrecord.case.facts import (
    AttendanceChecked,
    ConferenceHeld,
    CrimeRecorded,
    ExploitationAssessed,
    SafeContactSet,
    StrategyDiscussionHeld,
)
from onrecord.duties.actions import NeedsReason, Unanswerable
from onrecord.duties.actions.informed import CONFERENCE
from onrecord.duties.models import Owed
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Corrected, Entry, Seconded, When
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import playing
from tests.partnership import ASSESSED, REPORT, START, Store

YOUNG = {"given_name": "Wren", "family_name": "Ashdown", "born": "2014-05-02"}
NO_MORE: dict[str, Any] = {"outcome": "no_further_action"}
GOOD = {"reason": "new_information", "words": "A second visit showed less."}
TALKED = StrategyDiscussionHeld(
    present=("childrens_social_care", "police", "health"), outcome="enquiry_together", why="Now."
)
HELD = ConferenceHeld(present=("childrens_social_care", "police", "health"), outcome="no_plan")
RIGHT = AttendanceChecked(right="yes")
RULES = ("under-13-crime", "under-13-discussion")


def rows(opening: Entry) -> dict[str, str]:
    """The state of each of the two duties that a decision opened."""
    return dict(Owed.objects.filter(opening=opening.id, rule__in=RULES).values_list("rule", "state"))


@pytest.fixture
def young(store: Store) -> Entry:
    """A report about a child of twelve."""
    return store.report(child=YOUNG)


def test_two_duties_arise_and_each_is_answered_by_its_own_agency(store: Store, young: Entry) -> None:
    decided = store.decide(young).entry
    assert (decided.saying.fact.under_13, decided.saying.fact.sexual_harm) == ("yes", "yes")
    assert rows(decided) == dict.fromkeys(RULES, "open")
    assert set(Owed.objects.filter(opening=decided.id, rule__in=RULES).values_list("rule", "agency")) == {
        ("under-13-crime", "police"),
        ("under-13-discussion", "social-care"),
    }
    with pytest.raises(Denied):
        store.say("social-worker", CrimeRecorded(number="X1"), decided)
    store.say("officer", CrimeRecorded(number="X1"), decided)
    assert rows(decided) == {"under-13-crime": "met", "under-13-discussion": "open"}
    store.say("team-manager", TALKED, decided)
    assert rows(decided) == dict.fromkeys(RULES, "met")


def test_they_are_due_by_the_end_of_the_day(store: Store, young: Entry) -> None:
    decided = store.decide(young).entry
    due = set(Owed.objects.filter(opening=decided.id, rule__in=RULES).values_list("due_at", flat=True))
    assert due == {START.replace(hour=23)}


@pytest.mark.parametrize(
    ("child", "decision"),
    [
        (REPORT["child"], {}),
        (YOUNG | {"born": None}, {}),
    ],
    ids=["a child of fourteen", "nobody knows the birth date"],
)
def test_other_children_are_owed_neither(store: Store, child: dict[str, Any], decision: dict[str, Any]) -> None:
    assert rows(store.decide(store.report(child=child), **decision).entry) == {}


def test_without_a_birth_date_the_front_door_says_it(store: Store) -> None:
    made = store.report(child=YOUNG | {"born": None}, concern="missing")
    decided = store.decide(made, concern="missing", under_13="yes", sexual_harm="yes").entry
    assert rows(decided) == dict.fromkeys(RULES, "open")


def test_an_age_that_contradicts_the_record_is_refused(store: Store, young: Entry) -> None:
    with pytest.raises(Refused) as refused:
        store.decide(young, under_13="no")
    assert [fault.field for fault in refused.value.faults] == ["under_13"]


def test_the_same_decision_sent_twice_is_one(store: Store, young: Entry) -> None:
    first = store.decide(young).entry
    unsaid = first.saying.fact.model_copy(update={"under_13": None, "sexual_harm": None})
    again = store.say("front-door", unsaid, young, uid=first.id)
    assert again.entry == first


def test_a_conference_without_the_police_frees_nobody(store: Store, young: Entry) -> None:
    decided = store.decide(young, outcome="strategy_discussion").entry
    talked = store.say("team-manager", TALKED, decided).entry
    two = ConferenceHeld(present=("childrens_social_care", "health"), outcome="no_plan")
    store.say("nurse", RIGHT, store.say("team-manager", two, talked).entry)
    with pytest.raises(Unanswerable, match="child protection conference"):
        store.decide(young, lowering=GOOD, **NO_MORE)


@pytest.mark.parametrize("concern", ["sexual_exploitation", "other", "harm_at_home"])
def test_it_is_not_ended_at_a_desk(store: Store, young: Entry, concern: str) -> None:
    with pytest.raises(Unanswerable, match="child protection conference") as refused:
        store.decide(young, lowering=GOOD, concern=concern, **NO_MORE)
    assert str(refused.value) == CONFERENCE


def test_a_conference_frees_what_was_raised_before_it_and_nothing_after(store: Store, young: Entry) -> None:
    decided = store.decide(young, outcome="strategy_discussion").entry
    talked = store.say("team-manager", TALKED, decided).entry
    held = store.say("team-manager", HELD, talked).entry
    with pytest.raises(Unanswerable, match="another agency that took part"):
        store.decide(young, lowering=GOOD, **NO_MORE)
    store.say("officer", RIGHT, held)
    with pytest.raises(NeedsReason):
        store.decide(young, **NO_MORE)
    assert store.decide(young, lowering=GOOD, **NO_MORE).entry.proposed
    store.say("social-worker", ExploitationAssessed(level="serious", **ASSESSED), decided)
    with pytest.raises(Unanswerable, match="child protection conference"):
        store.decide(young, lowering=GOOD, **NO_MORE)


def test_an_old_conference_that_is_written_down_late_frees_nobody(store: Store, young: Entry) -> None:
    decided = store.decide(young, outcome="strategy_discussion").entry
    talked = store.say("team-manager", TALKED, decided).entry
    old = {"happened": When.at(START - timedelta(days=300))}
    with pytest.raises(Unanswerable, match="Check the date"):
        store.say("team-manager", HELD, talked, **old)
    store.say("officer", RIGHT, store.say("team-manager", HELD, young, **old).entry)
    with pytest.raises(Unanswerable, match="child protection conference"):
        store.decide(young, lowering=GOOD, **NO_MORE)


def test_a_level_is_not_lowered_nor_a_decision_corrected_away_without_one(store: Store, young: Entry) -> None:
    decided = store.decide(young).entry
    level = store.say("social-worker", ExploitationAssessed(level="serious", **ASSESSED), decided).entry
    with pytest.raises(Unanswerable, match="child protection conference"):
        store.say("social-worker", ExploitationAssessed(level="none", **ASSESSED), decided, lowering=GOOD)
    lower = Corrected(field="level", value='"none"', why="Written down wrong.")
    with pytest.raises(Unanswerable, match="child protection conference"):
        store.say("social-worker", lower, level, lowering=GOOD)
    older = Corrected(field="under_13", value='"no"', why="Written down wrong.")
    with pytest.raises(Unanswerable, match="child protection conference"):
        store.say("front-door", older, decided, lowering=GOOD)


@pytest.mark.parametrize(("field", "value"), [("under_13", "no"), ("sexual_harm", "no"), ("sexual_harm", "unknown")])
def test_what_made_it_owed_is_not_corrected_away_once_it_was_met(
    store: Store, young: Entry, field: str, value: str
) -> None:
    decided = store.decide(young, outcome="strategy_discussion").entry
    store.say("officer", CrimeRecorded(number="X1"), decided)
    talked = store.say("team-manager", TALKED, decided).entry
    older = Corrected(field=field, value=f'"{value}"', why="Written down wrong.")
    with pytest.raises(Unanswerable, match="child protection conference"):
        store.say("front-door", older, decided, lowering=GOOD)
    store.say("officer", RIGHT, store.say("team-manager", HELD, talked).entry)
    with pytest.raises(NeedsReason) as refusal:
        store.say("front-door", older, decided)
    assert {made.what for made in refusal.value.lowers} == {"duty"}
    assert store.say("front-door", older, decided, lowering=GOOD).entry.proposed


def test_other_words_of_a_decision_that_was_answered_are_put_right_by_one(store: Store, young: Entry) -> None:
    decided = store.decide(young).entry
    store.say("officer", CrimeRecorded(number="X1"), decided)
    fix = Corrected(field="why", value='"The school said so."', why="Somebody else said it.")
    assert store.say("front-door", fix, decided).lowers == ()


def test_a_warning_that_is_put_otherwise_does_not_wait_for_a_conference(store: Store, young: Entry) -> None:
    decided = store.decide(young).entry
    contact = SafeContactSet(who="The child", how="school", must_not_know=("Mr Ashdown",), judged="child")
    first = store.say("social-worker", contact, decided).entry
    fix = Corrected(field="must_not_know", value='["Mr Ashdown senior"]', why="Two have that name.")
    assert store.say("social-worker", fix, first, lowering=GOOD).entry.proposed


def test_a_child_of_fourteen_is_lowered_by_two_as_before(store: Store) -> None:
    assert store.decide(store.report(), lowering=GOOD, **NO_MORE).entry.proposed


def test_the_child_is_as_old_as_on_the_day_of_the_decision(store: Store) -> None:
    made = store.report(child=YOUNG | {"born": "2013-10-10"})
    with playing(START + timedelta(days=5)):
        assert store.decide(made).entry.saying.fact.under_13 == "no"


def test_a_rebuild_gives_the_same_duties(store: Store, young: Entry) -> None:
    decided = store.decide(young).entry
    before = rows(decided)
    rebuild(check=False)
    assert rows(decided) == before


def test_another_worry_in_its_place_takes_two(store: Store) -> None:
    report = store.report(by="front-door", child=YOUNG)
    other = Corrected(field="concern", value='"criminal_exploitation"', why="It was the wrong line.")
    with pytest.raises(NeedsReason):
        store.say("front-door", other, report)
    proposed = store.say("front-door", other, report, lowering=GOOD).entry
    said: dict[str, Any] = {"concern": "criminal_exploitation", "sexual_harm": "no"}
    with pytest.raises(Refused, match="sexual_harm"):
        store.decide(report, **said)
    store.say("signer", Seconded(why="I asked the school."), proposed)
    assert rows(store.decide(report, **said).entry) == {}
