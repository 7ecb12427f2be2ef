"""The power fails at any moment: nothing that was acknowledged is lost, and what is left is one whole record."""

import os
import random
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import apsw
import pytest
from django.conf import settings

from onrecord.ledger.actions.store import ADD
from onrecord.ledger.rules.merkle import leaf_hash
from tests.crash.power import Files, Machine, PowerCut
from tests.databases import POSTGRESQL

SEEDS = int(os.environ.get("ONRECORD_TEST_CUTS", "60"))
EACH = 12
NAME = "record.sqlite3"
pytestmark = pytest.mark.skipif(POSTGRESQL, reason="on PostgreSQL the server's own log does this")


@pytest.fixture(scope="module")
def empty(templates: dict[str, dict[str, str]]) -> bytes:
    """The database of a record in which nothing stands."""
    return Path(templates["empty"]["default"]).read_bytes()


def pragmas() -> str:
    """How the installation opens its database: the same words, so that a weaker setting fails here."""
    return str(settings.DATABASES["default"]["OPTIONS"]["init_command"])


def opened(machine: Machine, name: str) -> apsw.Connection:
    """The machine's database. One program has it, so that no shared memory is asked for."""
    made = apsw.Connection(NAME, vfs=name)
    made.execute(f"PRAGMA locking_mode=EXCLUSIVE; {pragmas()}; PRAGMA wal_autocheckpoint=40").fetchall()
    return made


def entry(seq: int) -> tuple[object, ...]:
    """A row to append, that is always the same."""
    payload = f'{{"number":{seq},"said":"{"word " * (seq % 60)}"}}'.encode()
    uid = UUID(int=seq + 1).hex
    return seq, uid, payload, leaf_hash(payload), payload[::-1], "key", datetime(2026, 10, 5, tzinfo=UTC).isoformat()


def append(made: apsw.Connection, seq: int) -> None:
    """What `append` does, statement for statement."""
    made.execute("BEGIN IMMEDIATE")
    made.execute("SELECT size FROM ledger_head WHERE id = 1").fetchall()
    made.execute(ADD["sqlite"].replace("%s", "?"), entry(seq))
    made.execute("COMMIT")


def cut(empty: bytes, seed: int, folder: Path, *, torn: bool) -> tuple[int, list[tuple[object, ...]]]:
    """How many were acknowledged before the power failed, and the entries that are found afterwards."""
    chance, name = random.Random(seed), f"cut-{seed}-{torn}"
    machine = Machine()
    machine.holds(NAME, empty)
    kept, done = Files(name, machine), 1
    machine.until = chance.randrange(1, 12 * EACH)
    made = None
    try:
        made = opened(machine, name)
        for done in range(1, EACH + 1):
            append(made, done - 1)
    except PowerCut:
        done -= 1
    machine.off = True
    del made
    kept.unregister()
    machine.found(folder, chance, torn=torn)
    with sqlite3.connect(folder / NAME) as found:
        assert found.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        rows = found.execute(
            "SELECT l.seq, l.payload, l.leaf_hash, o.sealed FROM ledger_leaf l"
            " LEFT JOIN ledger_opening o ON o.uid = l.uid ORDER BY l.seq"
        ).fetchall()
        assert found.execute("SELECT size FROM ledger_head").fetchall() == [(len(rows),)]
    found.close()
    return done, rows


@pytest.mark.parametrize("torn", [False, True], ids=["only-what-was-synced", "and-part-of-the-rest"])
def test_nothing_acknowledged_is_lost_when_the_power_fails(empty: bytes, tmp_path: Path, torn: bool) -> None:
    early = 0
    for seed in range(SEEDS // 2):
        folder = tmp_path / str(seed)
        folder.mkdir()
        done, rows = cut(empty, seed, folder, torn=torn)
        wanted = [(seq, payload, leaf, sealed) for seq, _, payload, leaf, sealed, *_ in map(entry, range(EACH))]
        assert rows == wanted[: len(rows)]
        assert done <= len(rows) <= done + 1  # what was written and not acknowledged may be there
        early += done < EACH
    assert early > SEEDS // 4  # the power did fail before all was done


def test_a_weaker_setting_would_be_noticed(empty: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    weak = pragmas().replace("synchronous=FULL", "synchronous=NORMAL")
    assert weak != pragmas()
    monkeypatch.setitem(settings.DATABASES["default"]["OPTIONS"], "init_command", weak)
    lost = 0
    for seed in range(20):
        (tmp_path / str(seed)).mkdir()
        done, rows = cut(empty, seed, tmp_path / str(seed), torn=False)
        lost += len(rows) < done
    assert lost > 0
