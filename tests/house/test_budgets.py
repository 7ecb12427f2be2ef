"""Files, functions, templates, settings and the README stay short enough to be read in one go."""

import ast
from pathlib import Path

import pytest

from tests.house.tree import ROOT, files, written

FILE, FUNCTION, TEMPLATE, SETTINGS, README, DOOR = 300, 50, 120, 250, 60, 250
MOST_FUNCTIONS = 30  # nine functions in ten are no longer than this


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(source: str) -> list[tuple[str, int]]:
    """Every function's name and length in lines, with its docstring, without its decorators."""
    found = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return [(node.name, (node.end_lineno or node.lineno) - node.lineno + 1) for node in found]


def too_long(source: str, most: int) -> list[str]:
    return [f"{name}: {length} lines, {most} allowed" for name, length in functions(source) if length > most]


@pytest.mark.parametrize(("under", "most"), [("src", FILE), ("witness/src", FILE), ("tests", FILE), (".ci", FILE)])
def test_python_files_are_short(under: str, most: int) -> None:
    assert {str(path.relative_to(ROOT)): lines(path) for path in written(under) if lines(path) > most} == {}


@pytest.mark.parametrize("under", ["src", "witness/src", "tests", ".ci"])
def test_functions_are_short(under: str) -> None:
    found = {str(path.relative_to(ROOT)): too_long(path.read_text("utf-8"), FUNCTION) for path in written(under)}
    assert {path: faults for path, faults in found.items() if faults} == {}


def test_nine_functions_in_ten_are_shorter_still() -> None:
    lengths = sorted(length for path in written("src") for _, length in functions(path.read_text("utf-8")))
    assert lengths[int(len(lengths) * 0.9)] <= MOST_FUNCTIONS


def test_templates_are_short() -> None:
    found = {str(path.relative_to(ROOT)): lines(path) for path in files(".html", ".jinja", under="src")}
    assert {path: length for path, length in found.items() if length > TEMPLATE} == {}


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("README.md", README),
        ("witness/README.md", README),
        ("src/onrecord/web/settings.py", SETTINGS),
        ("onrecord", DOOR),
    ],
)
def test_what_everybody_reads_is_short(name: str, most: int) -> None:
    assert lines(ROOT / name) <= most


def test_the_check_can_fail() -> None:
    planted = (
        "def long():\n" + "    pass\n" * FUNCTION + "\n\nclass Inside:\n    async def short(self):\n        pass\n"
    )
    assert too_long(planted, FUNCTION) == [f"long: {FUNCTION + 1} lines, {FUNCTION} allowed"]
    assert functions(planted)[1] == ("short", 2)
