"""A birth date is put right by one person, unless the child would lose by it what holds for the young."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.access.rules import Denied
from onrecord.duties.actions import NeedsReason, Unanswerable
from onrecord.duties.rules.young import AGES, sooner
from onrecord.ledger.facts import Corrected, Entry, Seconded, mention_of
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.queries import corrected, size
from onrecord.linkage.facts import LinkJudged
from tests.partnership import REPORT, START, Store
from tests.stages.duties.test_record_file import run  # noqa: F401  # the door of a file

TODAY = START.date()
GOOD = {"reason": "recorded_in_error", "words": "The school read it out wrong."}
AGREED = Seconded(why="I saw the certificate.")
CHILD: dict[str, Any] = {"given_name": "Wren", "family_name": "Ashdown"}


def aged(years: int, days: int = 0) -> str:
    """The birth date of somebody who was so old so many days ago; the clock stands at START."""
    return (TODAY.replace(year=TODAY.year - years) - timedelta(days=days)).isoformat()


def born(day: str | None) -> Corrected:
    said = CHILD | ({"born": day} if day else {})
    return Corrected.heard({"field": "child", "value": _json(said), "why": "It was written down wrong."})


def _json(said: dict[str, Any]) -> str:
    return "{" + ", ".join(f'"{name}": "{value}"' for name, value in said.items()) + "}"


def stands(made: Entry) -> date | None:
    child = corrected([made], now())[made.id].entry.saying.fact.child
    return child.born if child else None


@pytest.fixture
def young(store: Store) -> Entry:
    """A report about a child of twelve years and a day."""
    return store.report(child=CHILD | {"born": aged(12, 1)})


@pytest.mark.parametrize("day", [aged(14), aged(13), aged(12, 200), aged(12, 2), None], ids=str)
@pytest.mark.parametrize("by", ["teacher", "front-door"])
def test_nobody_makes_a_child_of_twelve_older_alone(store: Store, young: Entry, by: str, day: str | None) -> None:
    before = size()
    with pytest.raises(NeedsReason) as refusal:
        store.say(by, born(day), young)
    assert ({one.what for one in refusal.value.lowers} >= {"age"}, size()) == (True, before)


def test_two_do_and_the_rules_for_the_young_hold_until_then(store: Store, young: Entry) -> None:
    waits = store.say("teacher", born(aged(14)), young, lowering=GOOD).entry
    decided = store.decide(young).entry.saying.fact.under_13
    with pytest.raises(Denied):
        store.say("teacher", AGREED, waits)
    store.say("signer", AGREED, waits)
    assert (decided, stands(young)) == ("yes", date.fromisoformat(aged(14)))


def test_once_it_was_decided_a_conference_comes_first(store: Store, young: Entry) -> None:
    store.decide(young)
    with pytest.raises(Unanswerable, match="child protection conference"):
        store.say("teacher", born(aged(14)), young, lowering=GOOD)


@pytest.mark.parametrize(
    ("was", "day"),
    [
        (aged(12, 1), aged(11)),
        (aged(12, 1), aged(12, 1)),
        (aged(8), aged(9)),
        (aged(14), aged(15)),
        (aged(14), aged(12)),
        (aged(19), aged(22)),
        (None, aged(15)),
        (None, aged(12)),
    ],
)
def test_all_else_is_put_right_at_once(store: Store, was: str | None, day: str) -> None:
    made = store.report(child=CHILD | ({"born": was} if was else {}))
    assert store.say("teacher", born(day), made).lowers == ()
    assert stands(made) == date.fromisoformat(day)


@pytest.mark.parametrize(("was", "day"), [(aged(8), aged(12)), (aged(8), aged(9, 1)), (aged(14), aged(16))])
def test_nobody_takes_more_than_a_year_from_a_child_alone(store: Store, was: str, day: str) -> None:
    made = store.report(child=CHILD | {"born": was})
    with pytest.raises(NeedsReason):
        store.say("teacher", born(day), made)


@pytest.mark.parametrize("was", [6, 8, 14])
def test_nor_by_steps_of_a_year_each(store: Store, was: int) -> None:
    made = store.report(child=CHILD | {"born": aged(was)})
    store.say("teacher", born(aged(was + 1)), made)
    with pytest.raises(NeedsReason):
        store.say("teacher", born(aged(was + 2)), made)
    assert stands(made) == date.fromisoformat(aged(was + 1))


def test_a_first_date_that_was_put_in_later_is_the_first_that_was_said(store: Store) -> None:
    made = store.report(child=CHILD)
    for years in (7, 8):
        assert store.say("teacher", born(aged(years)), made).lowers == ()
    with pytest.raises(NeedsReason):
        store.say("teacher", born(aged(9)), made)


def test_what_two_agreed_to_is_where_the_next_year_begins(store: Store) -> None:
    made = store.report(child=CHILD | {"born": aged(7)})
    waits = store.say("teacher", born(aged(9)), made, lowering=GOOD).entry
    store.say("signer", AGREED, waits)
    assert store.say("teacher", born(aged(10)), made).lowers == ()
    with pytest.raises(NeedsReason):
        store.say("teacher", born(aged(11)), made)


def test_a_step_back_towards_what_was_said_first_is_put_right_at_once(store: Store) -> None:
    """A child of ten was put down as eleven. Two years later that is near the thirteenth birthday."""
    made = store.report(child=CHILD | {"born": aged(10, 1)})
    store.say("teacher", born(aged(11)), made)
    with playing(START + timedelta(days=700)):
        assert store.say("teacher", born(aged(10, 90)), made).lowers == ()


@pytest.mark.parametrize("day", [aged(18), aged(30), aged(17, 200)])
def test_nor_is_a_child_of_seventeen_made_an_adult_alone(store: Store, day: str) -> None:
    made = store.report(child=CHILD | {"born": aged(17, 1)})
    with pytest.raises(NeedsReason):
        store.say("teacher", born(day), made)


def test_everybody_judged_to_be_one_child_is_one_child_here(store: Store, young: Entry) -> None:
    other = store.report(by="nurse", child=CHILD | {"born": aged(14)})
    both = [mention_of(made.id, "child") for made in (young, other)]
    store.say("front-door", LinkJudged(verdict="same", why="Compared."), about=both)
    assert store.say("nurse", born(aged(15)), other).lowers == ()
    with pytest.raises(NeedsReason):
        store.say("teacher", born(aged(14)), young)


def test_other_details_of_the_child_are_put_right_at_once(store: Store, young: Entry) -> None:
    said = Corrected(field="child", value=_json(CHILD | {"born": aged(12, 1), "sex": "F"}), why="She said so.")
    assert store.say("teacher", said, young).lowers == ()


def test_a_sealed_report_is_weighed_for_its_author_like_any_other(store: Store) -> None:
    named = REPORT["words"] + " It was Carys Bright."
    made = store.report(words=named, child=CHILD | {"born": aged(12, 1)})
    with pytest.raises(NeedsReason):
        store.say("teacher", born(aged(14)), made)


def test_a_file_is_no_way_round(store: Store, young: Entry, run: Any) -> None:  # noqa: F811
    line = {"kind": "ledger.corrected", "regarding": [str(young.id)]}
    fix = born(aged(14))
    body = {"field": fix.field, "value": fix.value, "why": fix.why}
    assert run(line | {"body": body}, by="teacher").exit_code == 1
    assert run(line | {"body": body, "lowering": GOOD}, by="teacher").exit_code == 0
    assert stands(young) == date.fromisoformat(aged(12, 1))


DAYS = st.dates(date(2000, 1, 1), date(2026, 10, 5))


def _age(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


@given(before=DAYS, after=DAYS)
def test_an_age_is_lost_only_by_who_had_not_reached_it_and_would_sooner(before: date, after: date) -> None:
    lost = sooner(before, after, TODAY)
    assert all(_age(before, TODAY) < age and after < before for age in lost)
    assert set(lost) >= {age for age in AGES if _age(before, TODAY) < age <= _age(after, TODAY)}
    assert sooner(None, after, TODAY) == sooner(before, before, TODAY) == []
    assert sooner(before, None, TODAY) == ([13] if _age(before, TODAY) < 13 else [])
