"""What adopting another rulebook would change, said so that nobody has to read YAML."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from onrecord.rulebook.facts import Calendar, Rule, Rulebook
from onrecord.rulebook.gateway.frozen import sealed
from onrecord.rulebook.rules import differences

Spoil = Callable[..., Rule]
OURS = {"default": "ours", "why": "Ours."}


def told(old: tuple[Rule, ...], new: tuple[Rule, ...], calendar: Calendar) -> list[tuple[str, str, str]]:
    """The differences, as plain rows."""
    changes = differences(sealed(old, calendar), sealed(new, calendar))
    return [(change.rule, change.what, change.words) for change in changes]


def test_a_rulebook_does_not_differ_from_itself(england: Rulebook) -> None:
    assert differences(england, england) == []


def test_rules_that_come_and_go_are_told(spoil: Spoil, few_days: Calendar) -> None:
    rule = spoil()
    name = "answer-the-letter"
    assert told((), (rule,), few_days) == [
        (name, "added", "Answer the letter: a new rule, 1 working day from 15 April 2013.")
    ]
    assert told((rule,), (), few_days) == [
        (name, "removed", "Answer the letter: the rule is gone. End a rule by a date instead.")
    ]


LADDER = [{"after": {"hours": 4}, "to": {"role": "scrutineer", "of": "outside"}}]
REPEATS = {
    "every": [{"from": "2020-01-01", "term": {"months": 3}, **OURS}],
    "ended_by": [{"kind": "post.office_closed", "where": {"why": ["sold", "lost"]}}],
}
CHANGED: list[tuple[dict[str, Any], str, str]] = [
    (
        {"within": [{"from": "2013-04-15", "term": {"working_days": 2}, **OURS}]},
        "value",
        "2 working days from 15 April 2013, was 1 working day.",
    ),
    (
        {"within": [{"from": "2013-04-15", "term": {"working_days": 1}, **OURS}]},
        "source",
        "the source of the value from 15 April 2013 changed.",
    ),
    (
        {"owed_by": {"role": "panel_chair", "of": "police"}},
        "owed_by",
        "was owed by the front door of children's social care, is now owed by the panel chair of police.",
    ),
    (
        {"ladder": LADDER},
        "ladder",
        "the ladder was the team manager of the agency that owes at once, "
        "the director of the agency that owes after 2 working days, "
        "the scrutineer outside after 5 working days; "
        "it is now the scrutineer outside after 4 hours.",
    ),
    ({"alarm": "standard"}, "alarm", "The alarm class was child owed and is now standard."),
    (
        {"clock": "happened"},
        "clock",
        "The clock started from the time recorded; it now starts from the time happened.",
    ),
    (
        {"until": "by_day"},
        "until",
        "The day named in the fact that can bring it nearer was: none; it is now: by day.",
    ),
    (
        {"early": {"days": 1}},
        "early",
        "How long before it arose a step may have been taken was: none; it is now: 1 day.",
    ),
    (
        {
            "discharged_by": [
                {"kind": "post.letter_answered", "together": {"field": "by", "all_of": ["ann", "bea"], "at_least": 3}},
                {"kind": "post.letter_sent_back", "by_two": True},
            ]
        },
        "discharged_by",
        "was answered by post.letter_answered; is now answered by post.letter_answered (by ann and bea, by 3 at least) "
        "or post.letter_sent_back (agreed to by two).",
    ),
    ({"grace": {"working_days": 1}}, "grace", "The time after that day was: none; it is now: 1 working day."),
    ({"meaning": "Some are."}, "meaning", "The explanation now reads: Some are."),
    (
        {"opens": {"kind": "post.letter_came", "unless": {"colour": ["blue"]}, "standing": "proposed"}},
        "opens",
        "was opened by post.letter_came (colour red); is now opened by post.letter_came (not colour blue, proposed).",
    ),
    (
        {"discharged_by": [{"kind": "post.letter_answered"}, {"kind": "post.letter_burnt"}]},
        "discharged_by",
        "was answered by post.letter_answered; is now answered by post.letter_answered or post.letter_burnt.",
    ),
    (
        {"repeats": REPEATS},
        "repeats",
        "was owed once; is now owed again after 3 months from 1 January 2020, "
        "until post.office_closed (why sold or lost).",
    ),
    ({"rows": [1, 2]}, "examples", "its examples, or the failures it answers, changed."),
]


@pytest.mark.parametrize(("parts", "what", "words"), CHANGED)
def test_a_change_is_told_once_in_words(
    spoil: Spoil, few_days: Calendar, parts: dict[str, Any], what: str, words: str
) -> None:
    rows = told((spoil(),), (spoil(**parts),), few_days)
    assert rows == [("answer-the-letter", what, f"Answer the letter: {words}")]


def test_a_dated_end_and_a_value_taken_out_are_told(spoil: Spoil, said: dict[str, Any], few_days: Calendar) -> None:
    first = said["within"][0]
    ended = spoil(within=[first, {"from": "2030-01-01", "term": None, **OURS}])
    name = "answer-the-letter"
    assert told((spoil(),), (ended,), few_days) == [
        (name, "ended", "Answer the letter: the rule ends on 1 January 2030.")
    ]
    assert told((ended,), (spoil(),), few_days) == [
        (name, "value", "Answer the letter: the value from 1 January 2030 was taken out.")
    ]


def test_bank_holidays_that_move_are_told(few_days: Calendar) -> None:
    moved = few_days.model_copy(update={"holidays": frozenset({date(2026, 11, 4)}), "last": date(2026, 11, 29)})
    changes = differences(sealed((), few_days), sealed((), moved))
    assert [change.words for change in changes] == [
        "4 November 2026 becomes a bank holiday.",
        "3 November 2026 is no longer a bank holiday.",
        "The calendar now runs from 2 November 2026 to 29 November 2026, Europe/London.",
    ]
