"""Lists are read whole or not at all, every fault with its row, column, value and rule; and made comparable."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
from duckdb import DuckDBPyConnection

from onrecord.linkage.gateway.comparable import make_comparable
from onrecord.linkage.gateway.reading import read_lists
from onrecord.linkage.rules.lists import ListFault, ListRefused
from tests.stages.linkage.lists import HEADING, ROW, write


@pytest.fixture
def con() -> Iterator[DuckDBPyConnection]:
    with duckdb.connect() as opened:
        yield opened


def refused(con: DuckDBPyConnection, *paths: Path) -> list[tuple[int, str, str, str]]:
    with pytest.raises(ListRefused) as caught:
        read_lists(con, paths)
    return [(fault.row, fault.column, fault.value, fault.rule) for fault in caught.value.faults]


def test_every_fault_is_told_with_its_place(con: DuckDBPyConnection, tmp_path: Path) -> None:
    rows = (
        ROW,
        ",school,B,,Khan,,,,,,",
        "a1,school,B,,Khan,,,,,,",
        "=a2,,B,,Khan,31/02/2010,,,,,",
        f"a3,school,{'x' * 201},,Khan,1850-01-01,,,,,",
    )
    assert refused(con, write(tmp_path / "list.csv", *rows)) == [
        (2, "unique_id", "a1", "an id stands once in all files"),
        (3, "unique_id", "", "every row has an id"),
        (4, "unique_id", "a1", "an id stands once in all files"),
        (5, "unique_id", "=a2", "no id begins as a formula"),
        (5, "dob", "31/02/2010", "a real date"),
        (5, "source_dataset", "", "every row has a source"),
        (6, "given_name", "x" * 200, "at most 200 signs"),
        (6, "dob", "1850-01-01", "a birth date between 1900 and 2100"),
    ]


def test_a_missing_column_is_told_and_nothing_is_guessed(con: DuckDBPyConnection, tmp_path: Path) -> None:
    path = write(tmp_path / "list.csv", heading=HEADING.replace("surname", "surnames"))
    assert refused(con, path) == [(1, "surname", "", "needed column")]


def test_an_id_of_two_files_is_found(con: DuckDBPyConnection, tmp_path: Path) -> None:
    one, other = write(tmp_path / "one.csv", ROW), write(tmp_path / "other.csv", "b1,gp,,,,,,,,,", ROW)
    with pytest.raises(ListRefused) as caught:
        read_lists(con, [one, other])
    assert caught.value.faults[1] == ListFault(
        "other.csv", 3, "unique_id", "a1", "This id stands on more than one row.", "an id stands once in all files"
    )


def test_a_file_that_is_no_list_is_refused(con: DuckDBPyConnection, tmp_path: Path) -> None:
    (tmp_path / "list.parquet").write_bytes(b"no parquet")
    assert refused(con, tmp_path / "list.parquet")[0][3] == "a CSV or Parquet file"
    (tmp_path / "list.csv").write_bytes(HEADING.encode() + b"\na1,school,\xff\xfe,,,,,,,,\n")
    assert refused(con, tmp_path / "list.csv")[0][3] == "a CSV or Parquet file"
    path = write(tmp_path / "wide.csv", ROW, f"{ROW},too,many,cells")
    assert refused(con, path)[0][3] == "a file that can be read"


def test_what_people_are_taken_to_be_is_never_read(con: DuckDBPyConnection, tmp_path: Path) -> None:
    path = write(tmp_path / "list.csv", f"{ROW},Q7,note", heading=f"{HEADING},Ethnicity,remarks")
    assert read_lists(con, [path]) == [
        "list.csv: Ethnicity was not read. What people are taken to be never enters the linking.",
        "list.csv: remarks was not read. Linking has no use for it.",
    ]
    columns = [row[0] for row in con.execute("DESCRIBE lists").fetchall()]
    assert not {"Ethnicity", "remarks"} & set(columns)
    assert "Q7" not in str(con.execute("FROM lists").fetchall())
    assert "Aisha" in str(con.execute("FROM lists").fetchall())


def test_parquet_and_semicolons_are_read_as_well(con: DuckDBPyConnection, tmp_path: Path) -> None:
    plain = write(tmp_path / "plain.csv", ROW.replace(",", ";"), heading=HEADING.replace(",", ";"))
    columns = ROW.replace("a1", "a2", 1).split(",")
    values = ", ".join(f"'{cell}' AS {name}" for name, cell in zip(HEADING.split(","), columns, strict=True))
    con.execute(f"COPY (SELECT {values}) TO '{tmp_path / 'other.parquet'}' (FORMAT parquet)").fetchall()
    assert read_lists(con, [plain, tmp_path / "other.parquet"]) == []
    rows = con.execute("SELECT unique_id, surname, dob, phone FROM lists ORDER BY number").fetchall()
    assert rows == [(uid, "Khan", "2010-05-31", "07700 900123") for uid in ("a1", "a2")]


def compared(con: DuckDBPyConnection, tmp_path: Path, column: str, *rows: str) -> list[object]:
    read_lists(con, [write(tmp_path / "list.csv", *(f"r{place},school,{row}" for place, row in enumerate(rows)))])
    make_comparable(con)
    return [row[0] for row in con.execute(f"SELECT {column} FROM records ORDER BY number").fetchall()]


def test_names_are_plain(con: DuckDBPyConnection, tmp_path: Path) -> None:
    said = ("O'Brien", "OBRIEN", "Żółkiewski", "unknown", "محمد", "Al-Hassan", "Smith-Jones")
    rows = [f"A,,{name},,,,,," for name in said]
    assert compared(con, tmp_path, "surname", *rows) == [
        "obrien", "obrien", "zolkiewski", None, "محمد", "alhassan", "smithjones"
    ]  # fmt: skip


def test_a_second_first_name_is_a_middle_name(con: DuckDBPyConnection, tmp_path: Path) -> None:
    rows = ["Mary Jane,,K,,,,,,", "Abdul Rahman Karim,,K,,,,,,", "Mary,Jane,K,,,,,,"]
    assert compared(con, tmp_path, "(given, middle)", *rows) == [
        ("mary", "jane"), ("abdulrahman", "karim"), ("mary", "jane")
    ]  # fmt: skip


def test_spellings_of_one_name_share_a_key(con: DuckDBPyConnection, tmp_path: Path) -> None:
    rows = [f"{name},,K,,,,,," for name in ("Mohammed", "Muhammad", "Mohamud", "Muhamed", "Moses", "Kasia", "Katie")]
    keys = compared(con, tmp_path, "given_key", *rows)
    assert keys[0] == keys[1] == keys[2] == keys[3] != keys[4]
    assert keys[5] == keys[6] != keys[4]


def test_dates_are_read_day_first(con: DuckDBPyConnection, tmp_path: Path) -> None:
    rows = [f"A,,K,{said},,,,," for said in ("2010-05-01", "01/05/2010", "1.5.2010", "20100501", "1 May 2010", "")]
    assert compared(con, tmp_path, "born", *rows) == [date(2010, 5, 1)] * 5 + [None]


def test_phones_postcodes_and_addresses_are_said_one_way(con: DuckDBPyConnection, tmp_path: Path) -> None:
    rows = [
        "A,,K,,,Flat 06 51,High St,ls1 4ap,+44 (0)7700 900123",
        'B,,K,,,"51, Flat 6",High Street,LS1 4AP,07700900123',
        "C,,K,,,,51 High St.,LS1,12",
    ]
    assert compared(con, tmp_path, "(house, street, postcode, area, phone)", *rows) == [
        ("51-6", "highstreet", "LS14AP", "LS1", "07700900123"),
        ("51-6", "highstreet", "LS14AP", "LS1", "07700900123"),
        ("51", "highstreet", None, "LS1", None),
    ]


def test_an_offices_phone_says_nothing(con: DuckDBPyConnection, tmp_path: Path) -> None:
    office = ["A,,K,,,,,,07700 900000"] * 60
    homes = [f"A,,K,,,,,,07700 9{place:05}" for place in range(1, 60)]
    assert compared(con, tmp_path, "phone", *office, *homes)[58:62] == [None, None, "07700900001", "07700900002"]
