"""What a meeting could not decide, or decides again after a dissent, is owed a meeting by a day."""

import json
from datetime import timedelta
from typing import Any

import pytest

from onrecord.case.facts import DissentAnswered, DissentRecorded
from onrecord.case.queries.meetings import meeting
from onrecord.case.views.meeting_page import state_words
from onrecord.duties.queries import owed_for
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Corrected, Entry
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.models import Envelope
from onrecord.ledger.rules.machine import MACHINE
from tests.pages.browsing import sheet, text
from tests.pages.case.ground import DISSENT, address, called, held, page
from tests.partnership import START, Store
from tests.stages.duties.test_lowering import needs_reason

THREE = ["childrens_social_care", "police", "health"]
TWO = THREE[:2]
DAY = timedelta(days=1)
AGAIN = {"outcome": "again", "answer": "It meets again.", "by_day": (START + 3 * DAY).date()}
QUORUM, DISSENTED = "meeting-without-quorum", "meeting-decides-again"


def state(opening: Entry, rule: str) -> list[str]:
    return [view.state for view in owed_for([opening.id], now()).get(opening.id, ()) if view.rule.id == rule]


def words(store: Store, made: Entry) -> str:
    found = meeting(store.viewer("social-worker"), made.id, now())
    assert found is not None
    return state_words(found, now())


def again(store: Store, made: Entry, **more: Any) -> Entry:
    return store.say("head", DissentAnswered.heard(AGAIN | more), dissent(store, made)).entry


def dissent(store: Store, made: Entry) -> Entry:
    return store.say("officer", DissentRecorded.heard(DISSENT), made).entry


def test_one_without_a_quorum_says_so_and_owes_another(store: Store) -> None:
    made = held(store, store.report(), came=TWO)
    assert (words(store, made), state(made, QUORUM)) == ("Held without a quorum. No minutes yet.", ["open"])
    with playing(START + DAY):
        more = store.say("social-worker", made.saying.fact.model_copy(update={"came": tuple(THREE)}), made).entry
        assert (state(made, QUORUM), state(more, QUORUM)) == (["met"], [])
        assert [words(store, one) for one in (made, more)] == [
            "Held without a quorum. No minutes yet.",
            "Held. No minutes yet.",
        ]
        assert set(rebuild(check=True).values()) == {True}


def test_another_that_cannot_decide_either_owes_one_more(store: Store) -> None:
    made = held(store, store.report(), came=TWO)
    with playing(START + DAY):
        more = store.say("social-worker", made.saying.fact, made).entry
        assert (state(made, QUORUM), state(more, QUORUM)) == (["met"], ["open"])


def test_however_often_somebody_is_missing_the_days_count_from_the_first(store: Store) -> None:
    first = made = held(store, store.report(), came=TWO)
    due = [view.due_at for view in owed_for([first.id], now())[first.id] if view.rule.id == QUORUM]
    for days in (9, 18):
        with playing(START + days * DAY):
            made = store.say("social-worker", made.saying.fact, made).entry
            (owed,) = [view for view in owed_for([made.id], now())[made.id] if view.rule.id == QUORUM]
            assert ([owed.due_at], owed.state) == (due, "open" if days == 9 else "late")
            assert set(rebuild(check=True).values()) == {True}
    with playing(START + 20 * DAY):
        store.say("social-worker", made.saying.fact.model_copy(update={"came": tuple(THREE)}), made)
        assert state(made, QUORUM) == ["met_late"]


def test_one_that_meets_again_after_another_could_decide_has_days_of_its_own(store: Store) -> None:
    first = held(store, store.report(), came=THREE)
    with playing(START + 90 * DAY):
        made = store.say("social-worker", first.saying.fact.model_copy(update={"came": tuple(TWO)}), first).entry
        assert state(made, QUORUM) == ["open"]


@pytest.mark.parametrize(("came", "sort"), [(THREE, "strategy_discussion"), (TWO, "informal")])
def test_with_everybody_or_where_nothing_is_decided_nothing_more_is_owed(
    came: list[str], sort: str, store: Store
) -> None:
    made = held(store, store.report(), came=came, sort=sort)
    assert state(made, QUORUM) == []


def test_whether_it_could_decide_is_nothing_that_anybody_types(store: Store) -> None:
    made = held(store, store.report(), came=TWO, quorate="yes")
    assert state(made, QUORUM) == ["open"]
    right = Corrected(field="quorate", value='"yes"', why="Health was on the telephone.")
    assert "duty" in needs_reason(store, "social-worker", right, made)


def test_one_that_is_put_right_to_who_came_owes_another_too(store: Store) -> None:
    """Whoever said that everybody came, and takes it back, owes the meeting as if they had said so first."""
    made = held(store, store.report(), by="chair")
    store.say("chair", Corrected(field="came", value=json.dumps(TWO), why="Health was not there."), made)
    assert state(made, QUORUM) == ["open"]
    store.say("chair", Corrected(field="group", value='"Another"', why="It was misspelt."), made)
    assert Envelope.objects.filter(kind=Corrected.kind, by=MACHINE).count() == 1
    assert set(rebuild(check=True).values()) == {True}


def test_another_sort_of_meeting_does_not_take_its_place(store: Store) -> None:
    made = held(store, store.report(), came=TWO)
    with pytest.raises(Refused, match="Another sort of meeting"):
        store.say("social-worker", made.saying.fact.model_copy(update={"sort": "core_group"}), made)


@pytest.mark.parametrize("day", [{}, {"by_day": START.date()}])
def test_that_it_decides_again_names_a_day_to_come(day: dict[str, Any], store: Store) -> None:
    made = dissent(store, held(store, store.report()))
    without = {name: said for name, said in AGAIN.items() if name != "by_day"}
    with pytest.raises(Refused, match="Give the day"):
        store.say("head", DissentAnswered.heard(without | day), made)


def test_the_meeting_that_decides_again_is_owed_by_that_day(store: Store) -> None:
    made = held(store, store.report())
    answered = again(store, made)
    assert state(answered, DISSENTED) == ["open"]
    with playing(START + 4 * DAY):
        assert state(answered, DISSENTED) == ["late"]
        store.say("head", made.saying.fact, answered)
        assert state(answered, DISSENTED) == ["met_late"]
        assert words(store, made) == "Held. No minutes yet."
        assert set(rebuild(check=True).values()) == {True}


def test_a_later_meeting_is_no_part_of_the_first_ones_page(store: Any, browser: Any) -> None:
    made = held(store, store.report(), came=TWO)
    with playing(START + DAY):
        later = {"group": "Second group", "present": ("Ines Fallow",), "came": tuple(THREE)}
        more = store.say("social-worker", made.saying.fact.model_copy(update=later), made).entry
        first, second = (page(browser, "officer", one) for one in (made, more))
    assert ("Not quorate" in first, "Ines Fallow" in first) == (True, False)
    assert ("Quorate: everybody was there" in second, "Ines Fallow" in second) == (True, True)


def test_one_that_was_called_names_what_it_decides_again(store: Any, browser: Any) -> None:
    report = store.report()
    made = held(store, report, came=TWO, by="chair")
    call = called(store, report, by="chair")
    there = {"sort": "strategy_discussion", "group": "Second", "came": THREE, "present-0": "Ines Fallow"}
    sent = browser("chair").post(address(call, "held"), sheet("say", trusted_adult="none_named", **there), follow=True)
    assert "Recorded: Meeting held." in text(sent)
    assert state(made, QUORUM) == ["met"]
    assert "Not quorate" in page(browser, "officer", made)
    assert "Quorate: everybody was there" in page(browser, "officer", call)
