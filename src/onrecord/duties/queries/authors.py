"""To whom a duty went, as the author of a report is told: alike for every report, sealed or not.

What is sealed goes only outside, and may go there sooner. Were its author told so, they would learn that somebody who
works here is named in it; so they are shown the steps that any report takes, in words that are true of the rules.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from onrecord.access.queries import holders, seat_agency
from onrecord.duties.queries.climbs import Told
from onrecord.duties.queries.lists import DutyView
from onrecord.duties.rules import Step
from onrecord.rulebook.facts import OWING


def told_steps(view: DutyView, known: Sequence[Told], looked: datetime | None) -> list[Told]:
    """The steps taken, of which `known` are on record. `looked` is when the watch last looked; None before it did."""
    if view.wall is None:
        return list(known)
    return [_told(view, step) for step in _taken(view, looked)]


def told_rung(view: DutyView, looked: datetime | None) -> int:
    """How many steps were taken."""
    return view.rung if view.wall is None else len(_taken(view, looked))


def _taken(view: DutyView, looked: datetime | None) -> list[Step]:
    """The steps of any report that the watch would have taken before the answer."""
    steps = view.promised if looked else []
    return [step for step in steps if looked and step.at <= looked and (view.done_at is None or step.at < view.done_at)]


def _told(view: DutyView, step: Step) -> Told:
    agency = view.agency if step.of == OWING else seat_agency(step.role, step.of) or step.of
    return Told(step.at, step.role, agency, step.outside, bool(holders(step.role, agency)))


def as_any(view: DutyView) -> DutyView:
    """A duty as it is owed for any report, for the author's eyes: who would owe it by the rule, due when it is due.

    To whom it went is left out: of a sealed report that would be another, and to say the usual would be untrue.
    """
    if view.wall is None:
        return view
    seat = view.rule.owed_by
    return replace(view, wall=None, role=seat.role, agency=seat_agency(seat.role, seat.of) or view.agency, rung=0)
