"""What the record itself knows of something that is being said: filled in, or held against it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from onrecord.access.queries import agencies, behind_wall, with_children
from onrecord.access.rules import Viewer
from onrecord.duties.actions.allowed import Unanswerable
from onrecord.duties.actions.among import Among
from onrecord.duties.actions.clashes import stand_beside
from onrecord.duties.rules import Lowered
from onrecord.duties.rules.born import born_at_first, born_by, born_of
from onrecord.duties.rules.young import sooner, waits_for_conference
from onrecord.ledger.facts import Corrected, Declined, Entry, Fact, Known, Saying
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.queries import about, corrected, entries, families, threads, threads_about
from onrecord.ledger.rules.corrections import fixes_of, put_right, put_so
from onrecord.ledger.rules.effect import Line
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
        born=born_on_record(viewer, saying.about, now),
        agencies=with_children() if saying.fact.lends or saying.fact.given_to else {},
        sorts=agencies() if saying.fact.given_to else {},
        beside=lambda: stand_beside(viewer, saying, saying.fact.beside, (), now),
        hanging=lambda: _hanging(families(saying.regarding)),
    )
    return replace(saying, fact=saying.fact.completed(known))


def sooner_grown(found: Among, saying: Saying, now: datetime) -> list[Lowered]:
    """What the rules for the young would lose by another birth date, at once or within a year.

    It is held against the first date that was said, or that two agreed to: so small steps do not add up unseen.
    """
    if not isinstance(saying.fact, Corrected) or saying.fact.field != "child":
        return []
    (target,) = saying.regarding
    people, opened, lines = found.children, found.opened, found.lines
    would = put_so(put_right(opened[target], fixes_of(lines, now), opened).entry, saying)
    stands, after = born_of(lines, people, opened, now), born_of(lines, people, opened, now, would)
    if stands and after and after >= stands:
        return []
    ages = sooner(born_at_first(lines, people, opened, now), after, now.astimezone(HERE).date())
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
    known = threads(about(people_of(viewer, saying.about)))
    at = max([now, *(one.recorded_at for one in known)])
    if waits_for_conference(known, line, lowers, catalogue(), at):
        raise Unanswerable(CONFERENCE)


def _hanging(lines: Sequence[Line]) -> frozenset[str]:
    declined = {target for line in lines if line.kind == Declined.kind for target in line.regarding}
    return frozenset(line.kind for line in lines if line.id not in declined)


def _asks(fact: Fact) -> bool:
    return type(fact).completed is not Fact.completed


def people_of(viewer: Viewer, mentions: Sequence[UUID]) -> set[UUID]:
    """Everybody judged to be one of these, as far as this person may know."""
    people = {one for first in mentions for one in cluster(first)}
    return people - (behind_wall(viewer, people) - set(mentions))


def born_on_record(viewer: Viewer, mentions: Sequence[UUID], now: datetime) -> date | None:
    """The birth date on record of everybody judged to be one of these."""
    people = people_of(viewer, mentions) if mentions else set()
    known = threads_about(people) if people else []
    opened = {one.id: one for one in entries(born_by(known, people, now))}
    return born_of(known, people, opened, now)
