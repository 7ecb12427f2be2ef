"""Whoever writes waits for a turn beside SQLite's own lock. It decides nothing: without it everything goes on."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connections, transaction

from onrecord.ledger.gateway.sqlite import base
from tests.partnership import Store

pytestmark = pytest.mark.skipif(os.environ.get("ONRECORD_TEST_DATABASE") == "postgresql", reason="SQLite's own")


def path(alias: str = "default") -> Path:
    """The file on which a turn is a lock."""
    return Path(f"{connections[alias].settings_dict['NAME']}-turn")


@contextmanager
def somebody_else(alias: str = "default") -> Iterator[None]:
    """Inside, somebody else has the turn."""
    with path(alias).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def is_free(alias: str = "default") -> bool:
    """Whether nobody has the turn."""
    with path(alias).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def test_a_transaction_has_the_turn_until_it_ends_however_it_ends(own_store: Store) -> None:
    with transaction.atomic():
        with transaction.atomic():
            assert not is_free()
        assert not is_free()
    assert is_free()
    with transaction.atomic():
        transaction.set_rollback(True)
    assert is_free()
    with transaction.atomic():
        connections["default"].close()
    assert is_free()


def test_a_transaction_that_cannot_begin_gives_its_turn_back(own_store: Store, monkeypatch: Any) -> None:
    connections["default"].ensure_connection()
    monkeypatch.setattr(connections["default"], "transaction_mode", "PLANTED")
    with pytest.raises(Exception, match="PLANTED"), transaction.atomic():
        pass
    assert is_free()


def test_whoever_writes_waits_for_the_turn(own_store: Store) -> None:
    began, written = Event(), Event()

    def write() -> None:
        began.set()
        with transaction.atomic():
            written.set()
        connections.close_all()

    with somebody_else():
        writer = Thread(target=write)
        writer.start()
        assert (began.wait(5), written.wait(0.2)) == (True, False)
    assert written.wait(5)
    writer.join()


def test_who_has_one_turn_does_not_wait_for_another(own_store: Store) -> None:
    start = time.monotonic()
    with transaction.atomic(), somebody_else("reads"), transaction.atomic(using="reads"):
        assert time.monotonic() - start < base.MOST / 2
    assert (is_free(), is_free("reads")) == (True, True)


def test_a_turn_that_never_comes_keeps_nobody_from_reporting(own_store: Store, monkeypatch: Any) -> None:
    monkeypatch.setattr(base, "MOST", 0.05)
    with somebody_else():
        assert own_store.report().seq > 0


def test_nor_does_a_file_that_cannot_be_opened(own_store: Store) -> None:
    path().unlink(missing_ok=True)
    path().mkdir()
    assert own_store.report().seq > 0
