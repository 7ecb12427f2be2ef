"""Import steps taken in another system: each answers exactly one open duty, or nothing of the file is recorded."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from onrecord.access.rules import Denied, Viewer, check_record
from onrecord.duties.actions import IdTaken, NeedsReason, ReasonRefused, Unanswerable, record
from onrecord.duties.queries import DutyView, owed_for
from onrecord.duties.queries.since import first_days
from onrecord.duties.rules.law import local_day_of
from onrecord.exchange.queries import mentions_meant
from onrecord.exchange.rules.steps import Line
from onrecord.exchange.rules.table import CellFault, FileRefused
from onrecord.intake.queries import hidden
from onrecord.ledger.actions import receipt
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.queries import about, entries

Progress = Callable[[int, int], None]
ONE = "a line answers exactly one open duty"


@dataclass(frozen=True)
class Step:
    """A line that was recorded: the entry, the rule whose duty it answered ("" when read before), and its receipt."""

    row: int
    id: UUID
    rule: str
    receipt: str


def import_steps(
    viewer: Viewer,
    lines: Sequence[Line],
    broken: Sequence[CellFault],
    now: datetime,
    progress: Progress = lambda done, of: None,
) -> list[Step]:
    """Record every line, in order, so that one may answer what the line before it opened. `broken`: faults so far.

    The same file again records nothing new. Raises FileRefused with every fault, and Denied.
    """
    check_record(viewer)
    done: list[Step] = []
    faults = list(broken)
    with transaction.atomic():
        for count, line in enumerate(lines, start=1):
            made = _step(viewer, line, now)
            if isinstance(made, Step):
                done.append(made)
            else:
                faults.append(made)
            progress(count, len(lines))
        if faults:
            raise FileRefused(faults)
    return done


def _step(viewer: Viewer, line: Line, now: datetime) -> Step | CellFault:
    known = entries([line.id])
    if known and (known[0].saying.fact, known[0].saying.by) == (line.fact, viewer.user):
        return Step(line.row.number, line.id, "", receipt(line.id))
    found = _owed(viewer, line, now)
    if len(found) != 1:
        return _fault(line, _unmatched(line, len(found)), ONE)
    try:
        with transaction.atomic():
            made = record(
                viewer, line.fact, uid=line.id, now=now, happened=line.happened, regarding=(found[0].opening,)
            )
    except (Denied, NeedsReason, ReasonRefused, Unanswerable, Refused, IdTaken) as refusal:
        return _fault(line, str(refusal), "those who owe it may record it, and nothing is lowered by a file")
    return Step(line.row.number, made.entry.id, found[0].rule.id, receipt(made.entry.id))


def _owed(viewer: Viewer, line: Line, now: datetime) -> list[DutyView]:
    """The open duties that the line may mean, and none behind a wall. A step taken before one arose answers it not."""
    meant = mentions_meant(line.row.cell("child"), line.row.cell("report"))
    uids = about(meant) if meant else []
    owed = owed_for(set(uids) - set(hidden(viewer, uids)), now)
    waiting = [view for views in owed.values() for view in views if view.waits and view.agency == line.agency]
    fits = [view for view in waiting if line.answers(view.rule)]
    first = first_days(fits)
    return [view for view in fits if first[view.key] <= local_day_of(line.happened.earliest)]


def _unmatched(line: Line, count: int) -> str:
    if count:
        return (
            f"{count} open duties fit this line. Name the report, not the child, or record it on the duty's own page."
        )
    return (
        "No open duty fits this line. Check the child or report, the step, the outcome, the agency, who took part, and "
        "that the date is not before the duty arose."
    )


def _fault(line: Line, message: str, rule: str) -> CellFault:
    return line.row.fault("report" if line.row.cell("report") else "child", message, rule)
