"""What would not be weighed for one child any more, once somebody says that two mentions are two children."""

from datetime import timedelta
from typing import Any

import pytest

from onrecord.duties.rules import fold
from onrecord.duties.rules.weighed import Weighed, less, of_child, weighed
from onrecord.ledger.facts import mention_of
from onrecord.ledger.gateway.registry import catalogue
from tests.rules.duties.test_fold import LAW, report
from tests.rules.ledger.lines import START, line, uid

NOTHING = Weighed({}, frozenset(), gated=False, bound=False, singly=False, twice=False, ended_by=frozenset())
MORE: dict[str, dict[str, Any]] = {
    "how serious it is": {"levels": {"level": 2}},
    "what keeps somebody safe": {"warned": frozenset({(uid(1), "danger_now")})},
    "that it may be exploitation": {"gated": True},
    "that it waits for a child protection conference": {"bound": True},
    "why it is looked at by itself": {"singly": True},
    "that two duties to the child were missed": {"twice": True},
    "who ended something about the child before": {"ended_by": frozenset({"ann"})},
}


@pytest.mark.parametrize("words", MORE)
def test_each_of_it_is_said_by_itself_and_only_where_it_gets_less(words: str) -> None:
    more = NOTHING._replace(**MORE[words])
    assert less(more, NOTHING, only_more=False) == [words]
    assert less(NOTHING, more, only_more=False) == []


@pytest.mark.parametrize("words", MORE)
def test_a_child_of_whom_more_mentions_are_known_loses_at_most_a_conference(words: str) -> None:
    found = less(NOTHING._replace(**MORE[words]), NOTHING, only_more=True)
    assert found == ([words] if "conference" in words else [])


def test_a_lower_level_is_less_and_a_higher_one_is_not() -> None:
    one, two = NOTHING._replace(levels={"level": 1}), NOTHING._replace(levels={"level": 2})
    assert (less(two, one, only_more=False), less(one, two, only_more=False)) == (["how serious it is"], [])


def test_from_the_second_missed_duty_on_it_is_two() -> None:
    made, at = [report(0)], START + timedelta(days=3)
    late = [one for one in fold(made, LAW, at, at) if (one.rule.alarm, one.state) == ("child_owed", "late")]
    assert [weighed(made, late[:few], (), None, at, catalogue()).twice for few in (0, 1, 2)] == [False, False, True]


def test_what_is_about_somebody_else_is_not_weighed() -> None:
    child, other = (mention_of(uid(number), "child") for number in range(2))
    mine, theirs, nobodys = report(0, mentions=(child,)), report(1, mentions=(other,)), line(2, "ledger.seconded", 0)
    assert of_child([mine, theirs, nobodys], [child]) == [mine, nobodys]
