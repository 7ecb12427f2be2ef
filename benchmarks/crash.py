"""The crash suite at length: 200 kills from write to publish, and 600 power cuts."""

import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.store import Figure, scaled

ROOT = Path(__file__).parents[1]
KILLS, CUTS = 200, 600


def run() -> list[Figure]:
    """Both, as the tests do them; a figure holds where nothing acknowledged was lost, forked or doubled."""
    kills, cuts = scaled(KILLS), scaled(CUTS)
    killed, cut = {"ONRECORD_TEST_KILLS": str(kills)}, {"ONRECORD_TEST_CUTS": str(cuts)}
    return [
        _suite(f"{kills} kills from write to publish, nothing lost", "test_kills.py", killed),
        _suite(f"{cuts} power cuts, nothing lost", "test_power_cuts.py", cut),
    ]


def _suite(name: str, file: str, how: dict[str, str]) -> Figure:
    """Run one file of the suite; in it, what cannot be tried is a failure."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("ONRECORD_", "DJANGO_"))}
    command = [sys.executable, "-m", "pytest", "-q", f"tests/crash/{file}"]
    start = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=kept | how | {"CI": "1"}, capture_output=True, check=False)
    return Figure(name, round(time.perf_counter() - start), "s", "it holds", done.returncode == 0)
