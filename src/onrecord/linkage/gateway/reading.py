"""Lists for linking, read whole or not at all: CSV or Parquet, many at once, every fault of every row told."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from onrecord.linkage.rules.lists import (
    COLUMNS,
    FORMULA,
    LONGEST,
    ListFault,
    ListRefused,
    cell_fault,
    head_faults,
    unread,
)
from onrecord.linkage.rules.plain import born

MOST_TOLD, PART, FEWEST = 1_000, 10_000, 2


def read_lists(con: DuckDBPyConnection, paths: Sequence[Path]) -> list[str]:
    """Make the table `lists` of these files, and say in words which columns were not read. Raises ListRefused."""
    heads = [(path, _heads(con, path)) for path in paths]
    if faults := [fault for path, names in heads for fault in head_faults(path.name, names)]:
        raise ListRefused(faults)
    parts = " UNION ALL ".join(_part(place, path, names) for place, (path, names) in enumerate(heads))
    try:
        con.execute(
            f"CREATE OR REPLACE TABLE lists AS SELECT row_number() OVER () AS number, * FROM ({parts})"
        ).fetchall()
    except duckdb.Error as error:
        raise ListRefused([ListFault(paths[0].name, 0, "", "", _plainly(error), "a file that can be read")]) from None
    if faults := list(_faults(con, paths)):
        raise ListRefused(faults)
    return [words for path, names in heads for words in _not_read(path, names)]


def hold(con: DuckDBPyConnection, rows: Iterable[Sequence[str | None]]) -> None:
    """Make the table `lists` of rows of COLUMNS, which never touch the disc. Raises ListRefused for fewer than two."""
    columns = ", ".join(f"{name} VARCHAR" for name in COLUMNS)
    con.execute(f"CREATE OR REPLACE TABLE held (row BIGINT, {columns})").fetchall()
    insert = f"INSERT INTO held SELECT {', '.join(['unnest(?)'] * (len(COLUMNS) + 1))}"
    count, waiting = 0, iter(rows)
    while part := list(islice(waiting, PART)):
        con.execute(insert, [list(range(count, count + len(part))), *map(list, zip(*part, strict=True))]).fetchall()
        count += len(part)
    if count < FEWEST:
        raise ListRefused([ListFault("", 0, "", "", "The record names fewer than two children.", "two mentions")])
    con.execute(
        "CREATE OR REPLACE TABLE lists AS SELECT row_number() OVER (ORDER BY row) AS number, 0 AS file, * FROM held"
    ).fetchall()
    con.execute("DROP TABLE held").fetchall()


def _heads(con: DuckDBPyConnection, path: Path) -> list[str]:
    try:
        if path.suffix.casefold() in (".parquet", ".pq"):
            return [str(row[0]) for row in con.execute("DESCRIBE FROM read_parquet(?)", [str(path)]).fetchall()]
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [name.strip() for name in next(csv.reader(file, delimiter=_between(path)), [])]
    except (OSError, UnicodeDecodeError, csv.Error, duckdb.Error) as error:
        raise ListRefused([ListFault(path.name, 0, "", "", _plainly(error), "a CSV or Parquet file")]) from None


def _between(path: Path) -> str:
    with path.open(encoding="utf-8-sig") as file:
        head = file.readline()
    return ";" if head.count(";") > head.count(",") else ","


def _part(place: int, path: Path, heads: Sequence[str]) -> str:
    """SQL: the rows of one file, each with the file's place and its own number, empty cells being NULL."""
    columns = ", ".join(f"{_cell(name)} AS {name}" if name in heads else f"NULL::VARCHAR AS {name}" for name in COLUMNS)
    at = str(path).replace("'", "''")
    if path.suffix.casefold() in (".parquet", ".pq"):
        return f"SELECT {place} AS file, row_number() OVER () AS row, {columns} FROM read_parquet('{at}')"
    named = ", ".join(f"'{name.replace(chr(39), chr(39) * 2)}': 'VARCHAR'" for name in _distinct(heads))
    read = (
        f"read_csv('{at}', header=true, auto_detect=false, columns={{{named}}}, delim='{_between(path)}', quote='\"',"
    )
    return f"SELECT {place} AS file, row_number() OVER () + 1 AS row, {columns} FROM {read} escape='\"', nullstr='')"


def _distinct(heads: Sequence[str]) -> list[str]:
    """Headings as names that stand once: those without a name or twice are not read anyway."""
    return [name if name and heads.index(name) == place else f"unnamed {place}" for place, name in enumerate(heads)]


def _cell(name: str) -> str:
    return f"nullif(trim(CAST(\"{name}\" AS VARCHAR)), '')"


def _faults(con: DuckDBPyConnection, paths: Sequence[Path]) -> Iterator[ListFault]:
    read = born("dob")
    signs = FORMULA.replace("\t", "").replace("\r", "")
    checks = {
        "no id": ("unique_id", "unique_id IS NULL"),
        "id a formula": ("unique_id", f"strpos('{signs}', left(unique_id, 1)) > 0"),
        "id twice": ("unique_id", "unique_id IN (SELECT unique_id FROM lists GROUP BY unique_id HAVING count(*) > 1)"),
        "no source": ("source_dataset", "source_dataset IS NULL"),
        "no date": ("dob", f"dob IS NOT NULL AND {read} IS NULL"),
        "wrong century": ("dob", f"year({read}) NOT BETWEEN 1900 AND 2099"),
    } | {name: (name, f"length({name}) > {LONGEST}") for name in COLUMNS}
    parts = (
        f"SELECT file, row, '{what}', {column} FROM lists WHERE {where}" for what, (column, where) in checks.items()
    )
    rows = con.execute(f"{' UNION ALL '.join(parts)} ORDER BY ALL LIMIT {MOST_TOLD}").fetchall()
    for file, row, what, value in rows:
        yield cell_fault(paths[file].name, row, what, value)


def _not_read(path: Path, heads: Sequence[str]) -> Iterator[str]:
    barred, extra = unread(heads)
    if barred:
        yield f"{path.name}: {', '.join(barred)} was not read. What people are taken to be never enters the linking."
    if extra:
        yield f"{path.name}: {', '.join(extra)} was not read. Linking has no use for it."


def _plainly(error: Exception) -> str:
    """The first line of what went wrong, without the file's own words."""
    if isinstance(error, OSError):
        return f"It cannot be read: {error.strerror}."
    if isinstance(error, UnicodeDecodeError):
        return "Save the file as CSV UTF-8 and try again."
    return f"It cannot be read: {str(error).splitlines()[0][:LONGEST]}"
