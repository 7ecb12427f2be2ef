"""`onrecord import cin`: what it prints, and how it refuses."""

import json
from pathlib import Path

import pytest

from onrecord.ledger.queries import size
from tests.stages.exchange.census import CENSUS, spoilt, written

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "exchange" / "cin"


@pytest.fixture
def refused(run):
    """Run a command that must refuse: nothing recorded, no traceback."""

    def _refused(status: int, *words):
        before = size()
        done = run(*words)
        assert (done.exit_code, type(done.exception), size()) == (status, SystemExit, before)
        assert "Traceback" not in done.output
        return done

    return _refused


def test_it_says_how_many_children_were_read(run, tmp_path: Path) -> None:
    done = run("cin", written(tmp_path))
    assert done.exit_code == 0
    assert done.stdout.strip() == (
        "3 children read. 3 look-backs opened. 1 without a birth date, born or not: recorded without one. 0 warnings."
    )


def test_a_second_time_it_says_that_nothing_is_new(run, tmp_path: Path) -> None:
    run("cin", written(tmp_path))
    assert "This return was read before: nothing new was recorded." in run("cin", written(tmp_path)).stdout


def test_warnings_are_counted_by_rule_with_the_first_place(run, tmp_path: Path) -> None:
    text = spoilt((">NOBT<", ">none<"), (">WBRI<", ">some<"))
    lines = run("cin", written(tmp_path, text)).stdout.splitlines()
    assert lines[0].endswith("2 warnings:")
    assert lines[1].startswith("  2 × Ethnicity must be one of the census's codes (4220). First: child 1, line ")
    assert lines[1].endswith("“none”.")


def test_json_holds_the_counts_and_every_warning(run, tmp_path: Path) -> None:
    told = json.loads(run("cin", written(tmp_path, spoilt((">NOBT<", ">none<"))), "--json").stdout)
    assert {name: told[name] for name in ("read", "new", "look_backs", "unborn")} == {
        "read": 3,
        "new": 3,
        "look_backs": 3,
        "unborn": 1,
    }
    assert [(one["child"], one["element"], one["value"]) for one in told["warnings"]] == [(1, "Ethnicity", "none")]


def test_a_broken_file_is_refused_with_row_element_value_and_rule(refused, tmp_path: Path) -> None:
    done = refused(1, "cin", written(tmp_path, spoilt(("<Sex>F<", "<Sex>[red]X\x1b[31m<".replace("\x1b", "&#133;")))))
    assert done.stdout == ""
    assert "Nothing was recorded: 1 fault in the file." in done.stderr
    assert "[red]X" in done.stderr
    assert "Sex must be one of M, F, U (4180)." in done.stderr


def test_of_many_faults_twenty_are_shown_and_json_holds_all(refused, tmp_path: Path) -> None:
    head, child, tail = CENSUS.partition(CENSUS[CENSUS.index("    <Child>") : CENSUS.index("</Child>") + 8])
    many = "".join(
        child.replace("INV0000001", f"MANY{number}").replace("<Sex>F", "<Sex>?").replace(">F999300114001<", "><")
        for number in range(25)
    )
    path = written(tmp_path, head + many + tail)
    done = refused(1, "cin", path)
    assert done.stderr.count("(4180)") == 20
    assert "And 5 more; --json lists them all." in done.stderr
    told = json.loads(refused(1, "cin", path, "--json").stdout)
    assert (told["recorded"], len(told["faults"])) == (0, 25)
    assert set(told["faults"][0]) == {"child", "line", "element", "value", "rule"}


def test_a_changed_return_is_refused_in_words(run, refused, tmp_path: Path) -> None:
    run("cin", written(tmp_path))
    done = refused(1, "cin", written(tmp_path, spoilt((">N6<", ">N5<"))))
    assert "give it the next serial number" in done.stderr
    told = json.loads(refused(1, "cin", written(tmp_path, spoilt((">N6<", ">N5<"))), "--json").stdout)
    assert "give it the next serial number" in told["refused"]


def test_wrong_usage_answers_two(refused, tmp_path: Path) -> None:
    refused(2, "cin", tmp_path / "none.xml")
    refused(2, "cin", tmp_path)
    refused(2, "cin", written(tmp_path), "--by", "nobody")
    refused(2, "cin")
    refused(2)


def test_a_person_who_may_not_is_refused(refused, tmp_path: Path) -> None:
    assert "Your role runs the machine." in refused(1, "cin", written(tmp_path), "--by", "admin").stderr


@pytest.mark.parametrize(
    ("name", "children", "warnings"),
    [
        ("d2i_fake_CIN_data.xml", 332, 329),
        ("d2i_CIN_Census_2024.xml", 2, 8),
        ("d2i_CIN_Census_2026.xml", 2, 8),
        ("d2i_CIN2rows.xml", 1, 3),
        ("liia_BAR_cin_2022.xml", 1, 2),
        ("ours_clean_2026.xml", 36, 0),
    ],
)
def test_the_sample_files_of_others_are_read(run, name: str, children: int, warnings: int) -> None:
    if not (SHARED / name).exists():
        pytest.skip("the samples that others wrote are kept beside the project, not in it")
    told = json.loads(run("cin", SHARED / name, "--json").stdout)
    assert (told["read"], told["new"], told["look_backs"]) == (children, children, children)
    assert len(told["warnings"]) == warnings
