"""The witness over HTTP answers with the same bytes as by files, whatever is sent to it."""

import http.client
import socket
import threading
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from onrecord_witness import Refused
from onrecord_witness.home import Home, Trusted
from onrecord_witness.judge import answer
from onrecord_witness.keys import LOG, Key
from onrecord_witness.note import opened
from onrecord_witness.server import made_server
from tests.witness.logs import NOW, ORIGIN, asking, entries_of, published, trusting, vector


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A witness that trusts the invented log."""
    return trusting(tmp_path / "witness")[0]


@pytest.fixture
def line(home: Home) -> Iterator[http.client.HTTPConnection]:
    """A connection to it, kept open."""
    server = made_server(home, "127.0.0.1", 0, lambda: NOW)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    made = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    yield made
    made.close()
    server.shutdown()
    thread.join()
    server.server_close()


def ask(line: http.client.HTTPConnection, body: bytes, path: str = "/add-checkpoint") -> tuple[int, bytes, str]:
    """Post; status, body and kind of the answer."""
    line.request("POST", path, body)
    got = line.getresponse()
    return got.status, got.read(), got.headers["Content-Type"]


def fetched(line: http.client.HTTPConnection, path: str) -> tuple[int, bytes]:
    line.request("GET", path)
    got = line.getresponse()
    return got.status, got.read()


def test_the_same_bytes_by_http_and_by_files(line: http.client.HTTPConnection, tmp_path: Path) -> None:
    other, _ = trusting(tmp_path / "files", key=False)
    (tmp_path / "files" / "witness.json").write_bytes((tmp_path / "witness" / "witness.json").read_bytes())
    bodies = [asking(entries_of(size), old) for size, old in ((5, 0), (9, 5), (9, 5), (300, 9))]
    sent = [ask(line, body) for body in bodies]
    by_files = [answer(other, body, NOW) for body in bodies]
    assert sent == [(one.status, one.body, one.kind) for one in by_files]
    assert [one[0] for one in sent] == [200, 200, 409, 200]


def test_what_was_signed_last_can_be_fetched(line: http.client.HTTPConnection, home: Home) -> None:
    path = f"/{sha256(ORIGIN.encode()).hexdigest()}/checkpoint"
    assert fetched(line, path)[0] == 404
    ask(line, asking(entries_of(5), 0))
    status, body = fetched(line, path)
    note, made = opened(body, home.logs()[0].keys)
    assert (status, made.size, note.signed_at(home.key())) == (200, 5, NOW)
    assert [fetched(line, one)[0] for one in ("/", "/" + "0" * 64 + "/checkpoint", path + "/", "/../witness.json")] == [
        404
    ] * 4


@published
def test_the_transcript_of_another_witness(line: http.client.HTTPConnection, home: Home) -> None:
    said = vector("notes", "notes.json")["witness"]["litewitness_transcript"]
    key = Key.read(said["log_vkey"], LOG)
    home.trust(Trusted(key.name, (key,)))
    sent = [ask(line, step["body"].encode()) for step in said["steps"]]
    assert [status for status, _, _ in sent] == [step["status_spec"] for step in said["steps"]]
    assert [kind for status, _, kind in sent if status == 409] == ["text/x.tlog.size"] * 2


def test_what_is_at_no_address_or_is_no_request(line: http.client.HTTPConnection) -> None:
    assert [ask(line, b"x", path)[0] for path in ("/", "/add-checkpoints", "/add-checkpoint")] == [404, 404, 400]


def test_a_request_that_is_too_long_is_not_read(line: http.client.HTTPConnection) -> None:
    assert ask(line, b"x" * 200_000)[0] == 413


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: -1",
        b"Content-Length: " + b"9" * 5000,
        b"Content-Length: x",
        b"Transfer-Encoding: chunked",
        b"X: y",
    ],
)
def test_a_request_without_a_length_is_refused(head: bytes, line: http.client.HTTPConnection) -> None:
    with socket.create_connection(("127.0.0.1", line.port), timeout=10) as raw:
        raw.sendall(b"POST /add-checkpoint HTTP/1.1\r\nHost: x\r\n" + head + b"\r\n\r\n")
        assert raw.recv(100).startswith(b"HTTP/1.1 413 ")


def test_a_memory_that_was_lost_is_said_and_nothing_is_signed(line: http.client.HTTPConnection, home: Home) -> None:
    ask(line, asking(entries_of(5), 0))
    (home.of(home.logs()[0]) / "checkpoint").unlink()
    status, body, _ = ask(line, asking(entries_of(9), 5))
    assert (status, b"missing" in body) == (500, True)
    with pytest.raises(Refused):
        home.seen(home.logs()[0])
