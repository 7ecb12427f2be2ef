"""A spreadsheet saved as CSV, read into rows of named cells. Every fault of every row is told at once."""

import csv
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from onrecord.ledger.facts import Options

MOST = 1_000
"""Rows. They are one transaction, for which every other report waits: some eight milliseconds each."""
BRITISH = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:[ T](\d{1,2}:\d{2}))?")
EMPTY_NEEDED = "must be answered"


@dataclass(frozen=True)
class CellFault:
    """One thing wrong with a file: the row as a spreadsheet counts, the column, what stood there, what to do, why."""

    row: int
    column: str
    value: str
    message: str
    rule: str


class FileRefused(ValueError):
    """Nothing of a file was recorded. Holds every fault, in the order of the file."""

    def __init__(self, faults: Iterable[CellFault]) -> None:
        """Keep the faults, and say how many there are."""
        self.faults = tuple(sorted(faults, key=lambda fault: fault.row))
        count = len(self.faults)
        super().__init__(f"Nothing was recorded: {count} fault{'s' if count != 1 else ''} in the file.")


@dataclass(frozen=True)
class Row:
    """A row with something in it: its number, the heading being 1, and its cells by column."""

    number: int
    cells: dict[str, str] = field(default_factory=dict)

    def cell(self, column: str) -> str:
        """What stands in a column; "" for nothing."""
        return self.cells.get(column, "").strip()

    def fault(self, column: str, message: str, rule: str) -> CellFault:
        """Something wrong with a cell of this row."""
        return CellFault(self.number, column, self.cell(column)[:200], message, rule)


@dataclass(frozen=True)
class Table:
    """A file as read: its digest, and its rows."""

    digest: str
    rows: tuple[Row, ...]


def read_table(data: bytes, columns: Collection[str], needed: Collection[str]) -> Table:
    """Read a file that may have these columns and must have those needed. Raises FileRefused."""
    try:
        lines = list(_lines(_decoded(data)))
    except csv.Error as error:
        raise FileRefused([_whole("", f"It cannot be read as CSV: {error}.", "a CSV file")]) from None
    heads = [head.strip() for head in lines[0]] if lines else []
    faults = _head_faults(heads, columns, needed)
    rows = [Row(number, dict(zip(heads, cells, strict=False))) for number, cells in _filled(lines)]
    faults += [_too_wide(number, cells[len(heads) :]) for number, cells in _filled(lines) if any(cells[len(heads) :])]
    if not rows and not faults:
        faults.append(_whole("", "The file holds no row below its heading.", "at least one row"))
    if len(rows) > MOST:
        faults.append(_whole(str(len(rows)), f"A file has at most {MOST} rows. Split it.", f"at most {MOST} rows"))
    if faults:
        raise FileRefused(faults)
    return Table(sha256(data).hexdigest(), tuple(rows))


def coded(options: Options, cell: str) -> str:
    """A cell as the code of an answer, written as the code or in its words; as it stands where it is neither."""
    plain = cell.strip().casefold()
    known = {said.casefold(): code for code, said in options.words.items()}
    return known.get(plain, plain.replace(" ", "_") if plain.replace(" ", "_") in options.words else cell.strip())


def iso(cell: str) -> str:
    """A date as 2026-03-27; one written as 27/03/2026, as spreadsheets here do, is turned round, with its time."""
    match = BRITISH.fullmatch(cell.strip())
    if not match:
        return cell.strip()
    day, month, year, at = match.groups()
    return f"{year}-{month.zfill(2)}-{day.zfill(2)}" + (f"T{at.zfill(5)}" if at else "")


def _decoded(data: bytes) -> str:
    for alphabet in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(alphabet)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise FileRefused([_whole("", "Save the file as CSV UTF-8 and send it again.", "UTF-8 or Windows-1252 text")])


def _lines(text: str) -> Iterable[list[str]]:
    head = text.partition("\n")[0]
    between = ";" if head.count(";") > head.count(",") else ","
    return csv.reader((f"{line}\n" for line in text.split("\n")), delimiter=between, strict=True)


def _filled(lines: Sequence[list[str]]) -> list[tuple[int, list[str]]]:
    return [(number, cells) for number, cells in enumerate(lines, start=1) if number > 1 and any(map(str.strip, cells))]


def _head_faults(heads: list[str], columns: Collection[str], needed: Collection[str]) -> list[CellFault]:
    known = f"The columns are: {', '.join(columns)}."
    faults = [
        _whole(head, f"There is no such column. {known}", "known column") for head in heads if head not in columns
    ]
    twice = sorted({head for head in heads if heads.count(head) > 1 and head in columns})
    faults += [_whole(head, "This column stands twice. Take one out.", "one column of a name") for head in twice]
    missing = [head for head in needed if head not in heads]
    return faults + [_whole(head, f"The column “{head}” is missing. {known}", "needed column") for head in missing]


def _too_wide(number: int, extra: list[str]) -> CellFault:
    message = "This row has more cells than the heading has columns. Put a cell with a comma in quotation marks."
    return CellFault(number, "", ", ".join(filter(None, extra))[:200], message, "as many cells as columns")


def _whole(value: str, message: str, rule: str) -> CellFault:
    return CellFault(1, value if "column" in rule and value else "", value[:200], message, rule)
