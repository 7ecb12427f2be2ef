"""What was raised, read from the record itself: what was owed, by whom and when, and who was told that it was not met.

Raised is what climbed because it was not met, and every refused attempt to lower. A duty met in time is not raised.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onrecord.access.facts import ROLES, AgencyJoined
from onrecord.access.queries import first_of_each_sort
from onrecord.duties.facts import DutyEscalated, LoweringRefused
from onrecord.duties.queries import duties_as_at
from onrecord.duties.rules import Duty
from onrecord.duties.rules.fold import LATE, MET_LATE
from onrecord.ledger.facts import Entry
from onrecord.ledger.queries import entries, envelopes
from onrecord.ledger.rules.sentence import sentence
from onrecord.linkage.queries import candidates


@dataclass(frozen=True)
class Told:
    """Who was told, when, and whether they are outside."""

    who: str
    at: datetime
    outside: bool


@dataclass(frozen=True)
class Raised:
    """Something that was not met or was refused: what, by which rule, when, due when, owed by whom, told to whom."""

    what: str
    rule: str
    at: datetime
    due: datetime
    owed_by: str
    told: tuple[Told, ...]


def raised(now: datetime) -> list[Raised]:
    """Everything raised in this record by `now` (aware), by the time it was raised."""
    names, owed = agency_names(), duties_as_at(now, now)
    told, refused = _told(names), {made.uid for made in envelopes([LoweringRefused.kind])}
    found = [duty for duty in owed if duty.key in told or duty.state in (LATE, MET_LATE) or duty.opening in refused]
    openings = {entry.id: entry for entry in entries(duty.opening for duty in found)}
    sorts = first_of_each_sort()
    made = []
    for duty in found:
        opening, owing = openings[duty.opening], sorts.get(duty.owed_of, duty.owed_of)
        at = opening.recorded_at if duty.opening in refused else duty.due_at
        owed_by = seat(duty.role, owing, names)
        made.append(Raised(_what(duty, opening), duty.rule.id, at, duty.due_at, owed_by, tuple(told[duty.key])))
    return sorted(made, key=lambda item: (item.at, item.due))


def agency_names() -> dict[str, str]:
    """The name of each agency, by its id, as it joined."""
    joined = entries(made.uid for made in envelopes([AgencyJoined.kind]))
    facts = [entry.saying.fact for entry in joined]
    return {fact.agency: fact.name for fact in facts if isinstance(fact, AgencyJoined)}


def seat(role: str, agency: str, names: Mapping[str, str]) -> str:
    """A seat in words: "Head of service, Northbrook Children's Services"."""
    return f"{ROLES.words.get(role, role)}, {names.get(agency, agency)}"


def _told(names: Mapping[str, str]) -> dict[UUID, list[Told]]:
    """Who was told of each duty that was not met, in order. A step to a seat that nobody holds told nobody."""
    found: dict[UUID, list[Told]] = defaultdict(list)
    for made in reversed(envelopes([DutyEscalated.kind])):
        steps = found[UUID(made.coded["duty"])]
        if made.coded["told"]:
            who = seat(made.coded["role"], made.coded["agency"], names)
            steps.append(Told(who, made.recorded_at, made.coded["outside"] == "yes"))
    return found


def _what(duty: Duty, opening: Entry) -> str:
    """What was owed, in words; with a refusal, what was refused; with a child, what the record knew of them already."""
    words = duty.rule.title
    if isinstance(opening.saying.fact, LoweringRefused):
        words = f"{sentence(opening)} {words}"
    elif opening.proposed:
        words = f"{words}: “{opening.saying.fact.title}”, proposed and without effect"
    known = candidates(opening, opening.recorded_at)
    if not known:
        return words
    sources = {f"{one.source}, since {one.since:%-d %B %Y} ({'; '.join(one.likeness.words)})" for one in known}
    return f"{words}. The record knew this child already: {' and '.join(sorted(sources))}"
