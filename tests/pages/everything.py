"""A fact with a field of every sort, for the tests of forms and components. Invented."""

from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar

from onrecord.ledger.facts import (
    Day,
    Fact,
    Held,
    Options,
    Person,
    Place,
    Say,
    Text,
    Vehicle,
    When,
    Whole,
    Words,
    YesNo,
)
from onrecord.ledger.forms import FactForm, form_for

NOW = datetime(2026, 3, 30, 12, 0, tzinfo=UTC)
HELD = Held("to test", "none needed", "anyone", "as long as the test")
CONCERN = Options(
    {"exploitation": "Exploitation", "missing": "Missing", "old": "An old word"}, retired=frozenset({"old"})
)
SETTING = Options({f"place_{number}": f"Place {number}" for number in range(1, 9)})
SIGNS = {"gifts": "New things or money", "older": "Older friends", "gone": "An old sign"}
SIGN = Options(SIGNS, retired=frozenset({"gone"}))


class Everything(Fact):
    """One field of every sort."""

    kind: ClassVar = "test.everything"
    title: ClassVar = "Everything"
    sentence: ClassVar = "Everything was said."

    child: Annotated[
        Person, Say("Who is it about?", missing="Say who it is about.", wrong="Check who it is about."), HELD
    ]
    words: Annotated[Words, Say("What happened?", hint="In their words.", missing="Write what happened."), HELD]
    concern: Annotated[str, CONCERN, Say("What kind of worry is it?"), HELD]
    danger: Annotated[YesNo, Say("Is anybody in danger?", missing="Say whether anybody is in danger."), HELD]
    setting: Annotated[str | None, SETTING, Say("Where was it?"), HELD] = None
    signs: Annotated[tuple[Annotated[str, SIGN], ...], Say("What was noticed?"), HELD] = ()
    vehicles: Annotated[tuple[Vehicle, ...], Say("Vehicles"), HELD] = ()
    names: Annotated[tuple[Text, ...], Say("Names heard"), HELD] = ()
    last_seen: Annotated[Day | None, Say("Last seen"), HELD] = None
    people: Annotated[Whole | None, Say("How many people?"), HELD] = None
    met: Annotated[When | None, Say("When did they meet?"), HELD] = None
    place: Annotated[Place | None, Say("The place"), HELD] = None
    line: Annotated[Text | None, Say("In one line"), HELD] = None


ENOUGH = {
    "id": "7f6b5a2e-6f0c-4c55-9d13-9f6f0a7f8f11",
    "child-given_name": "Ana",
    "words": "She got into a car.",
    "concern": "missing",
    "danger": "unknown",
}
"""The least that is accepted, as a browser would send it."""
FORM = form_for(Everything)


def sent(**changes: Any) -> FactForm:
    """The form as sent, with `__` for the mark between names."""
    return FORM(ENOUGH | {name.replace("__", "-"): value for name, value in changes.items()})


def day(name: str, text: str) -> dict[str, str]:
    """The three inputs of a day, from "27 3 2026"."""
    typed = dict(zip(("day", "month", "year"), text.split(" "), strict=True))
    return {f"{name}-{part}": value for part, value in typed.items()}


def faults(form: FactForm) -> dict[str, list[str]]:
    """What the form says is wrong, after hearing it."""
    assert form.hear(NOW) is None
    return {name: list(map(str, messages)) for name, messages in form.errors.items()}
