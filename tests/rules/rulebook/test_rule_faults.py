"""Everything that a rule must not say, planted once each, and where the fault is told."""

from collections.abc import Callable
from typing import Any

import pytest

from onrecord.rulebook.facts import KindShape, Rule, Term
from onrecord.rulebook.rules import faults, kind_faults

Spoil = Callable[..., Rule]
Said = dict[str, Any]

KINDS = {
    "post.letter_came": KindShape(coded={"colour": ("red", "blue")}, response=False, days=frozenset({"by_day"})),
    "post.letter_answered": KindShape(coded={}, response=True, days=frozenset({"again_on"})),
}
OURS = {"from": "2013-04-15", "term": {"working_days": 1}, "default": "ours", "why": "Ours."}
INSIDE = {"after": {"hours": 0}, "to": {"role": "team_manager", "of": "owing"}}
OUTSIDE = {"after": {"working_days": 9}, "to": {"role": "scrutineer", "of": "outside"}}


def rung(role: str, of: str, **after: int) -> Said:
    """A rung as it would be written."""
    return {"after": after, "to": {"role": role, "of": of}}


def value(**parts: Any) -> Said:
    """A value of ours with some parts replaced, or taken out when they are None."""
    return {key: part for key, part in {**OURS, **parts}.items() if part is not None}


def story(**parts: Any) -> list[Said]:
    """One example in which the letter is answered, with some parts replaced."""
    came = {"kind": "post.letter_came", "at": "2026-11-16 12:00"}
    answered = {"kind": "post.letter_answered", "at": "2026-11-17 12:00", "regarding": 0}
    met = {"occurrence": 1, "due": "2026-11-18 00:00", "state": "met"}
    told = {"name": "A story", "given": [came, answered], "now": "2026-11-20 09:00", "expect": [met]}
    return [{**told, **parts}]


def test_the_rule_that_the_others_spoil_is_fit(spoil: Spoil) -> None:
    assert faults(spoil()) == []
    assert kind_faults(spoil(), KINDS) == []


LATE = {"occurrence": 1, "due": "2026-11-18 00:00", "state": "late"}
PLANTED: list[tuple[Said, str, str]] = [
    ({"grace": {"working_days": 1}}, "grace", "Grace follows a day that a fact names."),
    ({"early": {"hours": 4}}, "early", "How long before it arose a step may have been taken is counted in days."),
    (
        {"opens": {"kind": "post.letter_came", "by_two": True}},
        "opens.by_two",
        "Only an answer, or an end, is agreed to by two.",
    ),
    (
        {"discharged_by": [{"kind": "post.letter_sent_back", "vouched": True}]},
        "discharged_by[0].vouched",
        "Only an answer by which people met is vouched for.",
    ),
    (
        {"until": "by_day", "grace": {"hours": 0}},
        "grace",
        "Without grace a duty is due at the end of the named day.",
    ),
    ({"within": []}, "within", "A rule says how long there is."),
    ({"owed_by": {"role": "practitioner", "of": "named"}}, "owed_by.named_in", "A named agency stands in a field."),
    ({"within": [value(default=None, why=None)]}, "within[0]", "Every value is cited or owned."),
    ({"within": [value(why=None)]}, "within[0].why", "A default of ours says why."),
    ({"within": [value(term={"hours": 0})]}, "within[0].term", "A limit leaves time to act."),
    ({"within": [{**OURS, "term": None}]}, "within[0].term", "A rule cannot end before it began."),
    (
        {"within": [OURS, {"from": "2020-01-01", "term": None}]},
        "within[1]",
        "Every value is cited or owned.",
    ),
    (
        {"within": [value(**{"from": "2020-01-01"}), OURS]},
        "within[1].from",
        "Values stand in order of date, one a day.",
    ),
    ({"within": [OURS, OURS]}, "within[1].from", "Values stand in order of date, one a day."),
    ({"discharged_by": []}, "discharged_by", "A duty can be answered."),
    ({"opens": {"kind": "any"}}, "opens.kind", "Only a proposed fact may be of any kind."),
    (
        {"opens": {"kind": "any", "standing": "proposed", "where": {"colour": ["red"]}}},
        "opens",
        "A fact of any kind has no fields that we know.",
    ),
    (
        {"discharged_by": [{"kind": "any"}]},
        "discharged_by[0].kind",
        "A duty is discharged only by a recorded response.",
    ),
    ({"owed_by": {"role": "wizard", "of": "police"}}, "owed_by.role", "A seat is a role we know."),
    ({"owed_by": {"role": "analyst", "of": "moon"}}, "owed_by.of", "A seat belongs to an agency we know."),
    ({"owed_by": {"role": "analyst", "of": "owing"}}, "owed_by.of", "A seat belongs to an agency we know."),
    ({"ladder": []}, "ladder", "Silence climbs to somebody."),
    ({"ladder": [INSIDE]}, "ladder", "A ladder ends outside the agency that owes."),
    (
        {"ladder": [OUTSIDE, rung("director", "owing", working_days=10)]},
        "ladder",
        "A ladder ends outside the agency that owes.",
    ),
    (
        {"ladder": [rung("director", "owing", working_days=9), OUTSIDE]},
        "ladder[1].after",
        "Each rung comes later than the one before.",
    ),
    (
        {"ladder": [rung("director", "owing", working_days=10), OUTSIDE]},
        "ladder[1].after",
        "Each rung comes later than the one before.",
    ),
    (
        {"ladder": [INSIDE, rung("director", "owing", hours=0), OUTSIDE]},
        "ladder[1].after",
        "Each rung comes later than the one before.",
    ),
    (
        {"ladder": [rung("team_manager", "owing", hours=4), OUTSIDE]},
        "ladder[1].after",
        "After a first rung at once, a ladder counts in one unit.",
    ),
    (
        {"ladder": [INSIDE, rung("team_manager", "owing", working_days=2), OUTSIDE]},
        "ladder[1].to",
        "Silence climbs to a new person; it never repeats to the same.",
    ),
    (
        {"ladder": [INSIDE, rung("team_manager", "childrens_social_care", working_days=2), OUTSIDE]},
        "ladder[1].to",
        "Silence climbs to a new person; it never repeats to the same.",
    ),
    (
        {"ladder": [rung("front_door", "owing", hours=0), OUTSIDE]},
        "ladder[0].to",
        "Silence climbs to a new person; it never repeats to the same.",
    ),
    ({"examples": []}, "examples", "A rule is shown at work."),
    (
        {"examples": story(expect=[])},
        "examples",
        "Examples in which nothing is ever owed prove nothing.",
    ),
    ({"examples": story(expect=[LATE])}, "examples", "A duty can be met."),
    (
        {"examples": story(now="2026-11-17 11:59")},
        "examples[0]",
        "A story is told in order, and `now` comes last.",
    ),
    (
        {"examples": story() + story(given=[{"kind": "post.letter_came", "at": "2026-11-16 12:00", "regarding": 0}])},
        "examples[1].given[0].regarding",
        "A fact can regard only an earlier one.",
    ),
    (
        {"examples": story() + story(expect=[{**LATE, "occurrence": 2}])},
        "examples[1].expect",
        "Occurrences are expected in order, from 1, each once.",
    ),
    (
        {"examples": story() + story(expect=[{**LATE, "told": ["director"]}])},
        "examples[1].expect[0].told",
        "People are told in the order of the ladder.",
    ),
    (
        {"repeats": {"every": [OURS], "ended_by": []}},
        "repeats.ended_by",
        "A duty that comes back says what ends it.",
    ),
    (
        {"repeats": {"every": [value(default=None)], "ended_by": [{"kind": "post.letter_came"}]}},
        "repeats.every[0]",
        "Every value is cited or owned.",
    ),
]


@pytest.mark.parametrize(("parts", "place", "says"), PLANTED)
def test_a_planted_fault_is_the_one_that_is_told(spoil: Spoil, parts: Said, place: str, says: str) -> None:
    found = faults(spoil(**parts))
    assert [(fault.place, fault.rule) for fault in found] == [(place, says)]
    assert found[0].value
    assert found[0].remedy


def test_a_value_with_a_source_and_a_default_has_two_authorities(spoil: Spoil, said: Said) -> None:
    both = {**said["within"][0], "default": "ours", "why": "Ours."}
    found = faults(spoil(within=[both]))
    assert [(fault.place, fault.rule) for fault in found] == [("within[0]", "A value has one authority.")]


def test_a_rule_may_end_on_a_cited_day(spoil: Spoil, said: Said) -> None:
    ended = {**said["within"][0], "from": "2030-01-01", "term": None}
    assert faults(spoil(within=[said["within"][0], ended])) == []


NO_KIND = "No fact is of this kind."
STRANGE: list[tuple[Said, str, str]] = [
    ({"opens": {"kind": "post.parcel_came"}}, "opens.kind", NO_KIND),
    ({"opens": {"kind": "post.parcel_came", "unless": {"size": ["small"]}}}, "opens.kind", NO_KIND),
    ({"discharged_by": [{"kind": "post.parcel_opened"}]}, "discharged_by[0].kind", NO_KIND),
    (
        {"discharged_by": [{"kind": "post.letter_answered", "together": {"field": "by", "at_least": 2}}]},
        "discharged_by[0].together.by",
        "post.letter_answered has no coded field of this name.",
    ),
    (
        {"opens": {"kind": "post.letter_came", "where": {"size": ["small"]}}},
        "opens.where.size",
        "post.letter_came has no coded field of this name.",
    ),
    (
        {"opens": {"kind": "post.letter_came", "unless": {"colour": ["red", "green"]}}},
        "opens.unless.colour",
        "post.letter_came has no such code in colour.",
    ),
    (
        {"discharged_by": [{"kind": "post.letter_came"}]},
        "discharged_by[0].kind",
        "A duty is discharged only by a recorded response.",
    ),
    (
        {"repeats": {"every": [OURS], "ended_by": [{"kind": "post.office_closed"}]}},
        "repeats.ended_by[0].kind",
        NO_KIND,
    ),
    (
        {
            "examples": story(
                given=[{"kind": "post.letter_came", "at": "2026-11-16 12:00", "coded": {"colour": "green"}}]
            )
        },
        "examples[0].given[0].coded.colour",
        "post.letter_came has no such code in colour.",
    ),
    ({"until": "colour"}, "until", "No coded day of post.letter_came has this name."),
    ({"until": "again_on"}, "until", "No coded day of post.letter_came has this name."),
    (
        {"until": "colour", "repeats": {"every": [OURS], "ended_by": [{"kind": "post.letter_answered"}]}},
        "until",
        "No coded day of post.letter_came and post.letter_answered has this name.",
    ),
    (
        {"owed_by": {"role": "practitioner", "of": "named", "named_in": "by_day"}},
        "owed_by.named_in",
        "post.letter_came has no coded answer of this name.",
    ),
    (
        {"opens": {"kind": "post.letter_came", "where": {"by_day": ["soon"]}}},
        "opens.where.by_day",
        "A day is written as 2026-11-20.",
    ),
]


@pytest.mark.parametrize(("parts", "place", "says"), STRANGE)
def test_a_rule_speaks_only_of_facts_that_exist(spoil: Spoil, parts: Said, place: str, says: str) -> None:
    found = kind_faults(spoil(**parts), KINDS)
    assert [(fault.place, fault.rule) for fault in found] == [(place, says)]


@pytest.mark.parametrize("day", ["by_day", "again_on"])
def test_where_a_duty_comes_back_an_answer_may_name_the_day(spoil: Spoil, day: str) -> None:
    repeats = {"every": [OURS], "ended_by": [{"kind": "post.letter_answered"}]}
    assert kind_faults(spoil(until=day, repeats=repeats), KINDS) == []


@pytest.mark.parametrize(
    "term",
    [
        {},
        {"hours": 1, "days": 1},
        {"hours": 1.5},
        {"hours": True},
        {"hours": "4"},
        {"hours": -1},
        {"working_days": 0},
        {"months": 0},
        {"same_day": False},
        {"weeks": 2},
    ],
)
def test_a_term_is_one_whole_number_of_one_unit(term: Said) -> None:
    with pytest.raises(ValueError, match="Term"):
        Term.model_validate(term)
