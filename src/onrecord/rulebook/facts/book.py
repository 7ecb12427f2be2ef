"""A rule, its worked examples, the calendar, and the rulebook they make."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import PlainSerializer, StringConstraints, model_validator

from onrecord.rulebook.facts.said import Code, Count, Index, Kind, Line, LocalTime, Said
from onrecord.rulebook.facts.seats import Rung, Seat
from onrecord.rulebook.facts.values import Many, Term, Value

ANY = "any"
"""The kind that stands for every kind: used where what matters is that a fact is proposed."""

Nation = Literal["england"]
Alarm = Literal["child_now", "child_owed", "standard"]
Clock = Literal["recorded", "happened", "regarded", "first"]
"""From when a limit runs: the recording of the fact, what happened, the recording of what the fact answers, or that of
the first of an unbroken row of facts that opened the same, each in the place of the one before."""
Standing = Literal["in_effect", "proposed"]
Of = Literal["agency", "person", "signature"]
State = Literal["open", "late", "met", "met_late", "ended"]


class Together(Said):
    """Who took part: the field that holds several codes, those that must stand there, and how many at least."""

    field: Code
    all_of: tuple[Code, ...] = ()
    at_least: Count = 1


class Match(Said):
    """Which facts are meant: a kind, codes that must stand in its fields, and codes that must not."""

    kind: Kind
    where: Mapping[Code, tuple[Code, ...]] = {}
    unless: Mapping[Code, tuple[Code, ...]] = {}
    standing: Standing = "in_effect"
    together: Together | None = None
    by_two: Literal[True] | None = None
    """Of an answer after which what is owed is never done, or comes back no more: it does so only where a second person
    agreed to it."""
    vouched: Literal[True] | None = None
    """Of an answer by which people met: it is one only once another agency that took part has said that it is so."""


class Repeat(Said):
    """The duty comes back: how long after each answer, and which facts end it for good."""

    every: tuple[Value, ...]
    ended_by: tuple[Match, ...]


class Challenge(Said):
    """How long what was agreed may be challenged with effect, from the second signature on, and by whose word."""

    within: tuple[Value, ...]
    by: Match


class Given(Said):
    """A fact in a worked example. `regarding` is the place in the list, from 0, of the fact that it names."""

    kind: Kind
    at: LocalTime
    happened: LocalTime | None = None
    coded: Mapping[Code, Code | tuple[Code, ...]] = {}
    standing: Standing = "in_effect"
    regarding: Index | None = None


class Expected(Said):
    """What must follow: occurrences count from 1; `told` are the roles reached by then, in order."""

    occurrence: Count
    due: LocalTime
    state: State
    told: tuple[Code, ...] = ()


class Example(Said):
    """A short story that runs as a test. Nothing expected means that nothing is owed."""

    name: Line
    given: tuple[Given, ...]
    now: LocalTime
    expect: tuple[Expected, ...]


class Rule(Said):
    """One duty. `rows` are the rows of the failure list that it answers."""

    id: Code
    title: Line
    meaning: Line
    nation: Nation
    rows: tuple[Count, ...]
    opens: Match
    owed_by: Seat
    alarm: Alarm
    clock: Clock
    within: tuple[Value, ...]
    until: Code | None = None
    """The field of the fact that may name a nearer day: of what opens it, and where it comes back, of each answer."""
    grace: Term | None = None
    """How long after the named day it falls due; without it, at the end of that day."""
    early: Term | None = None
    """How many days before it arose a step may have been taken and answer it all the same; without it, on that day."""
    discharged_by: tuple[Match, ...]
    repeats: Repeat | None = None
    challenge: Challenge | None = None
    """Of a rule about proposals: what it takes to set aside, for a time, what was agreed."""
    many: Mapping[Of, tuple[Many, ...]] = {}
    """Of a rule about much that was lowered at once: from when on it is, for one agency, one person, one signature."""
    ladder: tuple[Rung, ...]
    examples: tuple[Example, ...]


class Calendar(Said):
    """The days that are not worked, besides weekends, from `first` to `last` inclusive."""

    nation: Nation
    timezone: Literal["Europe/London"]
    first: date
    last: date
    holidays: Annotated[frozenset[date], PlainSerializer(sorted, return_type=list[date])]

    @model_validator(mode="after")
    def _within_its_days(self) -> Self:
        if self.last < self.first or not all(self.first <= day <= self.last for day in self.holidays):
            raise ValueError("every holiday lies between the first day and the last")
        return self

    def __hash__(self) -> int:
        """Cheap on purpose: a calendar is half of the key under which worked-out days are kept."""
        return hash((self.nation, self.timezone, self.first, self.last))


class Rulebook(Said):
    """All rules of a nation, in the order of their ids, and its calendar.

    `digest` is the SHA-256, in hex, of the frozen text of everything else (`gateway.freeze`).
    """

    nation: Nation
    rules: tuple[Rule, ...]
    calendar: Calendar
    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
