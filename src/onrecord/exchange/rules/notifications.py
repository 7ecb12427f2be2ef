"""A file of police notifications: a row for each child, read into reports. What was not said stays unknown."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from onrecord.duties.rules.times import read_when
from onrecord.exchange.rules.table import EMPTY_NEEDED, CellFault, FileRefused, Row, Table, coded, iso
from onrecord.intake.facts import ReportReceived
from onrecord.ledger.facts import When, Wrong
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.rules.shape import Sort, csv_columns, find, parts, row_to_raw
from onrecord.ledger.rules.wording import in_words

OWN = ("reference", "happened", "on_behalf")
COLUMNS = (*OWN, *(column for column in csv_columns(ReportReceived) if column != "batch"))
NEEDED = ("words", "danger_now")
UNSAID = {"concern": "not_sure", "positions": "unknown"}
LONGEST = 300


@dataclass(frozen=True)
class Notification:
    """A row that can be reported: the id it will have, what it says, when it happened if it says so, and for whom."""

    row: Row
    id: UUID
    fact: ReportReceived
    happened: When | None
    on_behalf: str | None


def notifications(table: Table, agency: str, now: datetime, zone: tzinfo) -> list[Notification]:
    """Every row as a report. A row with a reference of its own keeps its id in every later file of this agency.

    Raises FileRefused with every fault of every row.
    """
    found: list[Notification] = []
    faults: list[CellFault] = []
    seen: dict[str, int] = {}
    mark = uuid5(NAMESPACE_URL, f"onrecord/batch/{table.digest}")
    for row in table.rows:
        faults += _twice(row, seen)
        made = _read(row, _id(row, mark, agency), mark.hex, now, zone)
        if isinstance(made, Notification):
            found.append(made)
        else:
            faults += made
    if faults:
        raise FileRefused(faults)
    return found


def _id(row: Row, mark: UUID, agency: str) -> UUID:
    if reference := row.cell("reference"):
        return uuid5(uuid5(NAMESPACE_URL, f"onrecord/notifications/{agency}"), reference)
    return uuid5(mark, str(row.number))


def _twice(row: Row, seen: dict[str, int]) -> Iterator[CellFault]:
    reference = row.cell("reference")
    if reference and reference in seen:
        message = f"Row {seen[reference]} has this reference too. Each notification has its own."
        yield row.fault("reference", message, "a reference stands once in a file")
    seen.setdefault(reference, row.number)


def _read(row: Row, uid: UUID, mark: str, now: datetime, zone: tzinfo) -> Notification | list[CellFault]:
    faults: list[CellFault] = []
    happened, fact = None, None
    try:
        happened = read_when(iso(row.cell("happened")), now, zone) if row.cell("happened") else None
    except ValueError as error:
        faults.append(row.fault("happened", f"{error}.", "a date or a time that has been"))
    if len(row.cell("on_behalf")) > LONGEST:
        faults.append(row.fault("on_behalf", f"Use {LONGEST} characters or fewer.", "length"))
    try:
        fact = ReportReceived.heard(_raw(row) | {"batch": mark})
    except Refused as refused:
        faults += [_fault(row, in_words(ReportReceived, fault)) for fault in refused.faults]
    if fact is None or faults:
        return faults
    return Notification(row, uid, fact, happened, row.cell("on_behalf") or None)


def _raw(row: Row) -> dict[str, Any]:
    """The plain values of a row: answers as codes, dates as ISO dates, what nobody was asked as not known."""
    cells = {column: cell for column, cell in row.cells.items() if column not in OWN}
    return UNSAID | row_to_raw(ReportReceived, {column: _plain(column, cell) for column, cell in cells.items()})


def _plain(column: str, cell: str) -> str:
    part = find(parts(ReportReceived), column)
    if part is None or not cell.strip():
        return cell
    if part.options:
        return coded(part.options, cell)
    return iso(cell) if part.sort is Sort.DAY else cell


def _fault(row: Row, fault: Wrong) -> CellFault:
    """A fault of a field, said of the column; of the first of a field's columns where the field is blank altogether."""
    column = fault.field if fault.field in COLUMNS else next((c for c in COLUMNS if c.startswith(fault.field)), "")
    rule = EMPTY_NEEDED if not row.cell(column) else fault.rule
    return replace(row.fault(column, fault.message, rule), value=row.cell(column)[:200])
