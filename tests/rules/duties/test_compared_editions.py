"""What the same facts would owe under another edition, rule by rule and duty by duty."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from onrecord.duties.rules.compare import ELSEWHERE, GONE, LATER, NEW, SOONER, Moved, Standing, editions, moved
from onrecord.ledger.rules.effect import Line
from onrecord.rulebook.facts import Rule, Rulebook
from onrecord.rulebook.gateway import freeze, read, shipped, thaw
from onrecord.rulebook.gateway.frozen import sealed
from tests.rules.duties.agreed import ACTION as AGREED_ACTION
from tests.rules.duties.agreed import OURS
from tests.rules.ledger.lines import line

CALENDAR = read(shipped()).calendar
ACTION = AGREED_ACTION | {"discharged_by": [{"kind": "case.action_done", "where": {"how": ["done"]}}]}
WALL = UUID(int=7)


def book(*rules: Mapping[str, Any]) -> Rulebook:
    return sealed(tuple(Rule.model_validate(said) for said in rules), CALENDAR)


def standing(made: Line, rule: str = "action", wall: UUID | None = None) -> Standing:
    return Standing(UUID(int=made.seq + 100), rule, made.id, "northbrook", wall)


def what(old: Rulebook, new: Rulebook, lines: list[Line], open_now: list[Standing]) -> list[tuple[str, str, str]]:
    found: list[Moved] = moved(lines, open_now, editions(old, new))
    return [(one.what, one.rule, one.agency) for one in found]


AGREED = line(0, "case.action_agreed", coded={"owner": "police", "by_day": "2026-10-09"})
UNDATED = line(0, "case.action_agreed", coded={"owner": "police"})


@pytest.mark.parametrize(
    ("made", "change", "becomes"),
    [
        (AGREED, {"grace": {"working_days": 1}}, [LATER]),
        (AGREED, {"until": None}, [LATER]),
        (AGREED, {"within": [OURS | {"term": {"months": 2}}]}, []),
        (UNDATED, {"within": [OURS | {"term": {"months": 2}}]}, [LATER]),
        (AGREED, {"within": [OURS | {"term": {"hours": 1}}]}, [SOONER]),
        (UNDATED, {"until": None}, []),
        (AGREED, {"opens": {"kind": "case.action_agreed", "where": {"owner": ["health"]}}}, [GONE]),
        (AGREED, {"opens": {"kind": "case.action_agreed", "unless": {"owner": ["health"]}}}, []),
        (AGREED, {"owed_by": {"role": "practitioner", "of": "recording"}}, [ELSEWHERE]),
        (AGREED, {"owed_by": {"role": "practitioner", "of": "police"}}, []),
        (AGREED, {"within": [OURS | {"term": {"months": 1}}, OURS | {"from": "2026-01-01", "term": None}]}, [GONE]),
        (AGREED, {"title": "Do it now", "alarm": "child_now"}, []),
    ],
)
def test_what_is_open_is_folded_under_both(made: Line, change: dict[str, Any], becomes: list[str]) -> None:
    found = what(book(ACTION), book(ACTION | change), [made], [standing(made)])
    assert found == [(one, "action", "northbrook") for one in becomes]


def test_an_answer_that_would_count_takes_a_duty_away() -> None:
    half = line(1, "case.action_done", 0, minutes=60, coded={"how": "partly"})
    wider = book(ACTION | {"discharged_by": [{"kind": "case.action_done"}]})
    assert what(book(ACTION), wider, [AGREED, half], [standing(AGREED)]) == [(GONE, "action", "northbrook")]


def test_a_rule_that_goes_takes_its_duties_and_a_new_one_brings_its_own() -> None:
    other = ACTION | {"id": "other", "owed_by": {"role": "practitioner", "of": "health"}}
    found = what(book(ACTION), book(other), [AGREED], [standing(AGREED)])
    assert found == [(GONE, "action", "northbrook"), (NEW, "other", "health")]


def test_of_a_duty_that_comes_back_the_occurrence_that_is_open_is_compared() -> None:
    every = [OURS | {"term": {"days": 10}}]
    ends = [{"kind": "case.action_done", "where": {"how": ["dropped"]}}]
    back = ACTION | {"repeats": {"every": every, "ended_by": ends}}
    slower = back | {"repeats": {"every": [OURS | {"term": {"days": 20}}], "ended_by": ends}}
    done = line(1, "case.action_done", 0, minutes=60, coded={"how": "done"})
    named = line(1, "case.action_done", 0, minutes=60, coded={"how": "done", "by_day": "2026-10-08"})
    assert what(book(back), book(slower), [AGREED, done], [standing(AGREED)]) == [(LATER, "action", "northbrook")]
    assert what(book(back), book(slower), [AGREED, named], [standing(AGREED)]) == []


def test_what_was_met_is_not_compared_and_what_stands_by_an_earlier_edition_is_left_alone() -> None:
    done = line(1, "case.action_done", 0, minutes=60, coded={"how": "done"})
    gone = book(ACTION | {"id": "other"})
    assert what(book(ACTION), gone, [AGREED, done], [standing(AGREED, "another")]) == []
    assert what(book(ACTION), gone, [AGREED], [standing(AGREED, "earlier"), standing(AGREED)]) == [
        (GONE, "action", "northbrook"),
        (NEW, "other", "police"),
    ]


def test_behind_a_wall_nobody_else_would_owe_it_and_what_is_new_is_behind_it_too() -> None:
    moves = book(ACTION | {"owed_by": {"role": "practitioner", "of": "health"}})
    assert what(book(ACTION), moves, [AGREED], [standing(AGREED, wall=WALL)]) == []
    more = book(ACTION, ACTION | {"id": "other"})
    (new,) = moved([AGREED], [standing(AGREED, wall=WALL)], editions(book(ACTION), more))
    assert (new.what, new.wall, new.key) == (NEW, WALL, None)


def test_only_rules_that_decide_otherwise_are_folded() -> None:
    other = ACTION | {"id": "other"}
    same = editions(book(ACTION, other), book(ACTION | {"meaning": "Other words."}, other))
    longer = editions(book(ACTION, other), book(ACTION | {"within": [OURS | {"term": {"months": 2}}]}, other))
    added = editions(book(ACTION), book(ACTION, other))
    assert (same.rules, same.arises) == (frozenset(), False)
    assert (longer.rules, longer.arises) == (frozenset({"action"}), False)
    assert (added.rules, added.arises) == (frozenset({"other"}), True)


def test_an_edition_is_the_same_as_its_kept_text_whatever_the_order_of_its_fields() -> None:
    book = read(shipped())
    kept = thaw(freeze(book))
    assert kept.digest == book.digest
    assert [list(one.opens.where) for one in kept.rules] != [list(one.opens.where) for one in book.rules]
    assert (editions(book, kept).rules, editions(kept, book).arises) == (frozenset(), False)


def test_another_calendar_touches_every_rule() -> None:
    holidays = CALENDAR.holidays | {AGREED.recorded_at.date() + timedelta(days=1)}
    moved_calendar = CALENDAR.model_copy(update={"holidays": holidays})
    days = ACTION | {"until": None, "within": [OURS | {"term": {"working_days": 2}}]}
    new = sealed(book(days).rules, moved_calendar)
    assert what(book(days), new, [AGREED], [standing(AGREED)]) == [(LATER, "action", "northbrook")]
