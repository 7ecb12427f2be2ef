"""How long there is, from which day on, and where that is written."""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, PlainSerializer, StringConstraints, model_validator

from onrecord.rulebook.facts.said import Count, Hours, Line, Said

NOT_COMMENCED = date.max
"""The first day of what has been passed and does not hold yet: no day has been set."""
UNSET = "not commenced"


def _from(said: Any) -> Any:
    return NOT_COMMENCED if said == UNSET else said


def _written(start: date) -> str:
    return UNSET if start == NOT_COMMENCED else start.isoformat()


Start = Annotated[date, BeforeValidator(_from), PlainSerializer(_written, return_type=str, when_used="json")]
"""A first day, or “not commenced”."""
Status = Literal["confirmed", "local", "unchecked"]


class Source(Said):
    """Where a value comes from, how sure we are, and who looked when.

    `confirmed` was read in a public copy; `local` is one area's procedure; `unchecked` nobody has read yet.
    """

    document: Line
    edition: Line
    paragraph: Line
    url: Annotated[str, StringConstraints(strict=True, pattern=r"^https://[^\s]+$", max_length=500)]
    status: Status
    checked_by: Line
    checked_on: date


class Term(Said):
    """A length of time in exactly one unit. How each unit is counted is told in `rules.due_at`."""

    working_days: Count | None = None
    days: Count | None = None
    hours: Hours | None = None
    months: Count | None = None
    same_day: Literal[True] | None = None

    @model_validator(mode="after")
    def _one_unit(self) -> Self:
        if len(self.said()) != 1:
            raise ValueError("give exactly one of working_days, days, hours, months or same_day")
        return self

    def said(self) -> dict[str, int]:
        """The unit and its number, as one pair: `{"working_days": 1}`."""
        return {unit: number for unit, number in self if number is not None}

    @property
    def unit(self) -> str:
        """The name of the unit."""
        return next(iter(self.said()))

    @property
    def number(self) -> int:
        """How many of the unit; 1 for the same day."""
        return int(self.said()[self.unit])


class Value(Said):
    """A limit in force from a day on, with its source, or `default: ours` and why. No term: the rule ends."""

    start: Start = Field(validation_alias="from", serialization_alias="from")
    term: Term | None
    source: Source | None = None
    default: Literal["ours"] | None = None
    why: Line | None = None


class Many(Value):
    """From how many children on, within `term` (days), and of a hundred open concerns where that is said."""

    children: Count
    in_hundred: Count | None = None
