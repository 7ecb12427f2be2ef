"""Everything on record about one child in the order of time, in sentences, the newest first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onrecord.access.queries import called, names
from onrecord.duties.queries.thread import by_whom, told
from onrecord.ledger.facts import Corrected, Declined, Entry
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.rules.corrections import put_right
from onrecord.ledger.rules.effect import Line, standing
from onrecord.ledger.rules.places import quiet

ASIDE = ("access.", "intake.report_routed")
"""Kinds about reading, roles and routing. Who read a file is not for those who read it."""


@dataclass(frozen=True)
class Listed:
    """A line of the chronology, not opened: `waits` and `declined` mark a proposal that has no effect."""

    line: Line
    waits: bool = False
    declined: bool = False


@dataclass(frozen=True)
class Item:
    """A line of the chronology, opened. `first` is what was first said, where it was put right since."""

    at: datetime
    recorded_at: datetime
    title: str
    text: str
    by: str
    first: str
    waits: bool
    declined: bool


def listed(lines: Iterable[Line], known_at: datetime) -> list[Listed]:
    """What the chronology lists, the newest first. A correction that counts stands with what it puts right."""
    given = _told_here(lines)
    counting = {made.line.id: made.line for made in standing(given, known_at)}
    declined = {target for line in given if line.kind == Declined.kind for target in line.regarding}
    found = [Listed(line) for line in counting.values() if line.kind != Corrected.kind]
    found += [
        Listed(line, line.id not in declined, line.id in declined)
        for line in given
        if line.proposed and line.id not in counting
    ]
    return sorted(found, key=lambda one: (one.line.happened_at, one.line.seq), reverse=True)


def _told_here(lines: Iterable[Line]) -> list[Line]:
    """Without what is said aside, and all that answers it: that a file was opened, and that nobody reviewed it."""
    aside: set[UUID] = set()
    kept = []
    for line in lines:
        if line.kind.startswith(ASIDE) or aside.intersection(line.regarding):
            aside.add(line.id)
        else:
            kept.append(line)
    return kept


def chosen(found: Iterable[Listed], agency: str, kind: str) -> list[Listed]:
    """Those of one agency, and of one kind; "" for any."""
    return [one for one in found if agency in ("", one.line.agency) and kind in ("", one.line.kind)]


def agencies(found: Iterable[Listed]) -> list[tuple[str, str]]:
    """Every agency that said something, with its name; the machine is no agency."""
    ids = {one.line.agency for one in found}
    return sorted(((uid, called(uid)) for uid in ids if called(uid) != uid), key=lambda pair: pair[1])


def kinds(found: Iterable[Listed]) -> list[tuple[str, str]]:
    """Every kind that occurs, with its title."""
    return sorted({(one.line.kind, catalogue()[one.line.kind].title) for one in found}, key=lambda pair: pair[1])


def items(
    found: Iterable[Listed], fixes: Mapping[UUID, list[UUID]], opened: Mapping[UUID, Entry], rules: dict[str, str]
) -> list[Item]:
    """These lines in sentences. `rules` are the titles of rules, by id."""
    given = [(one, opened[one.line.id]) for one in found]
    people = names(made.saying.on_behalf or made.saying.by for _, made in given)
    return [_item(one, made, fixes, opened, rules, people) for one, made in given]


def _item(
    one: Listed,
    made: Entry,
    fixes: Mapping[UUID, list[UUID]],
    opened: Mapping[UUID, Entry],
    rules: dict[str, str],
    people: dict[str, str],
) -> Item:
    right = put_right(made, fixes, opened)
    return Item(
        at=one.line.happened_at,
        recorded_at=made.recorded_at,
        title=made.saying.fact.title,
        text=told(quiet(right.entry), rules),
        by=by_whom(made, people),
        first=told(quiet(made), rules) if right.fields else "",
        waits=one.waits,
        declined=one.declined,
    )
