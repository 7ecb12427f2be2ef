"""Meetings, at random: no action vanishes, no dissent disappears, and who comes never makes a meeting less quorate."""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.access.facts import SORTS
from onrecord.case.facts import (
    FACTS,
    ActionAgreed,
    ActionDone,
    ActionNotDone,
    ChildDiscussed,
    DecisionsCirculated,
    DissentAnswered,
    DissentRecorded,
    MeetingCalled,
    MeetingHeld,
    MinutesDisputed,
    MinutesLocked,
    MinutesRecorded,
)
from onrecord.case.facts.meeting import MEETINGS
from onrecord.case.rules import absent, of_these, published, quorate, sides, still_trusted, unrecorded
from onrecord.case.rules.meetings import FEW
from onrecord.case.rules.steps import STEPS, answered, ways, ways_on
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.rules.effect import Line
from onrecord.rulebook.gateway import read, shipped
from tests.rules.ledger.lines import line

KINDS = (
    ActionAgreed.kind,
    ActionDone.kind,
    ActionNotDone.kind,
    DissentRecorded.kind,
    DissentAnswered.kind,
    MinutesDisputed.kind,
    MinutesLocked.kind,
)
TOLD = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 30)), max_size=25)
CAME = st.frozensets(st.sampled_from(sorted(SORTS.words)))


def story(told: list[tuple[str, int]]) -> list[Line]:
    """A meeting, and what was said of it, each answering something that stands before it."""
    made = [line(0, MeetingHeld.kind, coded={"sort": "core_group", "came": []})]
    for place, (kind, back) in enumerate(told, start=1):
        made.append(line(place, kind, back % place))
    return made


@given(TOLD)
def test_no_action_and_no_dissent_ever_vanishes(told: list[tuple[str, int]]) -> None:
    found = sides(story(told))
    kinds = [kind for kind, _ in told]
    assert len(found.actions) == kinds.count(ActionAgreed.kind)
    assert len(found.dissents) == kinds.count(DissentRecorded.kind)
    assert len(found.taken_in) + len(found.beside) == kinds.count(MinutesDisputed.kind)


@given(TOLD, TOLD)
def test_whatever_is_said_later_leaves_what_stood_before(
    before: list[tuple[str, int]], later: list[tuple[str, int]]
) -> None:
    first, then = sides(story(before)), sides(story(before + later))
    assert then.actions[: len(first.actions)] == first.actions
    assert then.dissents[: len(first.dissents)] == first.dissents
    assert then.taken_in[: len(first.taken_in)] == first.taken_in


@given(TOLD)
def test_what_is_sent_in_after_the_lock_is_no_part_of_the_minutes(told: list[tuple[str, int]]) -> None:
    lines = story(told)
    locks = [one.seq for one in lines if one.kind == MinutesLocked.kind]
    found = sides(lines)
    assert all(not locks or one.seq < min(locks) for one in found.taken_in)
    assert all(locks and one.seq > min(locks) for one in found.beside)


@given(st.sampled_from(sorted(MEETINGS.words)), CAME, CAME)
def test_whoever_comes_as_well_makes_it_no_less_quorate(sort: str, came: frozenset[str], more: frozenset[str]) -> None:
    assert quorate(sort, came | more) >= quorate(sort, came)
    assert absent(sort, came | more) <= absent(sort, came)


def test_the_quorum_of_a_strategy_discussion_is_social_care_police_and_health() -> None:
    assert quorate("strategy_discussion", {"childrens_social_care", "police", "health"})
    assert absent("strategy_discussion", {"childrens_social_care", "school"}) == {"police", "health"}


def test_an_informal_group_is_never_quorate_whoever_comes() -> None:
    assert [sort for sort in MEETINGS.words if not quorate(sort, SORTS.words)] == ["informal", "other"]


def test_every_quorum_is_of_agencies_that_exist() -> None:
    assert set(MeetingHeld.quorum) <= set(MEETINGS.words)
    assert {sort for needed in MeetingHeld.quorum.values() for sort in needed} <= set(SORTS.words)


def test_what_is_said_of_another_child_is_left_out_with_its_answers() -> None:
    one, other = UUID(int=1), UUID(int=2)
    lines = [
        line(0, MeetingHeld.kind, mentions=(one, other)),
        line(1, ActionAgreed.kind, 0, mentions=(other,)),
        line(2, ActionDone.kind, 1),
        line(3, ActionAgreed.kind, 0, mentions=(one,)),
        line(4, MinutesDisputed.kind, 0),
    ]
    assert [made.seq for made in of_these(lines, {one})] == [0, 3, 4]
    assert [made.seq for made in of_these(lines, {one, other})] == [0, 1, 2, 3, 4]


@given(st.lists(st.tuples(st.sampled_from("ab"), st.booleans()), max_size=20))
def test_each_meeting_is_counted_once(told: list[tuple[str, bool]]) -> None:
    held = {UUID(int=place): (body, "other") for place, (body, _) in enumerate(told)}
    without = {UUID(int=place) for place, (_, missing) in enumerate(told) if missing}
    found = unrecorded(held, without)
    assert sum(one.held for one in found) == len(told)
    assert sum(one.without for one in found) == len(without)
    assert len({one.body for one in found}) == len(found)


def test_what_is_under_five_is_not_told_apart() -> None:
    assert {published(number) for number in range(FEW)} == {"fewer than 5"}
    assert [published(5), published(12)] == ["5", "12"]


def test_what_can_be_said_follows_from_what_was_said() -> None:
    called = line(0, MeetingCalled.kind, coded={"sort": "core_group", "on_day": "2026-10-08", "invited": []})
    held = line(1, MeetingHeld.kind, 0, coded={"sort": "core_group", "came": ["police"]})
    agreed, done = line(2, ActionAgreed.kind, 1, coded={"owner": "police"}), line(3, ActionDone.kind, 2)
    assert [slug for slug, _ in ways([called], {"police"}, {"practitioner"})] == ["held", "put-off", "called-off"]
    assert [slug for slug, _ in ways([called, held], {"police"}, {"practitioner"})] == [
        "came",
        "child",
        "action",
        "dissent",
        "decisions",
        "minutes",
    ]
    assert [slug for slug, _ in ways_on(agreed, [called, held, agreed], {"police"}, {"practitioner"})] == [
        "done",
        "not-done",
    ]
    assert ways_on(agreed, [called, held, agreed], {"health"}, {"practitioner"}) == []
    assert ways_on(agreed, [called, held, agreed, done], {"police"}, {"practitioner"}) == []
    assert answered(STEPS["done"], [called, held, agreed], None) is None
    assert answered(STEPS["done"], [called, held, agreed], agreed.id) == agreed.id
    assert answered(STEPS["done"], [called, held, agreed], held.id) is None


@given(st.lists(st.integers(0, 20), max_size=15))
def test_a_child_is_never_left_with_nobody_by_a_replacement(told: list[int]) -> None:
    lines = [line(0, "case.trusted_adult_named")]
    for place, back in enumerate(told, start=1):
        lines.append(line(place, "case.trusted_adult_replaced", back % place))
    assert len(still_trusted(lines)) >= 1


THERE: dict[str, Any] = {
    "sort": "informal",
    "group": "Group",
    "present": ["Sam Whitlock"],
    "trusted_adult": "none_named",
}
SOME = st.lists(st.sampled_from(sorted(SORTS.words)), unique=True, max_size=4)


@given(came=SOME, apologies=SOME)
def test_no_agency_both_came_and_sent_apologies(came: list[str], apologies: list[str]) -> None:
    said, both = THERE | {"came": came, "apologies": apologies}, set(came) & set(apologies)
    if came and not both:
        assert MeetingHeld.heard(said).apologies == tuple(apologies)
        return
    with pytest.raises(Refused) as refused:
        MeetingHeld.heard(said)
    faults = {fault.field: fault.message for fault in refused.value.faults}
    assert set(faults) == {"apologies"} if both else {"came"}
    assert all(SORTS.words[sort] in faults["apologies"] for sort in both)


def test_it_is_asked_what_became_of_the_adult_whom_the_child_trusts() -> None:
    with pytest.raises(Refused, match="Say whether the adult whom the child trusts came"):
        MeetingHeld.heard(
            {name: value for name, value in THERE.items() if name != "trusted_adult"} | {"came": ["police"]}
        )


def test_whatever_says_that_people_met_owes_minutes_by_the_rules_that_ship() -> None:
    book = read(shipped())
    owing = {
        rule.opens.kind for rule in book.rules if {match.kind for match in rule.discharged_by} == {MinutesRecorded.kind}
    }
    met = {fact.kind for fact in FACTS if fact.attended}
    assert owing == met
    assert met == {"case.meeting_held", "case.strategy_discussion_held", "case.conference_held", "case.core_group_met"}
    assert all(met == fact.answers for fact in (MinutesRecorded, DecisionsCirculated, ActionAgreed, ChildDiscussed))
