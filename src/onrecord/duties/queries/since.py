"""From which day on a step may have been taken to meet what is owed, and what was recorded that does not meet it."""

from collections.abc import Iterable, Mapping
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
from onrecord.ledger.rules.effect import Line, Standing, standing
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
    days = {view.key: first_day(view.rule, line := known[view.opening], roots_of(line, known)) for view in found}
    last = {key: local_day_of(line.happened_at) for key, line in before.items()}
    return {key: max(day, last.get(key, day)) for key, day in days.items()}


def last_answers(views: Iterable[DutyView]) -> Mapping[UUID, Line]:
    """By the key of each of these duties that has come back, what answered it the last time."""
    again = {(view.rule.id, view.opening, view.occurrence - 1): view.key for view in views if view.occurrence > 1}
    rows = Owed.objects.filter(opening__in={opening for _, opening, _ in again}, done_by__isnull=False) if again else []
    done = {row.done_by: again[place] for row in rows if (place := (row.rule, row.opening, row.occurrence)) in again}
    made = {line.id: line for line in lines(uid for uid in done if uid)}
    return {key: made[uid] for uid, key in done.items() if uid in made}


def unmet(view: DutyView) -> list[Unmet]:
    """What was recorded about what a waiting duty is owed for, and does not meet it, in the order of the record."""
    said = _counting([view.opening]) if view.waits else []
    meant = [line for line, _ in said if view.opening in line.regarding and means(view.rule, line)]
    if not meant:
        return []
    first, before = first_days([view])[view.key], last_answers([view]).get(view.key)
    arisen = _arisen(view, said)
    rows = Owed.objects.filter(opening=view.opening, rule=view.rule.id, done_by__isnull=False)
    used = set(rows.values_list("done_by", flat=True))
    found = []
    for line in meant:
        day = local_day_of(line.happened_at)
        early = line.agency != view.agency and line.recorded_at < arisen
        why = why_not(view.rule, line, day, first, before) or (EARLY if early else "")
        if why and line.id not in used:
            found.append(Unmet(line.id, catalogue()[line.kind].title, day, why))
    return found


def _arisen(view: DutyView, counting: Iterable[Standing]) -> datetime:
    """When it came to be owed by what opened it: that counts, or was put right, from then on."""
    (first,), opens = lines([view.opening]), view.rule.opens
    since = next((one.effective_at for one in counting if one.line.id == view.opening), first.recorded_at)
    return arose(lambda coded: matches(opens, first.kind, coded, opens.standing), first, since, put_right_at(counting))


def _counting(roots: Iterable[UUID]) -> list[Standing]:
    said = threads(roots)
    return standing(said, said[-1].recorded_at) if said else []
