"""The audit of packages: every locked one is asked about, and what could not be asked is never taken for well."""

import importlib.util
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.house.tree import ROOT

Answer = Callable[[Any], Any]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """The program, loaded from where it lies."""
    spec = importlib.util.spec_from_file_location("audit", ROOT / ".ci" / "audit.py")
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


class Service:
    """A service on this machine that answers as a test says."""

    def __init__(self) -> None:
        """Begin to listen."""
        self.asked: list[Any] = []
        self.answer: Answer = lambda body: {"results": [{} for _ in body["queries"]]}
        self.server = HTTPServer(("127.0.0.1", 0), self._handler())
        self.address = f"http://127.0.0.1:{self.server.server_port}/"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                service.asked.append(body)
                said = service.answer(body)
                self.send_response(503 if said is None else 200)
                self.end_headers()
                self.wfile.write(said if isinstance(said, bytes) else json.dumps(said).encode())

            def log_message(self, *args: Any) -> None:
                """Say nothing."""

        return Handler


@pytest.fixture
def service() -> Iterator[Service]:
    """A service that knows of no weakness, until a test says otherwise."""
    made = Service()
    thread = threading.Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


def test_every_locked_package_is_asked_about_once(tool: ModuleType, service: Service, capsys: Any) -> None:
    assert tool.main([service.address]) == 0
    (asked,) = service.asked
    named = [(one["package"]["ecosystem"], one["package"]["name"], one["version"]) for one in asked["queries"]]
    assert named == tool.locked(ROOT)
    assert len(named) == len(set(named)) > 100
    lines = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8").splitlines()
    pins = {line.partition("==")[0] for line in lines if "==" in line and not line.startswith((" ", "#"))}
    assert pins - {name for index, name, _ in named if index == "PyPI"} == set()
    assert {"django", "cryptography"} <= {name for _, name, _ in named}
    assert f"{len(named)} locked packages asked about; 0 with a known weakness." in capsys.readouterr().out


def test_a_weakness_is_named_and_fails(tool: ModuleType, service: Service, capsys: Any) -> None:
    def answer(body: Any) -> Any:
        django = [one["package"]["name"] == "django" for one in body["queries"]]
        return {"results": [{"vulns": [{"id": "GHSA-invented"}]} if one else {} for one in django]}

    service.answer = answer
    assert tool.main([service.address]) == 1
    assert "GHSA-invented" in capsys.readouterr().out


ANSWERS: list[Any] = [None, b"no JSON", [], {}, {"results": []}, {"results": [{}]}, {"results": "all well"}]


@pytest.mark.parametrize("answer", ANSWERS, ids=str)
def test_an_answer_that_is_none_is_a_failure(tool: ModuleType, service: Service, capsys: Any, answer: Any) -> None:
    service.answer = lambda body: answer
    assert tool.main([service.address]) == 2
    assert capsys.readouterr().err.startswith("Not audited: ")


def test_a_service_that_cannot_be_reached_is_a_failure(tool: ModuleType, service: Service, capsys: Any) -> None:
    service.server.server_close()
    closed = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    address = f"http://127.0.0.1:{closed.server_port}/"
    closed.server_close()
    assert tool.main([address]) == 2
    assert "could not be reached" in capsys.readouterr().err


def test_nothing_is_asked_in_the_open(tool: ModuleType, capsys: Any) -> None:
    assert tool.main(["http://weak.example/"]) == 2
    assert "over https" in capsys.readouterr().err


@pytest.mark.parametrize("empty", ["requirements.lock", "requirements-dev.lock", "node.lock", "package-lock.json"])
def test_a_lock_that_names_nothing_is_a_failure(tool: ModuleType, tmp_path: Path, empty: str) -> None:
    for name in (*tool.LOCKS, "package-lock.json"):
        (tmp_path / name).write_text((ROOT / name).read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / empty).write_text('{"packages": {"": {}}}' if empty.endswith("json") else "# nothing\n")
    with pytest.raises(tool.NotAudited, match="names no package"):
        tool.locked(tmp_path)


def test_without_a_package_nothing_was_audited(tool: ModuleType) -> None:
    with pytest.raises(tool.NotAudited, match="no package to ask about"):
        tool.audit([], lambda body: {"results": []})
