"""What every part of a rulebook is made of: a frozen shape, and the few plain types in it."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, StringConstraints

Line = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=4000)]
Code = Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z0-9]+([_-][a-z0-9]+)*$", max_length=80)]
Kind = Annotated[str, StringConstraints(strict=True, pattern=r"^(any|[a-z]+\.[a-z_]+)$", max_length=80)]
Count = Annotated[int, Field(strict=True, ge=1, le=4000)]
Hours = Annotated[int, Field(strict=True, ge=0, le=20_000)]
Index = Annotated[int, Field(strict=True, ge=0, le=100)]


def _local(said: Any) -> datetime:
    """Read `2026-11-20 17:00`. Zones are refused: examples are told in the calendar's own time."""
    moment = datetime.fromisoformat(said) if isinstance(said, str) else said
    if not isinstance(moment, datetime) or moment.tzinfo or moment.second or moment.microsecond:
        raise ValueError("write the local time to the minute, without a zone, such as 2026-11-20 17:00")
    return moment


def _to_the_minute(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")


LocalTime = Annotated[
    datetime, BeforeValidator(_local), PlainSerializer(_to_the_minute, return_type=str, when_used="json")
]
"""A naive moment on the calendar's own wall clock, to the minute."""


class Said(BaseModel):
    """A part of a rulebook: it cannot be changed, and says nothing that we do not read."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True)
