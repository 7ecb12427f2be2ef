"""What SECURITY.md says is protected or withstood, and every line of HAZARDS.md, names a test that is there."""

import re

import pytest

from tests.house.tree import ROOT

TEST = re.compile(r"`(tests/[\w./-]+)`")


def rows(file: str, heading: str = "") -> list[str]:
    """The lines of the tables below a heading, or of a whole file, without their heads."""
    text = (ROOT / file).read_text(encoding="utf-8")
    part = text.split(f"## {heading}\n", 1)[1].split("\n## ")[0] if heading else text
    lines = part.splitlines()
    rules = {number for number, line in enumerate(lines) if re.fullmatch(r"\|(-+\|)+", line)}
    heads = rules | {number - 1 for number in rules}
    return [line for number, line in enumerate(lines) if line.startswith("|") and number not in heads]


def without(lines: list[str]) -> list[str]:
    """The lines that name no test, or one that is not there or holds no test."""
    return [line for line in lines if not TEST.findall(line) or not all(map(holds_tests, TEST.findall(line)))]


def holds_tests(name: str) -> bool:
    path = ROOT / name
    return path.is_file() and "\ndef test_" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("heading", ["What is protected", "Threats"])
def test_every_line_of_security_names_its_test(heading: str) -> None:
    lines = rows("SECURITY.md", heading)
    assert without(lines) == []
    assert len(lines) >= 20


def test_every_hazard_names_its_test() -> None:
    lines = rows("HAZARDS.md")
    assert without(lines) == []
    assert len(lines) >= 35


def test_every_test_that_a_page_names_is_there() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs" / "decisions").glob("*.md")]
    named = {(page.name, name) for page in pages for name in TEST.findall(page.read_text(encoding="utf-8"))}
    assert {one for one in named if not (ROOT / one[1]).exists()} == set()


def test_the_check_can_fail() -> None:
    assert len(without(["| a | b |", "| a | `tests/house/none.py` |", "| a | `tests/house/tree.py` |"])) == 3
    assert without(["| a | `tests/house/test_named_tests.py` |"]) == []
