"""What the record itself knows of something that is being said: filled in, or held against it."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from onrecord.access.queries import behind_wall, with_children
from onrecord.access.rules import Viewer
from onrecord.duties.actions.allowed import Unanswerable
from onrecord.duties.rules import Lowered
from onrecord.duties.rules.young import sooner, waits_for_conference
from onrecord.ledger.facts import Corrected, Entry, Fact, Known, Person, Saying
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.queries import about, corrected, entries, makers, threads, would_be
from onrecord.ledger.rules.corrections import fixes_of
from onrecord.ledger.rules.effect import Line, corrected_fact
from onrecord.linkage.queries import cluster

CONFERENCE = (
    "The child is under 13 and sexual harm is alleged: nothing about the child is lowered but by a child protection "
    "conference. Record the conference first, and let another agency that took part say that it is so. One that was "
    "held before the last report or assessment does not count."
)
WHOM = "This is said of a child. Say of which one (about), or record it on the child's file."


def informed(viewer: Viewer, saying: Saying, now: datetime) -> Saying:
    """The same with what the record knows filled in. Raises Refused, Unanswerable."""
    if saying.fact.on_file and not saying.about:
        raise Unanswerable(WHOM)
    if not _asks(saying.fact):
        return saying
    answered = [right.entry for right in corrected(entries(saying.regarding), now).values()]
    known = Known(
        day=saying.happened.latest.astimezone(HERE).date(),
        answered=tuple(made.saying.fact for made in answered),
        said_by=tuple(made.saying.agency for made in answered),
        days=tuple(made.saying.happened.latest.astimezone(HERE).date() for made in answered),
        born=_born(viewer, saying.about, now),
        agencies=with_children() if saying.fact.lends else {},
    )
    return replace(saying, fact=saying.fact.completed(known))


def sooner_grown(viewer: Viewer, saying: Saying, now: datetime) -> list[Lowered]:
    """What the rules for the young would lose by another birth date, at once or within a year.

    It is held against the first date that was said, or that two agreed to: so small steps do not add up unseen.
    """
    if not isinstance(saying.fact, Corrected) or saying.fact.field != "child":
        return []
    people, would = _people(viewer, saying.about), would_be(saying, now)
    stands, after = born_of(people, now), born_of(people, now, would)
    if stands and after and after >= stands:
        return []
    ages = sooner(_born_at_first(people, now), after, now.astimezone(HERE).date())
    return [Lowered("age", f"what holds for a child under {age} would end, or end sooner") for age in ages]


def as_before(saying: Saying, already: Entry) -> Saying:
    """What is sent a second time, with everything left unsaid as it was filled in the first time."""
    before = already.saying.fact
    if not (_asks(saying.fact) or saying.fact.from_record) or type(before) is not type(saying.fact):
        return saying
    unsaid = [name for name in type(before).model_fields if getattr(saying.fact, name) is None]
    return replace(saying, fact=saying.fact.model_copy(update={name: getattr(before, name) for name in unsaid}))


def check_conference(viewer: Viewer, saying: Saying, line: Line, lowers: Sequence[Lowered], now: datetime) -> None:
    """Raise Unanswerable where only a conference may lower what this would lower, and none was held for it."""
    if not lowers and saying.fact.ends_concern is None:
        return
    known = threads(about(_people(viewer, saying.about)))
    at = max([now, *(one.recorded_at for one in known)])
    if waits_for_conference(known, line, lowers, catalogue(), at):
        raise Unanswerable(CONFERENCE)


def _asks(fact: Fact) -> bool:
    return type(fact).completed is not Fact.completed


def _people(viewer: Viewer, mentions: Sequence[UUID]) -> set[UUID]:
    """Everybody judged to be one of these, as far as this person may know."""
    people = {one for first in mentions for one in cluster(first)}
    return people - (behind_wall(viewer, people) - set(mentions))


def _born(viewer: Viewer, mentions: Sequence[UUID], now: datetime) -> date | None:
    """The birth date on record of everybody judged to be one of these."""
    return born_of(_people(viewer, mentions), now) if mentions else None


def _born_at_first(people: Collection[UUID], now: datetime) -> date | None:
    """The birth date that was said first, or that two put in its place; the latest, where several were given."""
    made = entries(set(makers(people).values())) if people else []
    fixes = fixes_of(threads(one.id for one in made), now) if made else {}
    opened = {one.id: one for one in entries(uid for found in fixes.values() for uid in found)}
    said = (_first_born(one, [opened[uid] for uid in fixes.get(one.id, ())]) for one in made)
    return max((born for born in said if born), default=None)


def _first_born(made: Entry, fixes: Sequence[Entry]) -> date | None:
    born = _child_born(made.saying.fact)
    for number, fix in enumerate(fixes, start=1):
        if born is None or fix.proposed:
            born = _child_born(corrected_fact(made, fixes[:number])[0])
    return born


def _child_born(fact: Fact) -> date | None:
    child = getattr(fact, "child", None)
    return child.born if isinstance(child, Person) else None


def born_of(people: Collection[UUID], now: datetime, would: Entry | None = None) -> date | None:
    """The birth date on record; the latest, where several were given: who may be younger is held to be.

    With one of the entries as it would be, where that is asked.
    """
    made = entries(set(makers(people).values())) if people else []
    stands = {uid: right.entry for uid, right in corrected(made, now).items()}
    stands |= {would.id: would} if would and would.id in stands else {}
    said = (_child_born(one.saying.fact) for one in stands.values())
    return max((born for born in said if born), default=None)
