"""A full disc, watches at once, a connection that the server ends: clear or correct, and nothing lost."""

import errno
import os
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError, connections

from onrecord.ledger.actions import checkpoint, verify
from onrecord.ledger.gateway.given import given
from onrecord.ledger.models import StoredCheckpoint, StoredLeaf
from tests.crash.test_kills import one_history
from tests.databases import POSTGRESQL
from tests.partnership import Store

WATCHES, EACH = 3, 4


def faults() -> list[int]:
    return [check.number for check in verify() if check.faults]


def pages(most: int | None) -> None:
    """Let the database grow to so many pages, or to no more than it has."""
    with connections["default"].cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {most or cursor.fetchone()[0]}")


@pytest.mark.skipif(POSTGRESQL, reason="a server's disc is not filled by a test")
def test_a_full_disc_takes_no_half_of_a_report_and_the_same_one_goes_through_later(own_store: Store) -> None:
    checkpoint()
    words, uids = "A long account of what was seen. " * 500, [uuid4() for _ in range(50)]
    pages(None)
    with pytest.raises(OperationalError, match="full"):
        list(map(lambda uid: own_store.receipt(uid=uid, words=words), uids))
    uid = next(one for one in uids if one not in given())
    assert StoredLeaf.objects.filter(uid__in=uids).count() == uids.index(uid)
    pages(1_000_000)
    assert own_store.receipt(uid=uid, words=words) == own_store.receipt(uid=uid, words=words)
    checkpoint()
    assert faults() == []


def test_a_disc_that_is_full_when_it_signs_leaves_the_old_head(
    own_store: Store, fresh_home: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkpoint()
    head = (fresh_home / "head-default.json").read_text()
    own_store.report()

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            checkpoint()
    assert ((fresh_home / "head-default.json").read_text(), StoredCheckpoint.objects.count()) == (head, 1)
    checkpoint()
    assert faults() == []


def test_two_watches_sign_one_history(own_store: Store) -> None:
    checkpoint()
    connections.close_all()
    children = []
    for _ in range(WATCHES):
        child = os.fork()
        if not child:
            watch(own_store)
        children.append(child)
    ends = [os.waitpid(child, 0)[1] for child in children]
    notes = list(StoredCheckpoint.objects.values_list("note", flat=True))
    assert (ends, len(notes), one_history(notes)) == ([0] * WATCHES, 1 + WATCHES * EACH, True)
    checkpoint()
    assert faults() == []


def watch(store: Store) -> None:
    """Report and sign, in a process of its own that never comes back."""
    try:
        for _ in range(EACH):
            store.report()
            checkpoint()
    except BaseException:
        os._exit(1)
    os._exit(0)


@pytest.mark.skipif(not POSTGRESQL, reason="SQLite has no server that could end a connection")
def test_a_server_that_ends_a_connection_loses_nothing_acknowledged(own_store: Store) -> None:
    uid = own_store.report().id
    with connections["default"].cursor() as cursor, pytest.raises(OperationalError):
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    connections.close_all()
    assert StoredLeaf.objects.filter(uid=uid).count() == 1
    own_store.report()
    checkpoint()
    assert faults() == []
