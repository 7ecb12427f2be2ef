"""A witness's folder that was damaged says so, is never guessed at, and keeps what it keeps under the same names."""

import json
from pathlib import Path

import pytest

from onrecord_witness import Refused, whole
from onrecord_witness.home import Home, Trusted, key_from, read, write
from onrecord_witness.keys import LOG, Key
from onrecord_witness.source import Source
from tests.witness.logs import LOG_KEY, ORIGIN, entries_of, note_of, trusting, written

KEY = Key.read(str(LOG_KEY.verifier()), LOG)


@pytest.mark.parametrize(
    "held", [{"name": "a"}, {"secret": "00" * 32}, {"name": "a", "secret": "zz"}, {"name": "a", "secret": 5}]
)
def test_a_key_that_is_damaged_is_refused(tmp_path: Path, held: dict[str, object]) -> None:
    write(tmp_path / "witness.json", held)
    with pytest.raises(Refused, match=r"witness\.json is damaged: put it back from your copy"):
        Home(tmp_path).secret()


@pytest.mark.parametrize("held", [{}, {"keys": 5}, {"keys": [], "receipts": []}, {"keys": [5], "receipts": []}])
def test_a_trusted_log_that_is_damaged_is_refused(tmp_path: Path, held: dict[str, object]) -> None:
    home, log = trusting(tmp_path)
    write(home.of(log) / "log.json", held)
    with pytest.raises(Refused, match=r"log\.json is damaged: put it back from your copy"):
        home.trusted(ORIGIN)


@pytest.mark.parametrize("text", ["", "[]", "{", "5", '"a"'])
def test_a_file_that_is_no_object_is_damaged_and_one_that_is_not_there_is_missing(tmp_path: Path, text: str) -> None:
    (tmp_path / "a").write_text(text)
    with pytest.raises(Refused, match="a is damaged: put it back from your copy"):
        read(tmp_path / "a", "")
    with pytest.raises(Refused, match="b is missing"):
        read(tmp_path / "b", "")
    with pytest.raises(Refused, match="make one first"):
        read(tmp_path / "b", "make one first")


def test_what_a_folder_holds_stands_under_names_that_stay(tmp_path: Path) -> None:
    home, log = trusting(tmp_path, source="https://log.example")
    folder = home.of(log)
    assert sorted(path.name for path in folder.iterdir()) == ["checkpoint", "log.json"]
    assert (folder / "checkpoint").read_bytes() == b""
    assert json.loads((folder / "log.json").read_bytes()) == {
        "origin": ORIGIN,
        "source": "https://log.example",
        "keys": [str(KEY)],
        "receipts": [str(one) for one in log.receipts],
    }
    assert (home.logs(), home.trusted(ORIGIN)) == ([log], log)
    with home.turn(log):
        assert (folder / "lock").exists()
    kept = home.evidence(log, "what", {"seen": b"1", "sent": b"2"})
    assert kept is not None
    assert (kept.parent.name, len(kept.name)) == ("evidence", 16)
    assert home.evidence(log, "what", {"seen": b"1", "sent": b"2"}) == kept
    assert home.evidence(log, "what", {"seen": b"12", "sent": b""}) != kept


def test_a_first_checkpoint_that_is_lost_is_not_begun_again(tmp_path: Path) -> None:
    home, log = trusting(tmp_path)
    (home.of(log) / "checkpoint").unlink()
    with pytest.raises(Refused, match="checkpoint is missing: put it back from your copy"):
        home.trust(log)


def test_a_turn_is_taken_one_at_a_time(tmp_path: Path) -> None:
    home, other = Home(tmp_path), Home(tmp_path)
    fcntl = pytest.importorskip("fcntl")
    log = Trusted(ORIGIN, (KEY,))
    with home.turn(log), (other.of(log) / "lock").open("w") as file, pytest.raises(BlockingIOError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_a_key_is_itself_or_a_file_even_one_with_a_plus_in_its_name(tmp_path: Path) -> None:
    path = tmp_path / "log+1.vkey"
    path.write_text(f"{KEY}\n")
    assert (key_from(str(path), LOG), key_from(str(KEY), LOG)) == (KEY, KEY)
    with pytest.raises(Refused, match="neither a key nor a file that holds one"):
        key_from(str(tmp_path / "none"), LOG)


def test_entries_that_do_not_give_the_signed_root_are_found(tmp_path: Path) -> None:
    """Every tile fits the entries; what was signed is something else."""
    other = note_of(entries_of(5, "other"))
    found = whole.check(Source(str(written(tmp_path, entries_of(5), other))), [KEY])
    assert found.faults == ("the entries do not give the root that was signed",)
    good = whole.check(Source(str(written(tmp_path, entries_of(5)))), [KEY])
    assert good.faults == ()
