"""`onrecord link` over an invented population: what it finds, whom it keeps apart, what it writes, if it is fair."""

import json
import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from benchmarks.people_made import COLUMNS, Made, population
from onrecord.linkage import commands
from tests.stages.linkage.lists import ROW, rows_of, write, write_made

Run = Callable[..., Result]
ORDINARY = {"more"}
"""Words of the page itself that are a last name as well."""


@pytest.fixture(scope="module")
def run() -> Run:
    """Run the command."""
    app = typer.Typer(pretty_exceptions_enable=False)
    commands.register(app)
    app.command("nothing")(lambda: None)
    return lambda *words: CliRunner().invoke(app, ["link", *map(str, words)])


@pytest.fixture(scope="module")
def made() -> list[Made]:
    return population(10_000)


@pytest.fixture(scope="module")
def linked(run: Run, made: list[Made], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """The invented population, linked once for all tests of this file."""
    folder = tmp_path_factory.mktemp("linked")
    truth = folder / "truth.csv"
    truth.write_text("unique_id,person\n" + "".join(f"{one.cells[0]},{one.person}\n" for one in made), encoding="utf-8")
    asked = ("--input", write_made(folder / "in.csv", made), "--output", folder / "out.csv", "--truth", truth, "--json")
    return folder, run(*asked)


def test_it_finds_nine_in_ten_and_is_right_in_all_but_a_hundredth(
    linked: tuple[Path, Result], made: list[Made]
) -> None:
    person = {one.cells[0]: one.person for one in made}
    pairs = [(row["unique_id_l"], row["unique_id_r"]) for row in rows_of(linked[0] / "out.csv")]
    right = sum(person[one] == person[other] for one, other in pairs)
    there = sum(count * (count - 1) // 2 for count in _counts(person).values())
    assert right / len(pairs) > 0.985
    assert right / there > 0.89
    assert 2 * right / (len(pairs) + there) > 0.94


def test_it_serves_every_naming_tradition_alike(linked: tuple[Path, Result]) -> None:
    told = json.loads(linked[1].output)
    assert [one["name"] for one in told["traditions"]] == [
        "South Asian", "Eastern European", "African", "British and other"
    ]  # fmt: skip
    for side in ("precision", "recall"):
        shares = [one[side] for one in told["traditions"]]
        assert max(shares) - min(shares) <= 0.02
    assert linked[1].exit_code == 0


def test_what_it_expects_without_truth_is_what_it_does(linked: tuple[Path, Result], made: list[Made]) -> None:
    told = json.loads(linked[1].output)
    assert told["threshold"]["weight"] >= 0
    assert abs(told["threshold"]["precision"] - 0.985) < 0.015
    assert abs(told["people"] - len({one.person for one in made})) / told["people"] < 0.1


def test_groups_and_links_say_the_same(linked: tuple[Path, Result], made: list[Made]) -> None:
    groups = rows_of(linked[0] / "out.clusters.csv")
    assert [(row["unique_id"], row["source_dataset"]) for row in groups] == [one.cells[:2] for one in made]
    of = {row["unique_id"]: row["cluster_id"] for row in groups}
    pairs = rows_of(linked[0] / "out.csv")
    assert all(of[row["unique_id_l"]] == of[row["unique_id_r"]] for row in pairs)
    assert len(pairs) == sum(count * (count - 1) // 2 for count in _counts(of).values())
    assert min(float(row["match_weight"]) for row in pairs) >= json.loads(linked[1].output)["threshold"]["weight"]


def test_twins_and_fathers_are_kept_apart(run: Run, made: list[Made], tmp_path: Path) -> None:
    families = (
        "t1,school,Aisha,,Okafor,2011-03-02,F,7,Mill Lane,BA1 1AA,06000000001",
        "t2,health,Zainab,,Okafor,2011-03-02,F,7,Mill Lane,BA1 1AA,06000000001",
        "t3,police,Aisha,,Okafor,02/03/2011,F,7,Mill Ln,BA1 1AA,06000000001",
        "f1,school,Daniel,,Thornbury,2012-06-09,M,9,Mill Lane,BA1 1AA,06000000002",
        "f2,health,Daniel,,Thornbury,1984-01-30,M,9,Mill Lane,BA1 1AA,06000000002",
    )
    path = write_made(tmp_path / "in.csv", made[:2_000])
    extra = write(tmp_path / "families.csv", *families)
    assert run("--input", path, "--input", extra, "--output", tmp_path / "out.csv").exit_code == 0
    of = {row["unique_id"]: row["cluster_id"] for row in rows_of(tmp_path / "out.clusters.csv")}
    assert [of[uid] for uid in ("t1", "t2", "t3", "f1", "f2")] == ["t1", "t2", "t1", "f1", "f2"]


def test_linking_again_gives_the_same(run: Run, made: list[Made], tmp_path: Path) -> None:
    path = write_made(tmp_path / "in.csv", made[:1_000])
    for name in ("one.csv", "two.csv"):
        assert run("--input", path, "--output", tmp_path / name).exit_code == 0
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()
    assert len(rows_of(tmp_path / "one.csv")) > 20


def test_the_model_and_its_card_hold_no_value_of_any_record(linked: tuple[Path, Result], made: list[Made]) -> None:
    model, card = ((linked[0] / f"out.{name}").read_text(encoding="utf-8") for name in ("model.json", "card.html"))
    text = (model + card).casefold()
    private = ("given_name", "surname", "street", "postcode", "phone", "dob")
    values = {one.cells[COLUMNS.index(name)].casefold() for one in made for name in private}
    words = set(re.findall(r"[\w'+-]+", text))
    assert {value for value in values if value in words or (len(value) > 6 and value in text)} == ORDINARY
    told = json.loads(model)
    assert (told["version"], told["made"]["records"], told["made"]["lists"]) == (1, 10_000, 5)
    assert [one["name"] for one in told["comparisons"]] == [
        "given", "middle", "surname", "born", "gender", "place", "number"
    ]  # fmt: skip
    assert card.count("<svg") == 2
    assert "//" not in card.replace("http://www.w3.org/2000/svg", "")


def test_only_their_owner_reads_the_files(linked: tuple[Path, Result]) -> None:
    names = sorted(path.name for path in linked[0].iterdir())
    assert names == ["in.csv", "out.card.html", "out.clusters.csv", "out.csv", "out.model.json", "truth.csv"]
    for name in names[1:5]:
        assert stat.S_IMODE((linked[0] / name).stat().st_mode) == 0o600


def test_a_refused_list_writes_nothing_and_says_why(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "in.csv", ROW, ROW.replace("a1", "a2", 1).replace("2010-05-31", "31/31/2010"))
    told = run("--input", path, "--output", tmp_path / "out.csv")
    assert told.exit_code == 1
    assert told.output == (
        "Nothing was linked: 1 fault in the files.\n"
        "  in.csv, row 3, dob: “31/31/2010”: Write the date as 2012-05-31 or 31/05/2012, or leave it empty. "
        "Rule: a real date.\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_a_folder_that_is_not_there_is_said_before_anything_is_read(run: Run, tmp_path: Path) -> None:
    told = run("--input", write(tmp_path / "in.csv", ROW), "--output", tmp_path / "none" / "out.csv")
    assert told.exit_code == 2
    assert "There is no folder" in told.output


def test_a_write_that_fails_leaves_no_draft(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out.card.html").mkdir()
    (tmp_path / "out.card.html" / "kept").touch()
    assert run("--input", write(tmp_path / "in.csv", ROW), "--output", tmp_path / "out.csv").exit_code == 2
    assert not [path.name for path in tmp_path.iterdir() if path.name.endswith(".new")]


def test_a_list_of_strangers_has_no_links(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "in.csv", ROW, "a2,police,George,,Ward,2004-02-01,M,3,Oak Way,M1 1AE,07700 900001")
    told = run("--input", path, "--output", tmp_path / "out.csv", "--json")
    assert (json.loads(told.output)["links"], told.exit_code) == (0, 0)
    assert len(rows_of(tmp_path / "out.clusters.csv")) == 2


def _counts(groups: dict[str, int] | dict[str, str]) -> dict[int | str, int]:
    found: dict[int | str, int] = {}
    for whose in groups.values():
        found[whose] = found.get(whose, 0) + 1
    return found
