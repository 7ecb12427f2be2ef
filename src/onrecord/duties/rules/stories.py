"""A worked example of a rule as a timeline: what happens, when it is due, and how it stands at the end. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from onrecord.access.facts import ROLES
from onrecord.ledger.facts import Fact
from onrecord.rulebook.facts import Example, Expected, Given

Kinds = Mapping[str, type[Fact]]
STATES = {
    "open": "open, and still in time",
    "late": "late",
    "met": "met in time",
    "met_late": "met, and late",
    "ended": "ended",
}
NOTHING = "Nothing is owed by this rule."


class Step(NamedTuple):
    """One row of the timeline."""

    when: str
    what: str


def timeline(example: Example, kinds: Kinds) -> list[Step]:
    """The rows, in order of time; the last one says how it stands."""
    happens = [(given.at, _told(given, number, kinds)) for number, given in enumerate(example.given, start=1)]
    falls_due = [(one.due, f"{_which(one, example)} falls due.") for one in example.expect]
    ahead = sorted([*happens, *falls_due], key=lambda row: row[0])
    before = [Step(_when(at), what) for at, what in ahead if at <= example.now]
    after = [Step(_when(at), what) for at, what in ahead if at > example.now]
    return [*before, Step(_when(example.now), "Now: " + _standing(example)), *after]


def _standing(example: Example) -> str:
    return " ".join(_stands(one, example) for one in example.expect) or NOTHING


def _stands(one: Expected, example: Example) -> str:
    told = ", ".join(ROLES.words[role].lower() for role in one.told)
    return f"{_which(one, example)} is {STATES[one.state]}.{f' Told: {told}.' if told else ''}"


def _which(one: Expected, example: Example) -> str:
    """What is owed, with its number where it is owed more than once."""
    return f"Number {one.occurrence}" if len(example.expect) > 1 else "It"


def _told(given: Given, number: int, kinds: Kinds) -> str:
    made = kinds.get(given.kind)
    said = [f"Fact {number}: “{made.title if made else given.kind}”"]
    said += list(_codes(given, made))
    if given.happened:
        said.append(f"it happened {_when(given.happened)}")
    if given.regarding is not None:
        said.append(f"about fact {given.regarding + 1}")
    if given.standing == "proposed":
        said.append("only proposed")
    return "; ".join(said) + "."


def _codes(given: Given, made: type[Fact] | None) -> Iterator[str]:
    labels = {name: said.label for name, _, said, _ in made.fields()} if made else {}
    for name, said in given.coded.items():
        options = made.options(name) if made else None
        codes = [said] if isinstance(said, str) else said
        words = [options.words[code] if options else _day(code) for code in codes]
        yield f"{labels.get(name, name)} {', '.join(words)}"


def _day(code: str) -> str:
    try:
        return f"{date.fromisoformat(code):%-d %B %Y}"
    except ValueError:
        return code


def _when(at: datetime) -> str:
    if (at.hour, at.minute) == (0, 0):
        return f"the end of {at - timedelta(days=1):%A %-d %B %Y}"
    return f"{at:%A %-d %B %Y, %H:%M}"
