"""Steps whose home is another case system: one line each, read into the fact that answers what is owed here.

The full record stays where it is. Here stand its date, its outcome and where it can be found.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from onrecord.access.facts import SORTS
from onrecord.case.facts import (
    AssessmentCompleted,
    ConferenceHeld,
    CoreGroupMet,
    PathwayPlanReviewed,
    StrategyDiscussionHeld,
)
from onrecord.case.facts.care import CareLeaverRecorded
from onrecord.duties.rules.times import read_when
from onrecord.exchange.rules.table import EMPTY_NEEDED, CellFault, Row, Table, coded, iso
from onrecord.intake.facts import DecisionMade
from onrecord.ledger.facts import Fact, When, Wrong
from onrecord.ledger.facts.wrong import Refused
from onrecord.rulebook.facts import Rule
from onrecord.rulebook.rules import matches

COLUMNS = ("child", "report", "step", "date", "outcome", "reference", "agency", "present", "why")
NEEDED = ("step", "date", "agency")


@dataclass(frozen=True)
class Kind:
    """A step: the fact that it is here, by which fact the duty it answers was opened, and where its outcome stands."""

    fact: type[Fact]
    opened_by: str
    outcome: str = "outcome"


KINDS = {
    "strategy discussion": Kind(StrategyDiscussionHeld, DecisionMade.kind),
    "assessment": Kind(AssessmentCompleted, DecisionMade.kind),
    "conference": Kind(ConferenceHeld, StrategyDiscussionHeld.kind),
    "core group": Kind(CoreGroupMet, ConferenceHeld.kind, ""),
    "review": Kind(PathwayPlanReviewed, CareLeaverRecorded.kind, "housing"),
}
UNANSWERING = {
    "section 47": "An enquiry ends without a conference only if another agency agrees, and a file proposes nothing. "
    "Record it on the duty's own page, and leave the line out.",
    "visit": "No rule in force is answered by a visit, so a visit discharges nothing here. Leave the line out.",
}


@dataclass(frozen=True)
class Line:
    """A row that can be recorded: whom or what it is about, the step, and the day on which it was taken."""

    row: Row
    id: UUID
    kind: Kind
    fact: Fact
    happened: When
    agency: str

    def answers(self, rule: Rule) -> bool:
        """Whether the step is an answer to a duty of this rule."""
        said = self.fact.coded()
        return rule.opens.kind == self.kind.opened_by and any(
            matches(match, self.fact.kind, said, "in_effect") for match in rule.discharged_by
        )


def read_steps(
    table: Table, agencies: dict[str, tuple[str, str]], now: datetime, zone: tzinfo
) -> tuple[list[Line], list[CellFault]]:
    """Every row that can be understood, and every fault. `agencies`: id and sort by id and by name, folded."""
    lines: list[Line] = []
    faults: list[CellFault] = []
    for row in table.rows:
        made = _read(row, uuid5(NAMESPACE_URL, f"onrecord/steps/{table.digest}/{row.number}"), agencies, now, zone)
        if isinstance(made, Line):
            lines.append(made)
        else:
            faults += made
    return lines, faults


def _read(
    row: Row, uid: UUID, agencies: dict[str, tuple[str, str]], now: datetime, zone: tzinfo
) -> Line | list[CellFault]:
    faults = list(_which(row))
    step = row.cell("step").casefold()
    kind, agency = KINDS.get(step), agencies.get(row.cell("agency").casefold())
    if kind is None:
        known = f"Write one of: {', '.join(KINDS)}."
        faults.append(row.fault("step", UNANSWERING.get(step, known), "a step that answers a duty"))
    if agency is None:
        message = "Write the agency whose system it comes from, by its id or its name here."
        faults.append(row.fault("agency", message, "an agency that takes part"))
    happened = _happened(row, now, zone, faults)
    fact = _fact(row, kind, agency, faults) if kind and agency else None
    if faults or kind is None or agency is None or happened is None or fact is None:
        return faults
    return Line(row, uid, kind, fact, happened, agency[0])


def _which(row: Row) -> Iterable[CellFault]:
    if bool(row.cell("child")) == bool(row.cell("report")):
        message = "Say which child or which report: one of the two, and not both."
        yield row.fault("report" if row.cell("report") else "child", message, "a child or a report")


def _happened(row: Row, now: datetime, zone: tzinfo, faults: list[CellFault]) -> When | None:
    try:
        return read_when(iso(row.cell("date")), now, zone)
    except ValueError as error:
        faults.append(row.fault("date", f"{error}.", "a day that has been"))
        return None


def _fact(row: Row, kind: Kind, agency: tuple[str, str], faults: list[CellFault]) -> Fact | None:
    if not kind.outcome and row.cell("outcome"):
        faults.append(row.fault("outcome", "A core group has no outcome. Leave the cell blank.", "no outcome"))
    try:
        return kind.fact.heard(_body(row, kind, agency[1]))
    except Refused as refused:
        faults += [_cell(row, kind, fault) for fault in refused.faults]
        return None


def _body(row: Row, kind: Kind, sort: str) -> dict[str, Any]:
    """The answers of a fact. What stays in the other system is said to be there; nothing is made up.

    The agency whose system it comes from took part.
    """
    reference, why = row.cell("reference"), row.cell("why")
    options = kind.fact.options(kind.outcome) if kind.outcome else None
    elsewhere = "The full record is kept in the system it was imported from" + (f": {reference}." if reference else ".")
    present = [coded(SORTS, cell) for cell in row.cell("present").split(";") if cell.strip()]
    said: dict[str, Any] = {
        kind.outcome: coded(options, row.cell("outcome")) if options else "",
        "reference": reference,
        "present": list(dict.fromkeys([sort, *present])),
        "why": why or elsewhere,
        "plan": f"{why} {elsewhere}".strip(),
        "late_because": why,
    }
    return {name: value for name, value in said.items() if name in kind.fact.model_fields and value}


def _cell(row: Row, kind: Kind, fault: Wrong) -> CellFault:
    name = fault.field.partition(".")[0]
    column = "outcome" if name == kind.outcome else name if name in COLUMNS else "why"
    options = kind.fact.options(name) if name in kind.fact.model_fields else None
    message = f"Write one of: {', '.join(options.offered)}." if options else fault.message
    return row.fault(column, message, fault.rule if row.cell(column) else EMPTY_NEEDED)
