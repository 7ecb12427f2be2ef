"""When a child was born, by everything that was said of it and what put that right. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from onrecord.ledger.facts import Entry, Fact, Person
from onrecord.ledger.rules.corrections import fixes_of, put_right
from onrecord.ledger.rules.effect import Line, corrected_fact


def born_by(lines: Sequence[Line], people: Collection[UUID], now: datetime, also: Iterable[UUID] = ()) -> set[UUID]:
    """The entries to open for a birth date: the first about each of these, others also, and corrections that count.

    `lines` are all about these people, and all that answers any of it.
    """
    made, fixes = {*_makers(lines, people), *also}, fixes_of(lines, now)
    return made | {fix for uid in made for fix in fixes.get(uid, ())}


def born_of(
    lines: Sequence[Line],
    people: Collection[UUID],
    opened: Mapping[UUID, Entry],
    now: datetime,
    would: Entry | None = None,
) -> date | None:
    """The birth date on record; the latest, where several were given: who may be younger is held to be.

    With one of the entries as it would be, where that is asked.
    """
    fixes = fixes_of(lines, now)
    stands = {uid: put_right(opened[uid], fixes, opened).entry for uid in _makers(lines, people)}
    stands |= {would.id: would} if would and would.id in stands else {}
    said = (_child_born(one.saying.fact) for one in stands.values())
    return max((born for born in said if born), default=None)


def born_at_first(
    lines: Sequence[Line], people: Collection[UUID], opened: Mapping[UUID, Entry], now: datetime
) -> date | None:
    """The birth date that was said first, or that two put in its place; the latest, where several were given."""
    fixes = fixes_of(lines, now)
    made = (opened[uid] for uid in _makers(lines, people))
    said = (_first_born(one, [opened[uid] for uid in fixes.get(one.id, ())]) for one in made)
    return max((born for born in said if born), default=None)


def _makers(lines: Sequence[Line], people: Collection[UUID]) -> set[UUID]:
    """The entry that made each of these: the first that carries it."""
    made: dict[UUID, UUID] = {}
    for line in lines:
        for mention in line.mentions:
            made.setdefault(mention, line.id)
    return {made[mention] for mention in people if mention in made}


def _first_born(made: Entry, fixes: Sequence[Entry]) -> date | None:
    born = _child_born(made.saying.fact)
    for number, fix in enumerate(fixes, start=1):
        if born is None or fix.proposed:
            born = _child_born(corrected_fact(made, fixes[:number])[0])
    return born


def _child_born(fact: Fact) -> date | None:
    child = getattr(fact, "child", None)
    return child.born if isinstance(child, Person) else None
