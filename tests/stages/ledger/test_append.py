"""Append: the one way in."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from onrecord.intake.facts import ReportReceived
from onrecord.ledger.actions import IdTaken, append
from onrecord.ledger.facts import Fact, Saying, When
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.models import Head, StoredLeaf
from onrecord.ledger.queries import every, size
from onrecord.ledger.rules.catalogue import UnknownKind
from tests.partnership import REPORT, START, Store


def saying(**changed: object) -> Saying:
    fact = ReportReceived.heard(REPORT | changed)
    return Saying(uuid4(), fact, "teacher", "practitioner", "school", When.at(START))


def test_entries_are_numbered_in_the_order_they_were_said(store: Store) -> None:
    before, said = size(), [saying() for _ in range(3)]
    assert [entry.seq for entry in append(said)] == [before, before + 1, before + 2]
    assert [entry.id for batch in every(first=before) for entry in batch] == [one.id for one in said]


def test_what_is_read_back_is_what_was_said(store: Store) -> None:
    said = replace(saying(), on_behalf="a parent", about=(uuid4(),), regarding=(uuid4(),))
    entry = append([said])[0]
    assert [[made] for batch in every(first=entry.seq) for made in batch] == [[entry]]
    assert (entry.saying, entry.recorded_at) == (said, START)


def test_the_same_id_and_content_is_the_same_entry(store: Store) -> None:
    said = saying()
    first = append([said])[0]
    with playing(START + timedelta(hours=1)):
        assert append([said, said]) == [first, first]
    assert size() == first.seq + 1


def test_the_same_id_with_other_content_is_refused_and_the_first_stands(store: Store) -> None:
    said = saying()
    first = append([said])[0]
    with pytest.raises(IdTaken, match=str(said.id)):
        append([replace(said, by="nurse")])
    assert append([said]) == [first]


def test_one_id_for_two_contents_in_one_call_is_refused(store: Store) -> None:
    said, before = saying(), size()
    with pytest.raises(IdTaken):
        append([said, replace(said, by="nurse")])
    assert size() == before


def test_all_are_recorded_or_none(store: Store) -> None:
    taken, before = append([saying()])[0].saying, size()
    with pytest.raises(IdTaken):
        append([saying(), replace(taken, by="nurse")])
    assert (size(), StoredLeaf.objects.count()) == (before, before)


def test_a_kind_nobody_declared_is_refused(store: Store) -> None:
    class Unheard(Fact):
        kind = "nowhere.unheard"
        title = sentence = "Unheard"

    before = size()
    with pytest.raises(UnknownKind, match=r"nowhere\.unheard"):
        append([saying(), replace(saying(), fact=Unheard())])
    assert size() == before


def test_times_never_go_back_when_the_clock_does(store: Store) -> None:
    with playing(START + timedelta(days=2)):
        later = append([saying()])[0]
    with playing(START - timedelta(days=30)):
        after = append([saying()])[0]
    assert (later.recorded_at, after.recorded_at) == (START + timedelta(days=2),) * 2
    assert Head.objects.get().recorded_at == START + timedelta(days=2)


def test_more_than_one_batch_of_ids_is_recognised(store: Store) -> None:
    said = [saying() for _ in range(520)]
    first = append(said)
    assert append(said) == first
    assert size() == first[-1].seq + 1


def test_the_reads_ledger_is_numbered_by_itself(store: Store) -> None:
    before = size("default"), size("reads")
    append([saying()], using="reads")
    assert (size("default"), size("reads")) == (before[0], before[1] + 1)
