"""The closed list of field types a fact may be made of.

A new type costs a form widget, an API shape and a sentence everywhere, so the list grows only when a fact needs it.
No type holds a float: what is canonical JSON today must be canonical JSON in seventy-five years.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic.annotated_handlers import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

HERE = ZoneInfo("Europe/London")
"""Where days begin and end for the people who speak: one installation serves one partnership."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
"""One line."""

Words = Annotated[str, StringConstraints(min_length=1, max_length=20_000, pattern=r"\S")]
"""Somebody's own words, kept exactly as given."""

Whole = Annotated[int, Field(ge=0, le=1_000_000, strict=False)]
"""A whole number, not negative."""


def _human(day: date) -> date:
    if not 1900 <= day.year <= 2200:
        raise ValueError("the year is not in living memory")
    return day


Day = Annotated[date, AfterValidator(_human)]
"""A calendar day."""


@dataclass(frozen=True, eq=False)
class Options:
    """The answers a choice allows: code to words, in order; `ranked` when the order runs from low to high.

    A retired code is still read in old facts and no longer offered.
    """

    words: Mapping[str, str]
    ranked: bool = False
    retired: frozenset[str] = frozenset()

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Refuse a code that is not on the list."""
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Publish the codes to users of the API."""
        made = handler(schema)
        (made["items"] if made.get("type") == "array" else made)["enum"] = list(self.offered)
        return made

    @property
    def offered(self) -> Mapping[str, str]:
        """Code to words of what may be chosen today."""
        return {code: words for code, words in self.words.items() if code not in self.retired}

    def check(self, value: Any) -> Any:
        """Return the value, or raise ValueError naming what may be chosen."""
        for code in (value,) if isinstance(value, str) else value or ():
            if code not in self.words:
                raise ValueError(f"choose one of: {', '.join(self.offered)}")
        return value

    def rank(self, code: str) -> int:
        """Where the code stands, lowest 0."""
        return list(self.words).index(code)


YES_NO = Options({"yes": "Yes", "no": "No", "unknown": "I don't know", "rather_not": "I'd rather not say"})
YesNo = Annotated[str, YES_NO]
"""Yes, no, don't know, rather not say: never a blank that could be read as no."""


class Shape(BaseModel):
    """A field of several parts. At least one part must be said."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    @model_validator(mode="before")
    @classmethod
    def _blanks_are_unsaid(cls, raw: Any) -> Any:
        return {key: part for key, part in raw.items() if part not in ("", None)} if isinstance(raw, dict) else raw

    @model_validator(mode="after")
    def _something_said(self) -> "Shape":
        if not self.model_fields_set:
            raise ValueError("say at least one thing")
        return self

    def spoken(self) -> str:
        """The shape as a reader would say it."""
        return ", ".join(str(part) for part in self.model_dump(exclude_none=True).values())


SEX = Options({"F": "Female", "M": "Male", "U": "Not known or not said"})


class Person(Shape):
    """A person as far as the speaker knows them. Each time one is named is a mention, never a global identity."""

    given_name: Annotated[Text | None, Field(title="First name")] = None
    family_name: Annotated[Text | None, Field(title="Last name")] = None
    other_names: Annotated[Text | None, Field(title="Other names or nicknames")] = None
    born: Annotated[Day | None, Field(title="Date of birth")] = None
    sex: Annotated[str, SEX, Field(title="Sex")] | None = None
    described: Annotated[Text | None, Field(title="How you would describe them, if you do not know their name")] = None
    phone: Annotated[Text | None, Field(title="Phone")] = None
    postcode: Annotated[Text | None, Field(title="Postcode, if you know it")] = None
    upn: Annotated[Text | None, Field(title="Unique pupil number (UPN)")] = None
    nhs_number: Annotated[Text | None, Field(title="NHS number")] = None
    local_id: Annotated[Text | None, Field(title="Local authority child ID")] = None

    def spoken(self) -> str:
        """The name as said, or the description, or the number known."""
        name = " ".join(part for part in (self.given_name, self.family_name) if part)
        for said in (name, self.other_names, self.described):
            if said:
                return said
        if self.local_id or self.upn or self.nhs_number:
            return f"child {self.local_id or self.upn or self.nhs_number}"
        return f"a child born {self.born:%-d %B %Y}" if self.born else "a child not named"


class Vehicle(Shape):
    """A car, van or taxi as it was seen. The plate is kept as written; reading it generously is linkage's work."""

    plate: Annotated[Text | None, Field(title="Registration, or as much as was seen")] = None
    made: Annotated[Text | None, Field(title="Make and model")] = None
    colour: Annotated[Text | None, Field(title="Colour")] = None
    firm: Annotated[Text | None, Field(title="Taxi or other firm")] = None


class Phone(Shape):
    """A phone number as it was given, and whose it was said to be."""

    number: Annotated[Text | None, Field(title="Number")] = None
    whose: Annotated[Text | None, Field(title="Whose it is said to be")] = None


class Place(Shape):
    """Somewhere, as it was described."""

    name: Annotated[Text | None, Field(title="Name of the place")] = None
    address: Annotated[Text | None, Field(title="Address")] = None
    postcode: Annotated[Text | None, Field(title="Postcode")] = None


class When(BaseModel):
    """When something happened: no earlier than, no later than, and the words it was said in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    earliest: Annotated[AwareDatetime, AfterValidator(lambda at: at.astimezone(UTC))]
    latest: Annotated[AwareDatetime, AfterValidator(lambda at: at.astimezone(UTC))]
    said: Annotated[str, StringConstraints(max_length=300)] = ""

    @model_validator(mode="after")
    def _in_order(self) -> "When":
        if self.latest < self.earliest:
            raise ValueError("the latest time is before the earliest")
        return self

    @classmethod
    def at(cls, moment: datetime, said: str = "") -> "When":
        """One known moment."""
        return cls(earliest=moment, latest=moment, said=said)

    def spoken(self) -> str:
        """The words it was said in, or the local day."""
        return self.said or f"{self.earliest.astimezone(HERE):%-d %B %Y}"
