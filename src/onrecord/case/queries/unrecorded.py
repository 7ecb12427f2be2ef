"""Who met and left no record: for anybody, so bodies and counts, and never a child."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.utils.timezone import localtime

from onrecord.case.facts import FACTS
from onrecord.case.facts import MinutesRecorded as Minutes
from onrecord.case.facts.enquiry import MetAsStep
from onrecord.case.rules import Unrecorded, unrecorded
from onrecord.duties.queries import DutyView, owed_for
from onrecord.ledger.queries import lately
from onrecord.ledger.rules.effect import Line

MET: Mapping[str, str] = {
    fact.kind: fact.meets_as[0] if issubclass(fact, MetAsStep) else "" for fact in FACTS if fact.attended
}
"""The kinds that say that people met, each with its sort of meeting; "" where the fact says itself which."""


def bodies(now: datetime) -> tuple[list[Unrecorded], date, date]:
    """Who met in the twelve whole months before this one and left no record, as it stood when the last one ended.

    For anybody: bodies and counts, by agency and sort of meeting. Nothing is opened. Also the first and the last day.
    """
    ends = localtime(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    starts = ends.replace(year=ends.year - 1)
    met = [line for line in lately(list(MET), starts) if starts <= line.happened_at < ends]
    held = {line.id: (line.agency, MET[line.kind] or str(line.coded["sort"])) for line in met if _owes(line)}
    owed = [view for views in owed_for(held, now).values() for view in views if _asks_for_minutes(view)]
    without = {view.opening for view in owed if view.due_at <= ends and not (view.done_at and view.done_at < ends)}
    return unrecorded(held, without), starts.date(), (ends - timedelta(days=1)).date()


def _owes(line: Line) -> bool:
    """Whether it owes minutes itself: a step that was taken at a meeting on record leaves them to the meeting."""
    return "minuted" not in line.coded


def _asks_for_minutes(view: DutyView) -> bool:
    return any(match.kind == Minutes.kind for match in view.rule.discharged_by)
