"""Which roles the law needs: asked of the edition itself, behind a wall too."""

from datetime import date

import pytest

from onrecord.duties.rules.needed import needing
from onrecord.rulebook.facts import Rulebook, Seat, Value
from onrecord.rulebook.gateway import read, shipped
from onrecord.rulebook.gateway.frozen import sealed

DAY = date(2026, 11, 1)
ENGLAND = read(shipped())


def only(rule: str, **changed: object) -> Rulebook:
    """An edition of one rule, with some of it changed."""
    kept = [one.model_copy(update=changed) for one in ENGLAND.rules if one.id == rule]
    return sealed(tuple(kept), ENGLAND.calendar)


@pytest.mark.parametrize(
    ("role", "sort", "needed"),
    [
        ("front_door", "childrens_social_care", True),
        ("front_door", "police", False),
        ("team_manager", "childrens_social_care", True),
        ("team_manager", "health", False),
        ("designated_officer", "childrens_social_care", True),
        ("designated_officer", "health", False),
        ("scrutineer", "outside", True),
        ("licensing_officer", "licensing", False),
    ],
)
def test_who_owes_it_who_hears_of_it_and_who_would_owe_it_sealed(role: str, sort: str, needed: bool) -> None:
    found = needing(only("decide-next-step"), role, sort, DAY)
    assert [rule.id for rule in found] == (["decide-next-step"] if needed else [])


def test_another_edition_needs_another_role() -> None:
    law = only("decide-next-step", owed_by=Seat(role="licensing_officer", of="licensing"))
    found = {
        sort: len(needing(law, role, sort, DAY))
        for role, sort in (("licensing_officer", "licensing"), ("front_door", "childrens_social_care"))
    }
    assert found == {"licensing": 1, "childrens_social_care": 0}


@pytest.mark.parametrize("of", ["recording", "named"])
def test_a_seat_that_may_be_anywhere_is_needed_everywhere(of: str) -> None:
    law = only("decide-next-step", owed_by=Seat(role="analyst", of=of))
    assert [len(needing(law, "analyst", sort, DAY)) for sort in ("police", "school")] == [1, 1]


def test_a_rule_that_has_ended_needs_nobody() -> None:
    (rule,) = only("decide-next-step").rules
    ended = Value(start=date(2026, 6, 1), term=None, default="ours", why="It is done otherwise.")
    law = only("decide-next-step", within=(*rule.within, ended))
    assert needing(law, "front_door", "childrens_social_care", DAY) == []
    assert len(needing(law, "front_door", "childrens_social_care", date(2026, 5, 1))) == 1
