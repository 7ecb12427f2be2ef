"""The script at the root: old Pythons can read it, and it says what is missing."""

import ast
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.tree import ROOT

DOOR = ROOT / "onrecord"
OLD = ("python2.7", "python2", "python3.6", "python3.7", "python3.8", "python3.9", "python3.10")


def test_old_pythons_can_read_it() -> None:
    ast.parse(DOOR.read_text(encoding="utf-8"), feature_version=(3, 6))


def test_it_may_be_run() -> None:
    assert DOOR.stat().st_mode & 0o111


def old_pythons() -> list[Path]:
    """Pythons too old for OnRecord that answer on this machine: on the PATH, or kept by pyenv."""
    kept = sorted((Path.home() / ".pyenv" / "versions").glob("*/bin/python"))
    named = [Path(found) for name in OLD if (found := shutil.which(name))]
    return [path for path in [*named, *kept] if answers_as_old(path)]


def answers_as_old(path: Path) -> bool:
    words = [str(path), "-c", "import sys; print(sys.version_info < (3, 11))"]
    return subprocess.run(words, capture_output=True, text=True).stdout.strip() == "True"


def test_an_old_python_says_which_one_is_needed(tmp_path: Path) -> None:
    """With nothing on the PATH there is no newer one to go over to."""
    pythons = old_pythons()
    if not pythons:
        pytest.skip("no Python older than 3.11 on this machine")
    for python in pythons:
        words = [str(python), str(DOOR), "demo"]
        done = subprocess.run(words, env={"PATH": str(tmp_path)}, capture_output=True, text=True)
        assert (done.returncode, "OnRecord needs Python 3.11 or newer" in done.stderr) == (1, True), done.stderr
