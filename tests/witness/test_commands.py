"""The commands, as somebody at an inspectorate uses them: plain sentences, JSON, and an exit status to rely on."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from onrecord_witness import cli, clock, commands, server
from onrecord_witness.home import Home
from onrecord_witness.keys import WITNESS, Key
from onrecord_witness.note import Note
from onrecord_witness.proof import Proof
from tests.house.tree import ROOT
from tests.witness.logs import HOUR, LOG_KEY, NOW, ORIGIN, RECEIPT_KEY, asking, entries_of, note_of, trusting, written
from tests.witness.receipts import POLICY, PROMISE, cosigned, kept, receipt

FIVE, NINE = entries_of(5), entries_of(9)
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command at NOW in a folder of its own; its status and what it says."""
    monkeypatch.setattr(clock, "now", lambda: NOW)

    def ran(*words: object) -> tuple[int, str]:
        verb, *rest = map(str, words)
        status = cli.main([verb, "--home", str(tmp_path / "witness"), *rest])
        return status, capsys.readouterr().out.strip()

    return ran


@pytest.fixture
def ready(run: Run, tmp_path: Path) -> Run:
    """The same, with a key, and the invented log trusted."""
    run("keygen", "inspectorate.example/witness")
    log = kept(tmp_path, "log.vkey", f"{LOG_KEY.verifier()}\n".encode())
    run("trust", log, "--receipts", RECEIPT_KEY.verifier(), "--log", tmp_path / "log")
    return run


def test_a_key_is_made_once(run: Run, tmp_path: Path) -> None:
    status, words = run("keygen", "inspectorate.example/witness")
    key = Key.read(words.splitlines()[-1], WITNESS)
    assert (status, key.name, key) == (0, "inspectorate.example/witness", Home(tmp_path / "witness").key())
    assert (tmp_path / "witness" / "witness.json").stat().st_mode & 0o077 == 0
    assert run("keygen", "other.example")[0] == 1
    assert Home(tmp_path / "witness").key() == key
    assert run("keygen", "two words", "--home", tmp_path / "other")[0] == 1


def test_trusting_says_what_to_read_aloud_and_adds_keys(run: Run) -> None:
    both = run("trust", LOG_KEY.verifier(), "--origin", "other", "--receipts", RECEIPT_KEY.verifier(), "--json")[1]
    assert json.loads(both)["marks"] == [LOG_KEY.verifier().mark(), RECEIPT_KEY.verifier().mark()]
    status, words = run("trust", LOG_KEY.verifier())
    assert (status, words.splitlines()[0]) == (0, f"Trusted: {ORIGIN}, 1 key.")
    assert words.splitlines()[1].startswith("Read this to its keepers: ")
    assert len(words.splitlines()[1].rpartition(": ")[2]) == 19
    assert json.loads(run("trust", RECEIPT_KEY.verifier(), "--origin", ORIGIN, "--json")[1])["keys"] == [
        str(LOG_KEY.verifier()),
        str(RECEIPT_KEY.verifier()),
    ]
    assert run("trust", LOG_KEY.verifier(), "--replace")[1].startswith(f"Trusted: {ORIGIN}, 1 key.")
    assert run("trust", "no-such-file")[0] == 1


def test_a_request_that_came_as_a_file_is_answered_as_a_file(ready: Run, tmp_path: Path) -> None:
    asked = kept(tmp_path, "request", asking(FIVE, 0))
    assert ready("sign", asked, "--out", tmp_path / "answer") == (0, f"Signed: {ORIGIN} at 5 entries.")
    note = Note.read(note_of(FIVE).encode() + (tmp_path / "answer").read_bytes())
    assert note.signed_at(Home(tmp_path / "witness").key()) == NOW
    asked.write_bytes(asking(entries_of(5, "other"), 5))
    status, words = ready("sign", asked, "--out", tmp_path / "other")
    assert (status, "The evidence is in" in words, (tmp_path / "other").exists()) == (1, True, False)
    assert json.loads(ready("sign", asked, "--json")[1])["status"] == 422


def test_two_checkpoints_are_compared(ready: Run, tmp_path: Path) -> None:
    written(tmp_path / "log", NINE)
    old, new, other = (
        kept(tmp_path, name, note_of(entries).encode())
        for name, entries in (("old", FIVE), ("new", NINE), ("other", entries_of(5, "other")))
    )
    assert ready("compare", old, new) == (
        0,
        "The 9 entries begin with the 5 that were signed before, unchanged.",
    )
    assert ready("compare", old, old) == (0, "Both say the same of 5 entries.")
    status, words = ready("compare", old, other)
    assert (status, words[:5], next((tmp_path / "witness").rglob("evidence/*/sent")).read_text()) == (
        1,
        "FORK:",
        note_of(entries_of(5, "other")),
    )
    assert ready("compare", other, new)[1].startswith("NOT THE SAME RECORD")
    written(tmp_path / "log", FIVE)
    assert ready("compare", old, new)[1].startswith("Refused: the files in")
    assert ready("compare", old, tmp_path / "nowhere")[0] == 1


def test_comparing_needs_the_files_of_a_trusted_log(run: Run, tmp_path: Path) -> None:
    old, new = kept(tmp_path, "old", note_of(FIVE).encode()), kept(tmp_path, "new", note_of(NINE).encode())
    assert "is not trusted here" in run("compare", old, new)[1]
    run("trust", LOG_KEY.verifier())
    assert "say with --log" in run("compare", old, new)[1]


def test_what_became_of_a_receipt_from_the_log_and_from_a_proof(ready: Run, tmp_path: Path) -> None:
    policy = kept(tmp_path, "policy", POLICY)
    written(tmp_path / "log", NINE, cosigned(NINE, NOW, "inspectorate", "scrutineer"))
    mine = kept(tmp_path, "mine", receipt(NINE[3], NOW - HOUR, PROMISE))
    status, words = ready("receipt", mine, "--policy", policy, "--keep", tmp_path / "mine.tlog-proof")
    assert (status, words[:24]) == (0, "Included and witnessed: ")
    assert Proof.read((tmp_path / "mine.tlog-proof").read_bytes()).index == 3
    assert ready("receipt", mine, "--policy", policy, "--proof", tmp_path / "mine.tlog-proof") == (0, words)
    assert ready("receipt", mine)[1].startswith("Promised until")  # nobody knows whose signatures are enough
    kept(tmp_path / "log" / "policy", PROMISE.policy, POLICY)
    assert ready("receipt", mine) == (0, words)
    kept(tmp_path / "log" / "policy", PROMISE.policy, b"quorum none\n")
    assert "another policy" in ready("receipt", mine)[1]
    lost = kept(tmp_path, "lost", receipt(b"lost", NOW - 48 * HOUR, PROMISE))
    said = json.loads(ready("receipt", lost, "--policy", policy, "--json", "--live")[1])
    assert (said["verdict"], said["due"]) == ("broken", NOW - 24 * HOUR)
    assert ready("receipt", lost, "--policy", policy)[0] == 1
    assert ready("receipt", kept(tmp_path, "letter", b"Dear all\n"))[0] == 1


def test_a_receipt_needs_a_log_or_a_proof(run: Run, tmp_path: Path) -> None:
    mine = kept(tmp_path, "mine", receipt(NINE[3]))
    run("trust", LOG_KEY.verifier(), "--receipts", RECEIPT_KEY.verifier())
    assert run("receipt", mine) == (
        1,
        "Refused: say with --log where the log's files are, or hand in a proof with --proof.",
    )


def test_a_whole_log_is_read_again(ready: Run, tmp_path: Path) -> None:
    policy = kept(tmp_path, "policy", POLICY)
    log = written(tmp_path / "log", NINE, cosigned(NINE, NOW, "inspectorate", "scrutineer"))
    assert ready("verify", log, "--policy", policy) == (
        0,
        f"{ORIGIN}: 9 entries hold. Witnessed by inspectorate, scrutineer.",
    )
    assert ready("verify", log, "--key", log / "log.vkey", "--home", tmp_path / "nobody")[0] == 0
    (log / "checkpoint").write_text(note_of(NINE))
    assert ready("verify", log, "--policy", policy)[0] == 1
    assert "is not trusted here" in ready("verify", log, "--home", tmp_path / "nobody")[1]
    (log / "tile/entries/000.p/9").write_bytes(b"")
    said = json.loads(ready("verify", log, "--json")[1])
    assert (said["holds"], said["faults"]) == (False, ["tile/entries/000.p/9 holds 0 entries, not the 9 it should"])


def test_watching_once_answers_one_when_there_is_an_alarm(ready: Run, tmp_path: Path) -> None:
    log = written(tmp_path / "log", FIVE)
    assert ready("watch", log, "--once") == (0, "All is well.")
    written(log, entries_of(5, "other"))
    status, words = ready("watch", log, "--once")
    assert (status, words[:5]) == (1, "ALARM")


@pytest.mark.parametrize("hours", ["nan", "inf", "-1", "0", "1e999"])
def test_an_endless_silence_is_not_allowed(hours: str, ready: Run, tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        ready("watch", tmp_path / "log", "--once", f"--silence={hours}")


def test_watching_goes_on_and_says_only_what_is_new(
    ready: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log, waits = written(tmp_path / "log", FIVE), iter([None, None, None])

    def wait(seconds: float) -> None:
        if next(waits, "over") == "over":
            raise KeyboardInterrupt

    monkeypatch.setattr(clock, "wait", wait)
    assert ready("watch", log) == (0, "All is well.")


def test_serving_until_it_is_stopped(ready: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(self: server.Server) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(server.Server, "serve_forever", stop)
    status, words = ready("serve", "--port", "0")
    assert (status, words.startswith("inspectorate.example/witness answers at http://127.0.0.1:")) == (0, True)


def test_a_log_is_read_over_http_too(ready: Run, tmp_path: Path) -> None:
    log = written(tmp_path / "log", NINE)
    with served(log) as address:
        assert ready("verify", address)[0] == 0
        assert ready("watch", address, "--once")[0] == 0
        (log / "tile/0/000.p/9").unlink()
        assert "cannot be fetched" in ready("verify", address)[1]


class Quiet(SimpleHTTPRequestHandler):
    """A plain web server that writes nothing down."""

    def log_message(self, format: str, *words: Any) -> None:
        """Nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A folder behind a plain web server; its address."""
    made = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=made.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    thread.join()
    made.server_close()


def test_every_command_takes_json(ready: Run, tmp_path: Path) -> None:
    request, log = kept(tmp_path, "request", asking(FIVE, 0)), written(tmp_path / "log", FIVE)
    mine, note = kept(tmp_path, "mine", receipt(FIVE[1])), log / "checkpoint"
    asked: list[tuple[object, ...]] = [
        ("keygen", "name"),
        ("trust", LOG_KEY.verifier()),
        ("sign", request),
        ("compare", note, note),
        ("receipt", mine),
        ("verify", log),
        ("proof", mine),
        ("bundle", log),
        ("watch", log, "--once"),
    ]
    assert {one[0] for one in asked} | {"serve"} == set(cli.VERBS)
    for words in asked:
        assert isinstance(json.loads(ready(*words, "--json")[1]), dict)


ALONE = """
import sys
{without}
sys.path.insert(0, {path!r})
from onrecord_witness import cli, keys
status = cli.main({words!r})
taken = {{name.partition(".")[0] for name in sys.modules}} - set(sys.stdlib_module_names)
print(status, keys.HAS_CRYPTOGRAPHY, *sorted(taken & {{"onrecord", "django", "cryptography"}}))
"""


@pytest.mark.parametrize("without", ["", "sys.modules['cryptography'] = None"])
def test_it_runs_on_bare_python_and_imports_nothing_of_ours(without: str, tmp_path: Path) -> None:
    home, _ = trusting(tmp_path / "witness")
    words = ["sign", "--home", str(home.folder), str(kept(tmp_path, "request", asking(FIVE, 0)))]
    code = ALONE.format(without=without, path=str(ROOT / "witness" / "src"), words=words)
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    line, said = done.stdout.strip().splitlines()
    assert said == ("0 False cryptography" if without else "0 True cryptography")
    assert Note.read(f"{note_of(FIVE)}{line}\n".encode()).signed_at(home.key()) is not None


def test_no_line_of_it_names_the_program_whose_record_it_checks() -> None:
    lines = [
        (path.name, line)
        for path in (ROOT / "witness" / "src").rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.lstrip().startswith(("import ", "from "))
    ]
    taken = {line.split()[1].partition(".")[0] for _, line in lines}
    assert taken - set(sys.stdlib_module_names) == {"onrecord_witness", "cryptography"}
    assert len(lines) > 50
    assert commands.Home is Home
