"""Run the benchmarks, each in a process and a store of its own, and keep what was found with date and machine."""

import json
import os
import platform
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import django

NAMES = ("append", "bulk", "history", "fold", "ledger", "crash", "tick", "writers", "pages", "file", "rows", "screens",
         "doors", "link", "link_million", "known", "known_postgresql")  # fmt: skip
LONG = ("mutation",)
"""Only when asked for by name: at full size it takes hours. ONRECORD_BENCH_SCALE=.1 takes a sample."""
HERE = Path(__file__).parent
WITNESS = str(HERE.parent / "witness" / "src")


def main(asked: list[str]) -> int:
    """Run the benchmarks asked for, or all; 1 when a figure does not hold."""
    unknown = [name for name in asked if name not in (*NAMES, *LONG)]
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}. There are: {', '.join((*NAMES, *LONG))}.", file=sys.stderr)  # noqa: T201
        return 2
    figures = []
    for name in asked or NAMES:
        found = _one(name)
        figures += found
        if os.environ.get("ONRECORD_BENCH_SCALE", "1") == "1" and name not in LONG:
            _keep(name, found)
    return 0 if all(figure["holds"] for figure in figures) else 1


def _keep(name: str, found: list[dict[str, object]]) -> None:
    """Write down what one benchmark found at full size today, in place of what it found earlier today."""
    at = datetime.now(UTC).isoformat(timespec="seconds")  # noqa: TID251
    kept = HERE / "results" / f"{at[:10]}.json"
    made: dict[str, Any] = json.loads(kept.read_text()) if kept.exists() else {"machine": _machine(), "found": {}}
    made["found"] |= {name: {"at": at, "figures": found}}
    kept.write_text(json.dumps(made, indent=1) + "\n")


def _one(name: str) -> list[dict[str, object]]:
    """Run one benchmark and tell its figures as they come."""
    print(f"{name} ...", file=sys.stderr, flush=True)  # noqa: T201
    with tempfile.TemporaryDirectory() as folder:
        settings = {"ONRECORD_HOME": folder, "DJANGO_SETTINGS_MODULE": "onrecord.web.settings", "PYTHONPATH": WITNESS}
        command = [sys.executable, "-m", "benchmarks.run", "--inside", name]
        env = os.environ | settings
        made = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False, env=env, cwd=HERE.parent)
    if made.returncode:
        return [{"name": name, "found": 0, "unit": "", "within": "it runs", "holds": False}]
    figures: list[dict[str, object]] = json.loads(made.stdout.splitlines()[-1])
    for figure in figures:
        mark = "holds" if figure["holds"] else "FAILS"
        print(f"  {mark}  {figure['name']}: {figure['found']} {figure['unit']} ({figure['within']})", flush=True)  # noqa: T201
    return figures


def _inside(name: str) -> None:
    django.setup()
    print(json.dumps([vars(figure) for figure in import_module(f"benchmarks.{name}").run()]))  # noqa: T201


def _machine() -> str:
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, SQLite {_sqlite()}"


def _sqlite() -> str:
    return str(import_module("sqlite3").sqlite_version)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--inside"]:
        _inside(sys.argv[2])
    else:
        sys.exit(main(sys.argv[1:]))
