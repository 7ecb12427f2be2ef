"""Linking a hundred thousand invented records, beside Splink as it comes and tuned; and two sample lists."""

import csv
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from benchmarks.link_splink import best
from benchmarks.people_made import COLUMNS, Made, population
from benchmarks.store import Figure, scaled
from onrecord.linkage.gateway.comparable import make_comparable
from onrecord.linkage.gateway.linking import link
from onrecord.linkage.gateway.reading import read_lists
from onrecord.linkage.rules.fair import WIDEST, gap

START = datetime(2026, 10, 5, 8, tzinfo=UTC)
SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "data" / "exchange" / "linkage"
LEAST, ANEW = 0.9, 11


def run() -> list[Figure]:
    """The invented population, one of another seed, and the two sample lists where they stand."""
    count = scaled(100_000)
    figures = _against_splink(population(count))
    with TemporaryDirectory() as folder:
        again, _, _ = linked(population(count, ANEW), Path(folder))
    figures.append(Figure(f"{count:,} of another seed: F1", round(again, 4), "", f"at least {LEAST}", again >= LEAST))
    return figures + _samples()


def linked(made: list[Made], folder: Path, fair: bool = True) -> tuple[float, float, float]:
    """Link a population: F1 at the threshold that was chosen without truth, the gap between names, and the seconds.

    The gap is measured only where it is asked for: reading the truth is no part of linking.
    """
    path, truth, output = folder / "in.csv", folder / "truth.csv", folder / "out.csv"
    write(path, made)
    with truth.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("unique_id", "person"), *((one.cells[0], one.person) for one in made)])
    start = time.perf_counter()
    done = link([path], output, START, truth if fair else None, lambda step, of: None)
    took = time.perf_counter() - start
    person = {one.cells[0]: one.person for one in made}
    with output.open(encoding="utf-8", newline="") as file:
        right = sum(person[row["unique_id_l"]] == person[row["unique_id_r"]] for row in csv.DictReader(file))
    return 2 * right / (done.links + there(made)), gap(done.traditions), took


def write(path: Path, made: list[Made]) -> None:
    """A population as one list."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *(one.cells for one in made)])


def there(made: list[Made]) -> int:
    """How many pairs of records are of one person."""
    return sum(count * (count - 1) // 2 for count in Counter(one.person for one in made).values())


def _against_splink(made: list[Made]) -> list[Figure]:
    with TemporaryDirectory() as folder:
        ours, apart, took = linked(made, Path(folder))
        with duckdb.connect() as con:
            read_lists(con, [Path(folder) / "in.csv"])
            make_comparable(con)
            person = {place: one.person for place, one in enumerate(made, start=1)}
            others = {name: best(con, name, person, there(made)) for name in ("untuned", "tuned")}
    name = f"{len(made):,} records"
    most = max(f1 for f1, _ in others.values())
    figures = [
        Figure(f"{name}: F1 of Splink, {which}", round(f1, 4), "", f"for comparison; best weight {weight:.1f}", True)
        for which, (f1, weight) in others.items()
    ]
    within = f"at least {LEAST}, and above Splink"
    figures.append(Figure(f"{name}: F1, no truth used", round(ours, 4), "", within, ours >= LEAST and ours > most))
    fair = f"at most {100 * WIDEST:g}"
    figures.append(Figure(f"{name}: between naming traditions", round(100 * apart, 2), "points", fair, apart <= WIDEST))
    return [*figures, Figure(f"{name}: linking took", round(took, 1), "s", "for comparison", True)]


def _samples() -> list[Figure]:
    """Two lists of 500 that name the same children, 26 of them with something altered."""
    if not SAMPLES.is_dir():
        return []
    with TemporaryDirectory() as folder:
        paths = [_sample(name, Path(folder)) for name in ("csc", "education")]
        output = Path(folder) / "out.csv"
        link([path for path, _ in paths], output, START, None, lambda step, of: None)
        with output.open(encoding="utf-8", newline="") as file:
            found = {(row["unique_id_l"], row["unique_id_r"]) for row in csv.DictReader(file)}
    same = set(zip(paths[0][1], paths[1][1], strict=True))
    return [
        Figure("two lists of 500: pairs found", len(found & same), "", "at least 474 of 500", len(found & same) >= 474),
        Figure("two lists of 500: wrong pairs", len(found - same), "", "none", not found - same),
    ]


def _sample(name: str, folder: Path) -> tuple[Path, list[str]]:
    """One of the sample lists in our columns, and its ids in order."""
    with (SAMPLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    path = folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *(_cells(row, name) for row in rows)])
    return path, [row["Cms Id"] for row in rows]


def _cells(row: dict[str, str], name: str) -> tuple[str, ...]:
    first, *rest = row["Address"].split("\n")
    house, street = (first, rest[0]) if len(rest) > 2 else first.split(" ", 1)
    said = row["Cms Id"], name, row["First Name"], "", row["Last Name"], row["Date Of Birth"], row["Gender"]
    return (*said, house, street, rest[-1], "")
