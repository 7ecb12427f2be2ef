"""Invented lists for the tests of linking."""

import csv
from pathlib import Path

from benchmarks.people_made import COLUMNS, Made

HEADING = ",".join(COLUMNS)
ROW = "a1,school,Aisha,,Khan,2010-05-31,F,12,Elm Road,LS1 4AP,07700 900123"


def write(path: Path, *rows: str, heading: str = HEADING) -> Path:
    """A list of these rows."""
    path.write_text("\n".join([heading, *rows]) + "\n", encoding="utf-8")
    return path


def write_made(path: Path, made: list[Made]) -> Path:
    """An invented population as one list."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(one.cells for one in made)
    return path


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a file that linking wrote."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
