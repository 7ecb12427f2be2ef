"""What follows by itself once something was lowered: it is said, drawn to be read again, and counted."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import uuid5

from django.db import transaction

from onrecord.access.queries import agencies
from onrecord.duties.actions.people import tell_outside
from onrecord.duties.facts import BulkLoweringFound, LoweringTookEffect
from onrecord.duties.rules.fold import SPACE
from onrecord.duties.rules.many import WITHIN, children, many
from onrecord.intake.queries import open_concerns
from onrecord.ledger.actions import append, hold
from onrecord.ledger.facts import Entry
from onrecord.ledger.gateway.keys import drawn
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.queries import last_of, lines, untaken
from onrecord.ledger.rules.effect import Line
from onrecord.ledger.rules.machine import machine_saying

ONE_IN = 20
NEWEST = 1000
MANY = "One agency lowered much within a few days. Sign in to see how much, and the references."


def took_effect(made: Entry, now: datetime) -> None:
    """Say of each lowering about a child that this signature agreed to that it counts now."""
    sorts = agencies()
    for line in lines(made.saying.regarding):
        if line.proposed and line.mentions and line.agency in sorts:
            _say(line, sorts[line.agency], now)


def _say(line: Line, sort: str, now: datetime) -> None:
    kind = catalogue()[line.kind]
    ranked = any((options := kind.options(name)) and options.ranked for name in kind.model_fields)
    fact = LoweringTookEffect(
        decided_by=sort, of_level="yes" if ranked else "no", reread="yes" if drawn("reread", line.id, ONE_IN) else "no"
    )
    uid = untaken(uuid5(SPACE, f"lowered/{line.id}"), fact.kind)
    said = machine_saying(fact, now, uid=uid, about=line.mentions, regarding=(line.id,))
    append([replace(said, agency=line.agency)])


def bulk_lowerings(now: datetime) -> int:
    """Agencies that lowered much within a week: each lowering is told outside once, at once. How many agencies."""
    lately = last_of([LoweringTookEffect.kind], NEWEST)
    if not lately or lately[0].recorded_at <= now - WITHIN:
        return 0
    with transaction.atomic():
        hold()
        told = {one for line in last_of([BulkLoweringFound.kind], NEWEST) for one in line.coded["references"]}
        concerns = open_concerns()
        found = many([line for line in lately if told.isdisjoint(_references([line]))], concerns, now)
        for agency, said in found.items():
            _note(agency, said, concerns, now)
    return len(found)


def _references(said: Iterable[Line]) -> tuple[str, ...]:
    return tuple(sorted(str(target)[:8] for line in said for target in line.regarding))


def _note(agency: str, said: Sequence[Line], concerns: int, now: datetime) -> None:
    uid = untaken(uuid5(SPACE, f"many/{said[0].id}"), BulkLoweringFound.kind)
    if not lines([uid]):
        sort, count, which = str(said[0].coded["decided_by"]), children(said), _references(said)
        fact = BulkLoweringFound(agency=agency, sort=sort, children=count, concerns=concerns, references=which)
        tell_outside(append([machine_saying(fact, now, uid=uid)])[0], MANY, now)
