"""`onrecord take police`: every row a report with a receipt, or nothing; and each fault in its place."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import typer
from typer.testing import CliRunner, Result

from onrecord.exchange import commands
from onrecord.intake.models import Report
from onrecord.ledger.actions import rebuild, receipt
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.queries import entry, size
from tests.partnership import Store

HEAD = "reference,happened,child.given_name,child.family_name,child.born,words,concern,danger_now,positions"
ROWS = (
    'NBP/1,04/10/2026 22:15,Zephyrine,Quillfeather,03/01/2012,"She was in a car, again.",Going missing,No,',
    "NBP/2,2026-10-04,Barnaby,Thistlewood,2011-05-06,He was found at the station.,,yes,I don't know",
    "NBP/3,,Ottoline,Marchbanks,,She would not say where she had been.,not_sure,unknown,no",
)


@pytest.fixture
def take(store: Store, tmp_path: Path) -> Callable[..., Result]:
    """Take a file of these lines below HEAD, as the officer, in an alphabet."""
    app = typer.Typer(pretty_exceptions_enable=False)
    commands.register(app)

    def _take(
        *lines: str, head: str = HEAD, alphabet: str = "utf-8", more: tuple[str, ...] = (), **names: Any
    ) -> Result:
        path = tmp_path / names.get("name", "day.csv")
        path.write_bytes("\r\n".join([head, *(lines or ROWS), ""]).encode(alphabet))
        return CliRunner().invoke(app, ["take", "police", str(path), "--by", names.get("by", "officer"), *more])

    return _take


def faults(done: Result) -> list[tuple[int, str, str, str, str]]:
    """Row, column, value, message and rule of each fault of a refusal in JSON."""
    told = json.loads(done.stdout)
    assert (done.exit_code, told["recorded"]) == (1, 0)
    return [tuple(one.values()) for one in told["faults"]]


def test_every_row_is_a_report_with_a_receipt_beside_the_file(take: Callable[..., Result], tmp_path: Path) -> None:
    done = take(more=("--json",))
    told = json.loads(done.stdout)
    assert done.exit_code == 0
    with (tmp_path / "day.csv.receipts.csv").open(encoding="utf-8", newline="") as file:
        kept = list(csv.DictReader(file))
    assert [(one["row"], one["reference"], one["report"], one["receipt"]) for one in kept] == [
        (str(one["row"]), one["reference"], one["id"], receipt(one["id"])) for one in told
    ]
    assert [(one["row"], one["reference"]) for one in told] == [(2, "NBP/1"), (3, "NBP/2"), (4, "NBP/3")]
    assert (tmp_path / "day.csv.receipts.csv").stat().st_mode & 0o077 == 0


def test_what_a_row_says_is_what_the_report_says(take: Callable[..., Result], tmp_path: Path) -> None:
    told = json.loads(take(more=("--json",)).stdout)
    first, second, third = (entry(UUID(one["id"])).saying for one in told)
    body = first.fact.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    assert body.pop("batch") == second.fact.model_dump()["batch"]
    assert body == {
        "child": {"given_name": "Zephyrine", "family_name": "Quillfeather", "born": "2012-01-03"},
        "words": "She was in a car, again.",
        "concern": "missing",
        "danger_now": "no",
        "positions": "unknown",
    }
    assert first.happened.earliest.isoformat() == "2026-10-04T21:15:00+00:00"
    assert (second.happened.spoken(), second.fact.coded()["concern"]) == ("4 October 2026", "not_sure")
    assert (third.happened.spoken(), first.by, first.agency) == ("5 October 2026", "officer", "police")


def test_the_rows_of_a_file_carry_one_mark_and_a_rebuild_gives_it_again(take: Callable[..., Result]) -> None:
    take()
    marks = set(Report.objects.values_list("batch", flat=True))
    assert [len(mark) for mark in marks] == [32]
    assert set(rebuild(check=True).values()) == {True}


@pytest.mark.parametrize("alphabet", ["utf-8", "utf-8-sig", "cp1252"])
def test_either_alphabet_is_read(alphabet: str, take: Callable[..., Result]) -> None:
    told = json.loads(take("1,,Zoë,,,“He waits” – it’s true.,,no,", alphabet=alphabet, more=("--json",)).stdout)
    fact = entry(UUID(told[0]["id"])).saying.fact
    assert (fact.spoken("child"), fact.spoken("words")) == ("Zoë", "“He waits” – it’s true.")


def test_the_same_file_again_is_the_same_reports_and_the_same_receipts(take: Callable[..., Result]) -> None:
    first, before = json.loads(take(more=("--json",)).stdout), size()
    assert (json.loads(take(more=("--json",)).stdout), size()) == (first, before)


def test_a_notification_in_a_later_file_is_the_same_report_by_its_reference(take: Callable[..., Result]) -> None:
    first, before = json.loads(take(more=("--json",)).stdout), size()
    again = json.loads(take(ROWS[1], ROWS[0], more=("--json",), name="next.csv").stdout)
    assert [one["id"] for one in again] == [first[1]["id"], first[0]["id"]]
    assert size() == before


def test_a_notification_that_says_something_else_now_is_refused(take: Callable[..., Result]) -> None:
    take()
    before = size()
    changed = ROWS[0].replace("again", "for the first time")
    found = faults(take(changed, more=("--json",)))
    assert [one[:3] for one in found] == [(2, "reference", "NBP/1")]
    assert found[0][4] == "a reference stands for one notification"
    assert size() == before


def test_all_of_a_file_or_nothing_and_each_fault_names_its_cell(take: Callable[..., Result], tmp_path: Path) -> None:
    before = size()
    found = faults(
        take(
            ROWS[0],
            "NBP/1,06/10/2099,Ana,,31/02/2012,,No such worry,perhaps,",
            "NBP/4,,,,,She told us.,,no,",
            more=("--json",),
        )
    )
    assert [(row, column, value) for row, column, value, _, _ in found] == [
        (3, "reference", "NBP/1"),
        (3, "happened", "06/10/2099"),
        (3, "child.born", "31/02/2012"),
        (3, "words", ""),
        (3, "concern", "No such worry"),
        (3, "danger_now", "perhaps"),
        (4, "child.given_name", ""),
    ]
    assert found[0][3] == "Row 2 has this reference too. Each notification has its own."
    assert found[3][3:] == ("Say what you saw or were told. One sentence is enough.", "must be answered")
    assert size() == before
    assert sorted(one.name for one in tmp_path.glob("*.*")) == ["day.csv"]


@pytest.mark.parametrize(
    ("head", "line", "column", "rule"),
    [
        (HEAD + ",batch", ROWS[0] + ",x", "batch", "known column"),
        (HEAD + ",words", ROWS[0] + ",x", "words", "one column of a name"),
        ("words,child.given_name", "x,y", "danger_now", "needed column"),
        (HEAD, ROWS[2] + ",,one more", "", "as many cells as columns"),
        (HEAD, ",,,,,,,,", "", "at least one row"),
        (HEAD, '1,,"a"b,,,x,,no,', "", "a CSV file"),
    ],
)
def test_a_file_of_another_shape_is_refused(
    head: str, line: str, column: str, rule: str, take: Callable[..., Result]
) -> None:
    found = faults(take(line, head=head, more=("--json",)))
    assert [(one[1], one[4]) for one in found] == [(column, rule)]


def test_faults_are_told_in_a_table_too(take: Callable[..., Result]) -> None:
    done = take("1,,,,,x,,perhaps,")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "Nothing was recorded: 2 faults in the file." in done.stderr
    assert "danger_now" in done.stderr
    assert "perhaps" in done.stderr


def test_no_one_else_marks_a_report_as_part_of_a_batch(store: Store) -> None:
    with pytest.raises(Refused, match="Only a file that is taken in as a batch"):
        store.report(batch="0" * 32)


def test_no_cell_of_the_receipts_is_a_formula(take: Callable[..., Result], tmp_path: Path) -> None:
    take("=1+1,,Ana,,,She told us.,,no,")
    with (tmp_path / "day.csv.receipts.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.DictReader(file))["reference"] == "'=1+1"


def test_where_receipts_cannot_be_written_nothing_is_recorded(
    take: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = size()
    (tmp_path / "day.csv.receipts.csv.new").mkdir()
    done = take()
    assert (done.exit_code, size()) == (2, before)
    assert "The receipts cannot be written beside" in done.stderr


def test_an_administrator_takes_none(take: Callable[..., Result]) -> None:
    before = size()
    assert (take(by="admin").exit_code, size()) == (1, before)
