"""Looking for a child. Only keyed hashes are looked through; nobody is opened whose file somebody may not open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onrecord.access.queries import called, tied_to
from onrecord.access.rules import Viewer, can_decide
from onrecord.case.queries.opening import open_to, visible
from onrecord.duties.queries.restricted import kept_from
from onrecord.duties.queries.walls import said_inside
from onrecord.ledger.facts import Person, mention_of
from onrecord.ledger.queries import entries, makers, threads
from onrecord.ledger.rules.corrections import PutRight, fixes_of, put_right
from onrecord.ledger.rules.effect import Line
from onrecord.linkage.queries import like, likeness

MOST = 10
ALIKE = 100
"""How many mentions are looked up of those that could be meant: of the children one works with, and of all."""
LOOKED_AT = 50
"""How many mentions are opened to see whether they fit; the likeliest come first."""


@dataclass(frozen=True)
class Match:
    """A child whose file somebody may open: how they are called, since when, by whom, and why they fit."""

    mention: UUID
    child: Person
    first_name: str
    agency: str
    since: datetime
    why: tuple[str, ...]


@dataclass(frozen=True)
class Looked:
    """What a search came to, before anything is opened. `elsewhere` is told to the deciding front door only.

    `made` gives the entry of each mention, newest first; `people` everybody judged to be the same child.
    """

    made: Mapping[UUID, UUID]
    people: Mapping[UUID, frozenset[UUID]]
    lines: Sequence[Line]
    elsewhere: bool


def look(viewer: Viewer, sought: Person) -> Looked:
    """Whose file somebody may open among those who could be meant. Nothing is opened."""
    ours_first = [*like(sought, ALIKE, tied_to(viewer)), *like(sought, ALIKE)]
    made = makers(dict.fromkeys(ours_first))
    every = threads(made.values())
    lines = visible(viewer, every)
    seen = {line.id for line in lines}
    inside = [line for line in said_inside(viewer, every) if line.id not in seen]
    own = {mention_of(line.id, "child") for line in inside}
    shown = {mention: entry for mention, entry in made.items() if entry in seen or mention in own}
    ours = open_to(viewer, shown)
    newest = [mention for mention in ours_first if mention in ours]
    others = shown.keys() - ours.keys() if can_decide(viewer) else set()
    elsewhere = bool(others - kept_from(viewer, others))
    return Looked(
        {one: shown[one] for one in list(dict.fromkeys(newest))[:LOOKED_AT]}, ours, [*lines, *inside], elsewhere
    )


def matches(looked: Looked, sought: Person, now: datetime) -> tuple[list[Match], bool]:
    """The children that fit, one line for each, and whether there are more than are shown."""
    fixes = fixes_of(looked.lines, now)
    wanted = [*looked.made.values(), *(uid for entry in looked.made.values() for uid in fixes.get(entry, ()))]
    opened = {made.id: made for made in entries(wanted)} if wanted else {}
    found: dict[frozenset[UUID], Match] = {}
    for mention, entry in looked.made.items():
        fits = _match(mention, put_right(opened[entry], fixes, opened), sought)
        if fits:
            found.setdefault(looked.people[mention], fits)
    return list(found.values())[:MOST], len(found) > MOST


def _match(mention: UUID, said: PutRight, sought: Person) -> Match | None:
    child, first = (getattr(made.saying.fact, "child", None) for made in (said.entry, said.first))
    fits = likeness(sought, child) or likeness(sought, first) if child and first else None
    if fits is None or not isinstance(child, Person):
        return None
    made = said.entry
    return Match(mention, child, said.first_name, called(made.saying.agency), made.saying.happened.earliest, fits.words)
