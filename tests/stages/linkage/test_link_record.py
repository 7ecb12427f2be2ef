"""`onrecord link` without a list: the record itself, for the deciding front door, with what people judged."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from onrecord.access.facts import RecordOpened
from onrecord.cli.app import app
from onrecord.ledger.facts import Entry, mention_of
from onrecord.ledger.queries import every
from onrecord.linkage.facts import LinkJudged
from tests.partnership import Store

GIVEN = ("Ada", "Beth", "Cleo", "Dora", "Elke", "Fern", "Gwen", "Hana", "Iris", "Jade", "Kezia", "Lotte")
FAMILY = ("Arden", "Brock", "Croft", "Dunmore", "Ellery", "Farrow", "Garland", "Hobday", "Ingram", "Jessop", "Kendal",
          "Lomax")  # fmt: skip
CHILDREN = [
    {
        "given_name": given,
        "family_name": family,
        "born": f"2012-0{1 + place % 9}-1{place % 7}",
        "sex": "F",
        "phone": f"07700 9000{place:02}",
        "postcode": f"ZZ{place} 1AA",
    }
    for place, (given, family) in enumerate(zip(GIVEN, FAMILY, strict=True))
]


def link(output: Path, by: str = "front-door", *more: str) -> Any:
    return CliRunner().invoke(app, ["link", "--output", str(output), "--by", by, *more])


def pairs(output: Path) -> set[frozenset[str]]:
    with output.open(encoding="utf-8", newline="") as file:
        return {frozenset((row["unique_id_l"], row["unique_id_r"])) for row in csv.DictReader(file)}


def named(*made: Entry) -> frozenset[str]:
    return frozenset(str(mention_of(one.id, "child")) for one in made)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "linked").mkdir()
    return tmp_path / "linked"


@pytest.fixture
def twice(store: Store) -> list[tuple[Entry, Entry]]:
    return [(store.report(by="nurse", child=child), store.report(child=child)) for child in CHILDREN]


def test_the_record_is_linked_by_mention_and_the_read_is_noted(twice: list[Any], folder: Path) -> None:
    done = link(folder / "out.csv", "front-door", "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout.splitlines()[-1])["records"] == 24
    assert pairs(folder / "out.csv") == {named(*pair) for pair in twice}
    reads = [made.saying for batch in every("reads") for made in batch if isinstance(made.saying.fact, RecordOpened)]
    assert [(one.by, one.fact.what) for one in reads] == [("front-door", "linking")]
    written = " ".join(path.read_text() for path in folder.iterdir())
    assert [name for child in CHILDREN for name in (child["family_name"], child["phone"]) if name in written] == []


def test_what_people_judged_stands(twice: list[Any], store: Store, folder: Path) -> None:
    (one, other), (third, _) = twice[0], twice[1]
    for pair, verdict in ((twice[0], "different"), ((other, third), "same")):
        about = [mention_of(made.id, "child") for made in pair]
        store.say("front-door", LinkJudged(verdict=verdict, why="Compared."), about=about)
    assert link(folder / "out.csv").exit_code == 0
    found = pairs(folder / "out.csv")
    assert named(one, other) not in found
    assert named(other, third) in found


def test_what_is_behind_a_wall_or_18_is_left_out(twice: list[Any], store: Store, folder: Path) -> None:
    store.report(child=CHILDREN[0], words="Piotr Lund picks her up after school.")
    store.report(child=CHILDREN[1] | {"born": "2008-10-05"})
    done = link(folder / "out.csv", "front-door", "--json")
    assert json.loads(done.stdout.splitlines()[-1])["records"] == 24


@pytest.mark.parametrize("by", ["teacher", "scrutineer", "manager", "admin"])
def test_nobody_else_links_the_record(twice: list[Any], folder: Path, by: str) -> None:
    assert link(folder / "out.csv", by).exit_code == 1
    assert list(folder.iterdir()) == []


def test_a_record_that_names_nobody_is_said(store: Store, folder: Path) -> None:
    done = link(folder / "out.csv")
    assert done.exit_code == 1
    assert "The record names fewer than two children." in done.output
