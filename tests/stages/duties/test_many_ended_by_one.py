"""Many endings by one person's signature alone, as for harm at home, are told outside like many that two agreed to."""

import sys
from datetime import timedelta
from uuid import UUID

import pytest

from onrecord.duties.actions import lowerings, tick
from onrecord.duties.facts import CaseHandedOver, CaseHeld
from onrecord.intake.facts import DecisionMade
from onrecord.ledger.facts import Corrected, Entry
from onrecord.ledger.gateway.clock import playing
from onrecord.notices.models import Notice
from tests.partnership import DECISION, START, Store
from tests.stages.duties.test_what_follows_a_lowering import bulk, by_manager, child, many, rules


@pytest.fixture
def many_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """So many other open concerns that no agency ends one in ten of them."""
    monkeypatch.setattr(lowerings, "open_concerns", lambda: 1000)


def at_home(store: Store, number: int, outcome: str = "no_further_action", uid: UUID | None = None) -> Entry:
    """A report of harm at home, decided on by one person; the decision."""
    made = store.report(child=child(1000 + number), concern="harm_at_home")
    said = DecisionMade.heard(DECISION | {"outcome": outcome, "concern": "harm_at_home"})
    decided = store.say("front-door", said, made, uid=uid).entry
    assert not decided.proposed
    return decided


def test_many_that_one_person_ended_by_their_signature_alone_are_told(store: Store, many_open: None) -> None:
    made = [at_home(store, number) for number in range(29)]
    by_manager(store, 400)
    tick(START, sign=False)
    before = bulk()
    made += [at_home(store, 29)]
    for _ in range(2):
        tick(START, sign=False)
    (found,) = bulk()
    coded = found.saying.fact.coded()
    told = [one.recipient for one in Notice.objects.filter(single=True) if one.item["reference"] == str(found.id)[:8]]
    assert (before, coded["children"], coded["proposed_by"], coded["days"]) == ([], 30, "alone", 7)
    assert coded["references"] == sorted(str(one.id)[:8] for one in made)
    assert sorted(told) == ["inspectorate", "scrutineer"]
    assert rules(found) == {"many-lowered": ("director", "social-care", "open")}


def test_ids_that_begin_like_those_that_were_told_hide_nothing(store: Store, many_open: None) -> None:
    made = [at_home(store, number) for number in range(30)]
    tick(START, sign=False)
    for number, one in enumerate(made):
        at_home(store, 100 + number, uid=UUID(int=(one.id.int >> 96 << 96) + number))
    tick(START, sign=False)
    assert [found.saying.fact.children for found in bulk()] == [30, 30]


def test_what_was_put_right_to_end_is_counted_with_what_ended_at_once(store: Store, many_open: None) -> None:
    for number in range(29):
        at_home(store, number)
    held = store.say("front-door", CaseHeld(worker="social-worker", part="lead"), at_home(store, 29, "assess")).entry
    handed = CaseHandedOver(to="worker", worker="team-manager", why="Leave.")
    made = store.say("front-door", handed, held).entry
    tick(START, sign=False)
    before = bulk()
    assert not store.say("front-door", Corrected(field="to", value='"nobody"', why="It is over."), made).entry.proposed
    tick(START, sign=False)
    assert (before, [one.saying.fact.children for one in bulk()]) == ([], [30])


def test_what_one_agency_ended_is_counted_together_however_many_signed(store: Store) -> None:
    many(store, 2)
    for number in range(2):
        at_home(store, number)
    tick(START, sign=False)
    before = bulk()
    at_home(store, 2)
    tick(START, sign=False)
    (found,) = bulk()
    assert (before, found.saying.fact.children, found.saying.fact.proposed_by) == ([], 5, None)


def test_what_one_person_ended_alone_in_two_weeks_is_not_told(store: Store, many_open: None) -> None:
    for weeks in (0, 8):
        with playing(START + timedelta(days=weeks)):
            for number in range(20):
                at_home(store, 100 * weeks + number)
            tick(START + timedelta(days=weeks), sign=False)
    assert bulk() == []


def test_all_of_a_busy_week_is_looked_through(store: Store, many_open: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["onrecord.ledger.queries.lines"], "BATCH", 4)
    for number in range(30):
        at_home(store, number)
        at_home(store, 100 + number, outcome="send_to")
    tick(START, sign=False)
    assert [one.saying.fact.children for one in bulk()] == [30]
