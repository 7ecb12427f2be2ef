"""The runner of mutants: each meets the tests that reach it, what it leaves behind is taken back, and a run goes on."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
CODE = """
from functools import lru_cache
from os import environ
from pathlib import Path

LEFT = Path(environ["ONRECORD_HOME"]) / "left"

@lru_cache
def kept() -> int:
    return 3

def noticed(a: int) -> bool:
    return a < kept()

def unnoticed(a: int) -> int:
    return a + 1

def unreached(a: int) -> int:
    return a + 1

def left_behind() -> None:
    if 1 == 2:
        LEFT.write_text("x")
"""
TESTS = """
from small import LEFT, kept, left_behind, noticed, unnoticed

def test_first():
    assert kept() == 3

def test_noticed():
    assert (noticed(2), noticed(3)) == (True, False)

def test_unnoticed():
    unnoticed(1)

def test_left_behind():
    assert not LEFT.exists()
    left_behind()
"""


@pytest.fixture
def run(tmp_path: Path) -> Any:
    """A run over the small module; what was found, and what was said of how far it is."""
    (tmp_path / "home").mkdir()
    (tmp_path / "small.py").write_text(CODE)
    (tmp_path / "test_small.py").write_text(TESTS)
    out = tmp_path / "found.json"

    def running(**more: object) -> tuple[dict[str, Any], str]:
        asked = {"modules": {"small": str(tmp_path / "small.py")}, "most": 0, "only": [], "out": str(out)}
        there = os.environ | {
            "ONRECORD_MUTATION": json.dumps(asked | {"digest": "one"} | more),
            "ONRECORD_HOME": str(tmp_path / "home"),
            "DJANGO_SETTINGS_MODULE": "onrecord.web.settings",
            "PYTHONPATH": os.pathsep.join(map(str, (tmp_path, ROOT, ROOT / "src"))),
        }
        plugins = ["-p", "benchmarks.mutation_plugin", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:cov"]
        words = [*plugins, "-q", "--tb=native", "-c", os.devnull, f"--rootdir={tmp_path}", str(tmp_path)]
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *words],
            env=there,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(out.read_text()), done.stderr

    return running


def test_a_run_finds_what_a_test_notices_and_goes_on_where_it_was(run: Any) -> None:
    found, told = run()
    hows = {name.removeprefix("small:"): one["how"] for name, one in found["asked"].items()}
    assert hows == {
        "kept: 3 => 4": "killed",
        "kept: return 3 => return None": "killed",
        "noticed: a < kept() => a <= kept()": "killed",
        "noticed: return a < kept() => return None": "killed",
        "unnoticed: 1 => 2": "survived",
        "unnoticed: a + 1 => a - 1": "survived",
        "unnoticed: return a + 1 => return None": "survived",
        "unreached: 1 => 2": "not reached",
        "unreached: a + 1 => a - 1": "not reached",
        "unreached: return a + 1 => return None": "not reached",
        "left_behind: 1 == 2 => 1 != 2": "survived",
        "left_behind: 1 => 2": "survived",
        "left_behind: 2 => 3": "survived",
        "left_behind: LEFT.write_text('x') => nothing": "not reached",
        "left_behind: 'x' => 'xx'": "not reached",
    }
    assert told.splitlines()[-1].startswith(f"{len(hows)} of {len(hows)} mutants, 4 of {len(hows)} noticed, 0 minutes")
    assert found["killers"]["small:noticed: a < kept() => a <= kept()"].endswith("::test_noticed")
    again, told = run()
    assert (again, "mutants" in told) == (found, False)
    changed, told = run(digest="two", most=5)
    assert list(changed["asked"]) == list(found["asked"])[:5]
    assert changed["killers"] == found["killers"]
    assert told.startswith("5 of 5 mutants")
