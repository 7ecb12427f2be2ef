"""How a witness is asked, over HTTP and by files: what is sent, what is taken, and when it counts as silence."""

import os
import threading
import time
from collections.abc import Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from onrecord.ledger.gateway import witnesses
from onrecord.ledger.gateway.witnesses import (
    MOST,
    Answered,
    Silent,
    carried_answer,
    is_address,
    last_seen,
    leave_request,
    left_request,
    policy_text,
    post,
)

ORIGIN = "demo.onrecord.example/test"


class Asked:
    """What a witness was asked, and what they answer: a status, and the body piece by piece."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str, str | None, bytes]] = []
        self.status, self.pieces, self.pause = 200, [b"an answer\n"], 0.0


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def address(asked: Asked) -> Iterator[str]:
    """A witness over HTTP that notes what it is asked."""

    class Witness(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            asked.said.append((self.command, self.path, self.headers["Content-Type"], body))
            self.send_response(asked.status)
            self.end_headers()
            for piece in asked.pieces:
                self.wfile.write(piece)
                self.wfile.flush()
                time.sleep(asked.pause)

        do_GET = do_POST  # noqa: N815  # the name that http.server asks for

        def log_message(self, *words: object) -> None:
            """Say nothing."""

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:
                return  # whoever asked has gone

    server = ThreadingHTTPServer(("127.0.0.1", 0), Witness)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("end", ["", "/"])
def test_a_checkpoint_is_sent_as_plain_text(address: str, asked: Asked, end: str) -> None:
    assert post(address + end, b"old 0\n\nnote") == Answered(200, "an answer\n")
    assert asked.said == [("POST", "/add-checkpoint", "text/plain", b"old 0\n\nnote")]


@pytest.mark.parametrize("end", ["", "/"])
def test_what_a_witness_saw_last_is_asked_by_the_hash_of_the_origin(address: str, asked: Asked, end: str) -> None:
    assert last_seen(address + end, ORIGIN) == "an answer\n"
    path = f"/{sha256(ORIGIN.encode()).hexdigest()}/checkpoint"
    assert [(how, where) for how, where, *_ in asked.said] == [("GET", path)]


def test_a_refusal_is_an_answer_to_a_checkpoint_and_silence_about_what_was_seen(address: str, asked: Asked) -> None:
    asked.status, asked.pieces = 409, [b"7\n"]
    assert post(address, b"") == Answered(409, "7\n")
    with pytest.raises(Silent, match="409"):
        last_seen(address, ORIGIN)
    asked.status = 201
    with pytest.raises(Silent, match="201"):
        last_seen(address, ORIGIN)


def test_of_a_long_answer_only_the_beginning_is_read(address: str, asked: Asked) -> None:
    asked.pieces = [b"a" * MOST] * 40
    assert MOST <= len(post(address, b"").body) <= 2 * MOST


def test_signs_that_are_no_text_are_replaced(address: str, asked: Asked) -> None:
    asked.pieces = [b"\xff", b"one", b"two"]
    assert post(address, b"").body == "\N{REPLACEMENT CHARACTER}onetwo"


def test_a_witness_who_dribbles_is_silent(address: str, asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(witnesses, "SECONDS", 0.3)
    asked.pieces, asked.pause = [b"a"] * 100, 0.1
    with pytest.raises(Silent, match="TimeoutError"):
        post(address, b"")


def test_nobody_there_is_silence() -> None:
    with pytest.raises(Silent, match="URLError"):
        post("http://127.0.0.1:9", b"")


def test_what_is_an_address() -> None:
    wheres = ("https://witness.example", "http://witness.example", "file:///stick", "stick", "", "httpsx")
    assert [is_address(where) for where in wheres] == [True, True, False, False, False, False]


@pytest.mark.parametrize("where", ["stick/one", "file://stick/one"])
def test_by_files_the_request_is_left_and_the_answer_taken(fresh_home: Path, where: str) -> None:
    folder = fresh_home / "stick" / "one"
    for asking in (carried_answer, left_request):
        with pytest.raises(Silent, match="FileNotFoundError"):
            asking(where)
    was = os.umask(0)
    leave_request(where, b"old 3\nhash\n\nnote\n\nsigned\n\xff")
    os.umask(was)
    assert (folder / "request").read_bytes() == b"old 3\nhash\n\nnote\n\nsigned\n\xff"
    assert oct((folder / "request").stat().st_mode & 0o777) == "0o644"
    assert left_request(where) == "note\n\nsigned\n\N{REPLACEMENT CHARACTER}"
    (folder / "answer").write_bytes(b"\xff" + b"a" * 2 * MOST)
    assert carried_answer(where) == Answered(0, "\N{REPLACEMENT CHARACTER}" + "a" * (MOST - 1))


def test_a_folder_that_cannot_be_written_is_silence(fresh_home: Path) -> None:
    (fresh_home / "stick").write_text("a file, where a folder should be")
    with pytest.raises(Silent, match="FileExistsError"):
        leave_request("stick", b"")


def test_the_policy_file_is_read_as_it_stands(fresh_home: Path) -> None:
    assert policy_text() is None
    (fresh_home / "witnesses.policy").write_text("# Zoë\n", encoding="utf-8")
    assert policy_text() == "# Zoë\n"
    (fresh_home / "witnesses.policy").write_bytes(b"\xff")
    assert policy_text() is None
