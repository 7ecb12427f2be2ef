"""From which day on a step may have been taken to meet what is owed, and what was recorded that does not meet it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from onrecord.duties.models import Owed
from onrecord.duties.queries.lists import DutyView
from onrecord.duties.rules.arisen import arose, put_right_at
from onrecord.duties.rules.law import local_day_of
from onrecord.duties.rules.since import first_day, roots_of
from onrecord.duties.rules.unmet import EARLY, means, why_not
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.queries import above, lines, threads
from onrecord.ledger.rules.effect import Line, Standing, below, standing
from onrecord.rulebook.rules import matches


class Unmet(NamedTuple):
    """Something recorded that names what a duty is owed for, and does not meet it: what, on which day, and why not."""

    entry: UUID
    title: str
    day: date
    why: str


def first_days(views: Iterable[DutyView]) -> Mapping[UUID, date]:
    """By the key of each of these duties, the first local day on which a step may have been taken to meet it."""
    found = list(views)
    before = last_answers(found)
    openings = {view.opening for view in found}
    known = {line.id: line for line in above(openings)}
    known |= {line.id: line for line, _ in _counting(openings) if line.id in openings}
    return {view.key: _first_day(view, known, before.get(view.key)) for view in found}


def _first_day(view: DutyView, known: Mapping[UUID, Line], before: Line | None) -> date:
    """`known` is what opened it as it counts, with everything that it answers."""
    opening = known[view.opening]
    day = first_day(view.rule, opening, roots_of(opening, known))
    return max(day, local_day_of(before.happened_at)) if before else day


def last_answers(views: Iterable[DutyView]) -> Mapping[UUID, Line]:
    """By the key of each of these duties that has come back, what answered it the last time."""
    again = {(view.rule.id, view.opening, view.occurrence - 1): view.key for view in views if view.occurrence > 1}
    rows = Owed.objects.filter(opening__in={opening for _, opening, _ in again}, done_by__isnull=False) if again else []
    done = {row.done_by: again[place] for row in rows if (place := (row.rule, row.opening, row.occurrence)) in again}
    made = {line.id: line for line in lines(uid for uid in done if uid)}
    return {key: made[uid] for uid, key in done.items() if uid in made}


def unmet(view: DutyView, known: Iterable[Line]) -> list[Unmet]:
    """What was recorded about what a waiting duty is owed for, and does not meet it, in the order of the record.

    `known` is what the opening of the duty answers, and everything that answers any of it.
    """
    found = {line.id: line for line in known}
    opening = found[view.opening]
    said = _counted(below(found.values(), view.opening)) if view.waits else []
    meant = [line for line, _ in said if view.opening in line.regarding and means(view.rule, line)]
    if not meant:
        return []
    before = last_answers([view]).get(view.key)
    first = _first_day(view, found | {line.id: line for line, _ in said}, before)
    arisen = _arisen(view, opening, said)
    rows = Owed.objects.filter(opening=view.opening, rule=view.rule.id, done_by__isnull=False)
    used = set(rows.values_list("done_by", flat=True))
    short = []
    for line in meant:
        day = local_day_of(line.happened_at)
        early = line.agency != view.agency and line.recorded_at < arisen
        why = why_not(view.rule, line, day, first, before) or (EARLY if early else "")
        if why and line.id not in used:
            short.append(Unmet(line.id, catalogue()[line.kind].title, day, why))
    return short


def _arisen(view: DutyView, first: Line, counting: Iterable[Standing]) -> datetime:
    """When it came to be owed by what opened it: that counts, or was put right, from then on."""
    opens = view.rule.opens
    since = next((one.effective_at for one in counting if one.line.id == view.opening), first.recorded_at)
    return arose(lambda coded: matches(opens, first.kind, coded, opens.standing), first, since, put_right_at(counting))


def _counting(roots: Iterable[UUID]) -> list[Standing]:
    return _counted(threads(roots))


def _counted(said: Sequence[Line]) -> list[Standing]:
    return standing(said, said[-1].recorded_at) if said else []
