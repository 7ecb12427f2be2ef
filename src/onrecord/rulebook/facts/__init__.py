"""What a rulebook says: rules, dated values, sources, ladders, worked examples, and a calendar.

Every model is frozen and refuses a field it does not know. A model says only what a value may look like;
whether a rule is fit to be adopted is judged in `rules.faults`, so that every fault is told at once.
"""

from onrecord.rulebook.facts.book import (
    ANY,
    Alarm,
    Calendar,
    Challenge,
    Clock,
    Example,
    Expected,
    Given,
    Match,
    Nation,
    Repeat,
    Rule,
    Rulebook,
    Standing,
    State,
    Together,
)
from onrecord.rulebook.facts.findings import Change, Fault, KindShape
from onrecord.rulebook.facts.said import LocalTime, Said
from onrecord.rulebook.facts.seats import (
    AGENCY_SORTS,
    NAMED,
    OUTSIDE,
    OUTSIDE_ROLES,
    OWING,
    RECORDING,
    ROLES,
    Rung,
    Seat,
)
from onrecord.rulebook.facts.values import NOT_COMMENCED, Many, Source, Status, Term, Value

__all__ = [
    "AGENCY_SORTS",
    "ANY",
    "NAMED",
    "NOT_COMMENCED",
    "OUTSIDE",
    "OUTSIDE_ROLES",
    "OWING",
    "RECORDING",
    "ROLES",
    "Alarm",
    "Calendar",
    "Challenge",
    "Change",
    "Clock",
    "Example",
    "Expected",
    "Fault",
    "Given",
    "KindShape",
    "LocalTime",
    "Many",
    "Match",
    "Nation",
    "Repeat",
    "Rule",
    "Rulebook",
    "Rung",
    "Said",
    "Seat",
    "Source",
    "Standing",
    "State",
    "Status",
    "Term",
    "Together",
    "Value",
]
