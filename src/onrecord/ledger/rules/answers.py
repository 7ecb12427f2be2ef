"""Everything a fact says, as a reader meets it: each question with its answer in words."""

from datetime import date
from typing import Any

from onrecord.ledger.facts import Fact
from onrecord.ledger.facts.fields import Person
from onrecord.ledger.rules.shape import Part, Sort, parts

NAMES = ("given_name", "family_name")


def answers(fact: Fact) -> list[tuple[str, str]]:
    """Question and answer, in the order in which they are asked; what was left unsaid is left out.

    An answer of several parts has a line for each.
    """
    body = fact.model_dump(mode="json", exclude_none=True)
    found = [(part.label, _said(part, body.get(part.name), getattr(fact, part.name))) for part in parts(type(fact))]
    return [(label, said) for label, said in found if said]


def _said(part: Part, value: Any, original: Any) -> str:
    """One answer, from its JSON value and from the value itself."""
    if value in (None, "", []):
        return ""
    if part.sort is Sort.ROWS:
        row = part.parts[0]
        return "\n".join(_said(row, one, was).replace("\n", ", ") for one, was in zip(value, original, strict=True))
    if part.sort is Sort.SHAPE:
        return _shape(part, value, original)
    if part.sort is Sort.WHEN:
        return str(original.spoken())
    if part.sort is Sort.DAY:
        return f"{date.fromisoformat(value):%-d %B %Y}"
    if part.options:
        return ", ".join(part.options.words[code] for code in ([value] if isinstance(value, str) else value))
    return str(value)


def _shape(part: Part, value: dict[str, Any], original: Any) -> str:
    """A person's name stands on a line of its own; every other part says what it is."""
    called = " ".join(value[name] for name in NAMES if name in value) if isinstance(original, Person) else ""
    rest = [one for one in part.parts if one.name in value and not (called and one.name in NAMES)]
    lines = [f"{one.label.split(',')[0]}: {_said(one, value[one.name], getattr(original, one.name))}" for one in rest]
    return "\n".join([called, *lines] if called else lines)
