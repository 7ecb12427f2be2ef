"""Every file of columns is written in one place, and no cell of it is taken for a formula by a spreadsheet."""

import csv
from pathlib import Path

import pytest

from onrecord.exchange.gateway import receipts_beside
from tests.house.tree import ROOT, written

WRITERS = ("csv.writer", "DictWriter", "to_csv", "openpyxl", "xlsxwriter", "text/csv", "ms-excel", "spreadsheetml")
ONE = "src/onrecord/exchange/gateway.py"
HOSTILE = ("=", "+", "-", "@", "\t", "\r", "\n")


def test_there_is_one_place_that_writes_columns() -> None:
    found = {
        str(path.relative_to(ROOT))
        for path in written("src")
        if any(word in path.read_text(encoding="utf-8") for word in WRITERS)
    }
    assert found == {ONE}


@pytest.mark.parametrize("sign", HOSTILE)
def test_no_cell_begins_as_a_formula(tmp_path: Path, sign: str) -> None:
    told = f"{sign}HYPERLINK(1)"
    with receipts_beside(tmp_path / "day.csv") as keep:
        path = keep([(2, told, told, told, told), (3, "", "NBP/1", "x", "y")])
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[1] == ["2", *[f"'{told}"] * 4]
    assert rows[2] == ["3", "", "NBP/1", "x", "y"]
    assert not [cell for row in rows for cell in row if cell.startswith(HOSTILE)]
