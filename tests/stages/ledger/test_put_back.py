"""A backup that is put back, on either database, is the record that it was."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from onrecord.ledger.actions import checkpoint, make_backup, restore_backup
from onrecord.ledger.gateway.clock import now
from tests.databases import ALIASES, POSTGRESQL, Files, Server
from tests.partnership import START, Store

BY_THE_CLOCK = (4, 10)
"""The checks that ask the clock of the machine, which tests do not move there."""
ADDRESSES = {"default": "ONRECORD_DATABASE", "reads": "ONRECORD_READS_DATABASE"}


@pytest.fixture
def put_back(made_databases: Files | Server) -> Iterator[dict[str, str]]:
    """Two empty databases, by name."""
    made = made_databases.new(None)
    yield made
    made_databases.drop(made)


def where(folder: Path, names: dict[str, str]) -> dict[str, str]:
    """Put the two databases back as the guide says; what a process is told of where they are."""
    if not POSTGRESQL:
        return {}
    told = {}
    for alias in ALIASES:
        at = settings.DATABASES[alias]
        address = f"postgresql://{at['USER']}:{at['PASSWORD']}@/{names[alias]}?host={at['HOST']}&port={at['PORT']}"
        dump = str(folder / f"{alias}.pgdump")
        subprocess.run(["pg_restore", "--no-owner", f"--dbname={address}", dump], check=True, capture_output=True)
        told[ADDRESSES[alias]] = address
    return told


def test_what_was_put_back_verifies_with_the_keys_beside_it(
    own_store: Store, pg_tools: None, put_back: dict[str, str], tmp_path: Path, fresh_home: Path
) -> None:
    own_store.report()
    for using in ALIASES:
        checkpoint(using)
    source, folder = tmp_path / "monday.backup", tmp_path / "opened"
    make_backup(source, "Everything", START.date(), None, now())
    restore_backup(source, folder, None)
    shutil.copytree(fresh_home / "keys", folder / "keys")
    places = {**os.environ, **where(folder, put_back), "ONRECORD_HOME": str(folder)}
    command = [sys.executable, "-m", "onrecord", "verify", "--json"]
    places["PYTHONPATH"] = os.pathsep.join(sys.path)
    done = subprocess.run(command, env=places, capture_output=True, text=True, check=False)
    found = json.loads(done.stdout)
    assert (len(found["default"]), len(found["reads"])) == (10, 8)
    for using in ALIASES:
        assert [one["number"] for one in found[using] if one["faults"] and one["number"] not in BY_THE_CLOCK] == []
