"""A server is stopped and started in the middle of writes, the database's and our own: nothing acknowledged is lost."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPException
from pathlib import Path
from typing import Any, cast
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import InterfaceError, OperationalError, connections

from onrecord.access.actions import make_token
from onrecord.ledger.actions import checkpoint, verify
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.models import Envelope, StoredLeaf
from tests.databases import POSTGRESQL, Server, forget
from tests.partnership import REPORT, Store

ROOT = Path(__file__).resolve().parents[2]
RESTARTS, KILLS, EACH, PATIENCE = 3, 2, 8, 60.0


def whole(receipts: dict[UUID, str]) -> None:
    """That everything acknowledged stands here once, and that everything holds."""
    held = {row.uid for row in StoredLeaf.objects.filter(uid__in=list(receipts))}
    assert held == set(receipts)
    assert Envelope.objects.filter(uid__in=list(receipts)).count() == len(receipts)
    with playing(Envelope.objects.latest("seq").recorded_at):  # a server of its own has the real clock
        checkpoint()
        assert [check.number for check in verify() if check.faults] == []


@pytest.mark.skipif(not POSTGRESQL, reason="SQLite has no server; with ONRECORD_TEST_DATABASE=postgresql this runs")
def test_a_database_that_is_stopped_and_started_loses_nothing_acknowledged(
    own_store: Store, made_databases: Server
) -> None:
    if made_databases.own is None:
        pytest.skip("the database server is not ours to stop: unset ONRECORD_DATABASE")
    receipts: dict[UUID, str] = {}
    failed = 0
    for _ in range(RESTARTS):
        stopping = threading.Timer(0.3, stopped_and_started, [made_databases])
        stopping.start()
        done, until = 0, time.monotonic() + PATIENCE
        while (stopping.is_alive() or done < EACH) and time.monotonic() < until:
            uid = uuid4()
            while uid not in receipts and time.monotonic() < until:
                try:
                    receipts[uid] = own_store.receipt(uid=uid)
                except (OperationalError, InterfaceError):
                    failed += 1
                    forget()
                    time.sleep(0.05)
            done += 1
        stopping.join()
    connections.close_all()
    assert failed >= RESTARTS  # each restart was felt
    assert len(receipts) >= RESTARTS * EACH
    whole(receipts)


def stopped_and_started(server: Server) -> Any:
    """End the database server at once, as when somebody pulls it down, and start it again."""
    pid = server.own.get_pid()
    os.kill(pid, signal.SIGQUIT)
    while alive(pid):
        time.sleep(0.05)
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return server.own.ensure_postgres_running()
        except (subprocess.SubprocessError, AssertionError):  # it reads its own log again, and is not ready yet
            if time.monotonic() > until:
                raise
            time.sleep(0.5)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


class Sender:
    """Another system, that sends report after report, and each again until it is acknowledged."""

    def __init__(self, address: str, key: str) -> None:
        """Begin to send."""
        self.address, self.headers = address, {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        self.receipts: dict[UUID, str] = {}
        self.failed, self.ended = 0, False
        self.thread = threading.Thread(target=self._send)
        self.thread.start()

    def _send(self) -> None:
        uid = uuid4()
        while not self.ended:
            try:
                self.receipts[uid] = self.sent(uid)
                uid = uuid4()
            except (urllib.error.URLError, HTTPException, OSError):
                self.failed += 1
                time.sleep(0.05)

    def sent(self, uid: UUID) -> str:
        """Send one report; its receipt."""
        body = json.dumps({"id": str(uid), "report": REPORT}).encode()
        asked = urllib.request.Request(f"{self.address}/api/reports", body, self.headers)
        with urllib.request.urlopen(asked, timeout=20) as answer:
            return str(json.load(answer)["receipt"])

    def end(self) -> None:
        """Send no more."""
        self.ended = True
        self.thread.join()


@contextmanager
def serving(home: Path, port: int) -> Iterator[None]:
    """Our own server on this port, until it is killed with everything that it started."""
    said = {"ONRECORD_HOME": str(home), "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "onrecord", "serve", "--port", str(port), "--workers", "2"]
    with (home / "server.log").open("ab") as log:
        running = subprocess.Popen(command, env=os.environ | said, stdout=log, stderr=log, start_new_session=True)
    try:
        until = time.monotonic() + PATIENCE
        while not answers(port):
            assert (running.poll(), time.monotonic() < until) == (None, True), (home / "server.log").read_text()
            time.sleep(0.1)
        yield
    finally:
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5):
            return True
    except urllib.error.HTTPError:
        return True  # it says that the watch does not run
    except OSError:
        return False


def a_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.skipif(POSTGRESQL, reason="our own server is killed in the run on SQLite")
def test_a_server_that_is_killed_and_started_loses_nothing_acknowledged(own_store: Store, fresh_home: Path) -> None:
    for alias, file in (("default", "onrecord.sqlite3"), ("reads", "reads.sqlite3")):
        (fresh_home / file).symlink_to(settings.DATABASES[alias]["NAME"])
    key, port = make_token("teacher", now()), a_port()
    connections.close_all()
    sender, again = cast(Any, None), dict[UUID, str]()
    for restart in range(KILLS):
        with serving(fresh_home, port):
            sender = sender or Sender(f"http://127.0.0.1:{port}", key)
            wanted, until = len(sender.receipts) + EACH, time.monotonic() + PATIENCE
            while len(sender.receipts) < wanted and time.monotonic() < until:
                time.sleep(0.02)
            if restart == KILLS - 1:
                sender.end()
                again = {uid: sender.sent(uid) for uid in sender.receipts}
    assert again == sender.receipts  # sent again, each is the same report
    assert sender.failed >= KILLS - 1  # it was killed while somebody sent
    assert len(sender.receipts) >= KILLS * EACH
    whole(sender.receipts)
