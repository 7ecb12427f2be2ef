"""From when on it is many at once: dated values with their reason, counted in days, and never changed unseen."""

from datetime import date

import pytest
from pydantic import ValidationError

from onrecord.duties.actions.adopt import TAKES_TWO
from onrecord.rulebook.facts import Many, Rulebook, Term
from onrecord.rulebook.gateway import read, shipped
from onrecord.rulebook.gateway.frozen import sealed
from onrecord.rulebook.rules import differences, spoken_many
from onrecord.rulebook.rules.faults import faults

LIMIT = Many.model_validate(
    {"from": "2020-01-01", "term": {"days": 7}, "children": 10, "default": "ours", "why": "Ten are a week's work."}
)
ENGLAND = read(shipped())
(RULE,) = [rule for rule in ENGLAND.rules if rule.many]


def with_limit(**changed: object) -> Rulebook:
    """The edition that ships, with another limit for one person."""
    rule = RULE.model_copy(update={"many": {**RULE.many, "person": (LIMIT.model_copy(update=changed),)}})
    return sealed(tuple(rule if one.id == rule.id else one for one in ENGLAND.rules), ENGLAND.calendar)


def test_what_ships_says_it_of_agencies_of_people_and_of_one_signature_and_why() -> None:
    found = {of: [(spoken_many(value), value.default, bool(value.why)) for value in RULE.many[of]] for of in RULE.many}
    assert found == {
        "agency": [("5 children, and 10 of every hundred open concerns, within 7 days", "ours", True)],
        "person": [("10 children within 7 days", "ours", True)],
        "signature": [("30 children within 7 days", "ours", True)],
    }


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"why": None}, "A default of ours says why."),
        ({"default": None}, "Every value is cited or owned."),
        ({"term": Term(working_days=5)}, "What was lowered at once is counted in days."),
    ],
)
def test_a_limit_without_a_reason_or_not_in_days_is_not_adopted(changed: dict[str, object], says: str) -> None:
    (rule,) = [rule for rule in with_limit(**changed).rules if rule.many]
    assert [fault.rule for fault in faults(rule)] == [says]


def test_a_child_count_of_none_is_no_limit() -> None:
    with pytest.raises(ValidationError):
        Many.model_validate(LIMIT.model_dump(by_alias=True) | {"children": 0})


def test_another_limit_is_told_and_takes_two() -> None:
    changes = differences(with_limit(), with_limit(children=40, start=date(2020, 1, 1)))
    assert [(change.what, change.what in TAKES_TWO) for change in changes] == [("many", True)]
    now = changes[0].words.partition("it is now ")[2]
    assert "; 40 children within 7 days by one person, from 1 January 2020; " in now
