"""Every worked example of the shipped rulebook, told by a reader who knows nothing but the rule's own words.

This is a second opinion, slow and plain: the duties that people meet are folded elsewhere, and run these too.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest

from onrecord.rulebook.facts import Calendar, Example, Expected, Given, Match, Rule, Value
from onrecord.rulebook.rules import due_at, from_local, local_day, matches, rung_at, to_local, value_on
from tests.rules.rulebook.commenced import ENGLAND

STORIES = [
    pytest.param(rule, example, id=f"{rule.id}: {example.name}") for rule in ENGLAND.rules for example in rule.examples
]
CHECKED = "case.attendance_checked"


def meant(match: Match, given: Given) -> bool:
    """Whether a fact of the story is one that the rule means."""
    return matches(match, given.kind, given.coded, given.standing)


def answers(rule: Rule, place: int, number: int, example: Example) -> bool:
    """Whether a fact of the story answers the one at `place`: by its words, in its day, and agreed to where it must."""
    opening, given = example.given[place], example.given[number]
    begun = (opening.happened if rule.clock == "happened" else None) or opening.at
    if (given.happened or given.at).date() < begun.date() - timedelta(days=rule.early.days if rule.early else 0):
        return False
    return counts_as(rule.discharged_by, number, example)


def counts_as(wanted: tuple[Match, ...], number: int, example: Example) -> bool:
    """Whether a fact of the story is one of these: as it stands, or as two agreed; what takes two only so."""
    given = example.given[number]
    agreed = any(one.kind == "ledger.seconded" and one.regarding == number for one in example.given)
    if given.standing == "proposed" and agreed:
        return any(meant(match.model_copy(update={"standing": "proposed"}), given) for match in wanted)
    said = [one.coded["right"] for one in example.given if one.kind == CHECKED and one.regarding == number]
    vouched = bool(said) and set(said) == {"yes"}
    return any(meant(match, given) for match in wanted if not match.by_two and (vouched or not match.vouched))


def counted(number: int, example: Example) -> Given:
    """The fact from whose recording an answer counts: the second signature of what was proposed."""
    given = example.given[number]
    signed = [one for one in example.given if one.kind == "ledger.seconded" and one.regarding == number]
    return signed[0] if given.standing == "proposed" and signed else given


def due_from(
    rule: Rule, values: tuple[Value, ...], start: datetime, calendar: Calendar, day: str | None
) -> datetime | None:
    """When what began then is due, if anything is: no later than the end of the day that was named, and its grace."""
    value = value_on(values, local_day(start, calendar))
    due = due_at(value.term, start, calendar) if value and value.term else None
    if due is None or day is None:
        return due
    midnight = datetime.combine(date.fromisoformat(day) + timedelta(days=1), time())
    if rule.grace is None:
        return min(due, from_local(midnight, calendar))
    noon = datetime.combine(date.fromisoformat(day), time(12))
    return min(due, due_at(rule.grace, from_local(noon, calendar), calendar))


def told(rule: Rule, example: Example, calendar: Calendar) -> Iterator[Expected]:
    """Tell the duty of the first opening fact, occurrence by occurrence."""
    place = next((n for n, given in enumerate(example.given) if meant(rule.opens, given)), None)
    if place is None:
        return
    opening = example.given[place]
    start = started(rule, opening, example)
    due = due_from(rule, rule.within, from_local(start, calendar), calendar, opening.coded.get(rule.until))
    about = [number for number, given in enumerate(example.given) if given.regarding == place]
    occurrence = 1
    for number in about:
        if due is None:
            return
        given, answered = example.given[number], answers(rule, place, number, example)
        ended = rule.repeats and counts_as(rule.repeats.ended_by, number, example)
        if not answered and not ended:
            continue
        at = from_local(counted(number, example).at, calendar)
        state = ("met" if at <= due else "met_late") if answered else "ended"
        yield expected(rule, occurrence, due, state, at, calendar)
        occurrence += 1
        day = given.coded.get(rule.until)
        due = due_from(rule, rule.repeats.every, at, calendar, day) if rule.repeats and not ended else None
    if due is not None:
        now = from_local(example.now, calendar)
        yield expected(rule, occurrence, due, "open" if now < due else "late", now, calendar)


def started(rule: Rule, opening: Given, example: Example) -> datetime:
    """From when the limit runs."""
    if rule.clock == "happened":
        return opening.happened or opening.at
    if rule.clock == "regarded" and opening.regarding is not None:
        return example.given[opening.regarding].at
    return opening.at


def expected(rule: Rule, occurrence: int, due: datetime, state: str, at: datetime, calendar: Calendar) -> Expected:
    """One occurrence, as an example would write it."""
    roles = tuple(rung.to.role for rung in rule.ladder if rung_at(rung, due, calendar) <= at)
    said = {"occurrence": occurrence, "due": to_local(due, calendar), "state": state, "told": roles}
    return Expected.model_validate(said)


@pytest.mark.parametrize(("rule", "example"), STORIES)
def test_the_story_ends_as_the_example_says(rule: Rule, example: Example) -> None:
    assert tuple(told(rule, example, ENGLAND.calendar)) == example.expect


def test_every_rule_is_shown_met_and_late() -> None:
    shown = {rule.id: {one.state for example in rule.examples for one in example.expect} for rule in ENGLAND.rules}
    assert {name for name, states in shown.items() if not {"met", "late"} <= states} == set()


def test_every_rule_that_chooses_among_facts_shows_one_that_it_leaves_alone() -> None:
    opens = {rule.id: rule.opens for rule in ENGLAND.rules}
    choosy = {uid for uid, made in opens.items() if made.where or made.unless or made.standing == "proposed"}
    silent = {rule.id for rule in ENGLAND.rules for example in rule.examples if not example.expect}
    assert silent == choosy
