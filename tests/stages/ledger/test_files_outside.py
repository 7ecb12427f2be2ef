"""What stands beside the database is written whole, forced to disc before it counts, and read by whom it is for."""

import gc
import json
import os
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connections
from structlog.testing import capture_logs
from typer.testing import CliRunner

from onrecord.cli.app import app
from onrecord.ledger.gateway import verified
from onrecord.ledger.gateway.files import FileTaken, NoFile, erase_file, keep_file, kept_files, open_file
from onrecord.ledger.gateway.given import given, note_given, set_apart, settle_given
from onrecord.ledger.gateway.head import head_note, head_text, keep_head
from onrecord.ledger.gateway.home import (
    STANDING,
    Damaged,
    NoHome,
    must_be_set_up,
    name_record,
    origin,
    read_json,
    write_bytes,
    write_whole,
)
from onrecord.ledger.gateway.published import Differs, add_file, file_of, put_file
from tests.partnership import ORIGIN, Store

UID = UUID("5f1f7c3e-6f0b-4c7e-9f55-1d3c1a4c2b70")


@pytest.fixture
def forced(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, object]]]:
    """What was forced to disc, and named, in order: each name with what stood there; no handle is left open."""
    found: list[tuple[str, object]] = []
    fsync, link, replace = os.fsync, os.link, Path.replace

    def forcing(handle: int) -> None:
        where = Path(os.readlink(f"/proc/self/fd/{handle}"))
        found.append((where.name, "folder" if where.is_dir() else where.read_bytes()))
        fsync(handle)

    def linking(draft: Path, name: Path) -> None:
        found.append((name.name, "named"))
        link(draft, name)

    def replacing(draft: Path, name: Path) -> Path:
        found.append((name.name, "named"))
        return replace(draft, name)

    monkeypatch.setattr(os, "fsync", forcing)
    monkeypatch.setattr(os, "link", linking)
    monkeypatch.setattr(Path, "replace", replacing)
    gc.collect()  # what earlier tests left behind is closed now, and not while this one counts
    before = len(os.listdir("/proc/self/fd"))
    yield found
    assert len(os.listdir("/proc/self/fd")) == before


@pytest.fixture
def nobody_masks() -> Iterator[None]:
    """Files get exactly the rights that they are made with."""
    was = os.umask(0)
    yield
    os.umask(was)


def rights(path: Path) -> str:
    return oct(path.stat().st_mode & 0o777)


def test_a_small_file_is_forced_to_disc_before_it_has_its_name(
    forced: list[tuple[str, object]], tmp_path: Path
) -> None:
    path = tmp_path / "new" / "deeper" / "one.json"
    write_whole(path, {"b": 1, "a": [2]})
    data = b'{\n "a": [\n  2\n ],\n "b": 1\n}\n'
    assert path.read_bytes() == data
    assert forced == [(f"{path.name}.new", data), (path.name, "named"), ("deeper", "folder")]
    write_bytes(path, b"two")
    assert [one.name for one in path.parent.iterdir()] == ["one.json"]
    assert path.read_bytes() == b"two"


def test_what_a_crash_left_of_a_draft_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "one.json.new").write_bytes(b"a long draft, cut off by a crash")
    write_bytes(tmp_path / "one.json", b"short")
    assert (tmp_path / "one.json").read_bytes() == b"short"


def test_a_sealed_file_is_forced_to_disc_before_it_has_its_name(
    store: Store, fresh_home: Path, forced: list[tuple[str, object]]
) -> None:
    keep_file(UID, b"a letter")
    kept = (fresh_home / "files" / str(UID)).read_bytes()
    names = [name for name, _ in forced]
    assert forced[0] == (names[0], kept)
    assert names[0].startswith(f"{UID}.")
    assert forced[1:] == [(str(UID), "named"), ("files", "folder"), (fresh_home.name, "folder")]
    assert (kept_files(), open_file(UID)) == ([str(UID)], b"a letter")


def test_a_file_that_cannot_be_written_says_why_and_leaves_nothing(
    store: Store, fresh_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*words: object) -> int:
        raise OSError("the disc is full")

    assert kept_files() == []
    with monkeypatch.context() as planted:
        planted.setattr(os, "open", full)
        with pytest.raises(OSError, match="the disc is full"):
            keep_file(UID, b"a letter")
    assert kept_files() == []
    with pytest.raises(NoFile) as missing:
        open_file(UID)
    assert (missing.value.uid, str(missing.value)) == (UID, f"There is no file {UID}.")


def test_another_file_is_refused_where_what_stands_is_spoilt(store: Store, fresh_home: Path) -> None:
    keep_file(UID, b"a letter")
    keep_file(UID, b"a letter")
    (fresh_home / "files" / str(UID)).write_bytes(b"spoilt")
    with pytest.raises(FileTaken, match=str(UID)):
        keep_file(UID, b"a letter")
    assert kept_files() == [str(UID)]


def test_what_is_erased_is_written_over_first(
    store: Store, fresh_home: Path, tmp_path: Path, forced: list[tuple[str, object]]
) -> None:
    erase_file(UID)
    keep_file(UID, b"a letter")
    path, beside = fresh_home / "files" / str(UID), tmp_path / "the same place on the disc"
    length = path.stat().st_size
    beside.hardlink_to(path)
    forced.clear()
    erase_file(UID)
    assert beside.read_bytes() == b"\0" * length
    assert forced[:2] == [(str(UID), b"\0" * length), ("files", "folder")]
    assert kept_files() == []


def test_each_file_is_for_whom_it_is_for(store: Store, fresh_home: Path, tmp_path: Path, nobody_masks: None) -> None:
    keep_file(UID, b"a letter")
    set_apart([])
    note_given(UID, b"\1" * 32, "default")
    keep_head("default", "a note\n\nsigned\n")
    verified.keep({"at": "now"})
    write_whole(tmp_path / "secret", {})
    write_bytes(tmp_path / "secret bytes", b"")
    add_file(tmp_path, "tile", b"1")
    put_file(tmp_path, "newest", b"1")
    here = {name: rights(fresh_home / name) for name in ("files", f"files/{UID}", "given-lost", "head-default.json")}
    assert here == {"files": "0o700", f"files/{UID}": "0o600", "given-lost": "0o700", "head-default.json": "0o644"}
    assert rights(fresh_home / verified.NAME) == "0o644"
    there = {name: rights(tmp_path / name) for name in ("secret", "secret bytes", "tile", "newest")}
    assert there == {"secret": "0o600", "secret bytes": "0o600", "tile": "0o644", "newest": "0o644"}


def test_a_file_of_the_published_record_is_never_changed(tmp_path: Path) -> None:
    assert file_of(tmp_path, "tile/0") is None
    assert (add_file(tmp_path, "tile/0", b"1"), add_file(tmp_path, "tile/0", b"1")) == (True, False)
    with pytest.raises(Differs, match="It was left as it is"):
        add_file(tmp_path, "tile/0", b"2")
    put_file(tmp_path, "checkpoint", b"1")
    put_file(tmp_path, "checkpoint", b"2")
    assert (file_of(tmp_path, "tile/0"), file_of(tmp_path, "checkpoint")) == (b"1", b"2")


def test_a_small_file_that_is_empty_or_damaged_is_said_to_be(tmp_path: Path) -> None:
    assert read_json(tmp_path / "none") is None
    for text in ("", "{"):
        (tmp_path / "one").write_text(text)
        with pytest.raises(Damaged, match="Put it back"):
            read_json(tmp_path / "one")


def test_the_head_is_read_back_as_it_was_signed(fresh_home: Path) -> None:
    keep_head("default", "origin\n7\nroot\n\n\u2014 signed\n")
    assert json.loads((fresh_home / "head-default.json").read_text()) == {"note": "origin\n7\nroot\n\n\u2014 signed\n"}
    assert (head_note("default"), head_text("default")) == ("origin\n7\nroot\n\n\u2014 signed\n", "origin\n7\nroot\n")
    (fresh_home / "head-default.json").unlink()
    with pytest.raises(Damaged, match=r"head-default\.json is missing or empty"):
        head_note("default")


def test_what_the_last_check_found_is_kept_until_the_next(fresh_home: Path) -> None:
    assert verified.kept() is None
    verified.keep({"at": "then", "checks": [1]})
    verified.keep({"at": "now"})
    assert verified.kept() == {"at": "now"}
    assert json.loads((fresh_home / "verified.json").read_text()) == {"at": "now"}


def test_a_record_is_named_once(fresh_home: Path, monkeypatch: pytest.MonkeyPatch, nobody_masks: None) -> None:
    path = fresh_home / "origin.json"
    path.unlink(missing_ok=True)
    name_record("other.onrecord.example/2026")
    assert not path.exists()  # a setting says another
    monkeypatch.setattr(settings, "ONRECORD_ORIGIN", "")
    with pytest.raises(NoHome, match="There is no record"):
        origin()
    name_record("first.onrecord.example/2026")
    name_record("second.onrecord.example/2026")
    assert (json.loads(path.read_text()), rights(path)) == ({"origin": "first.onrecord.example/2026"}, "0o644")
    assert origin() == "first.onrecord.example/2026"
    monkeypatch.setattr(settings, "ONRECORD_ORIGIN", ORIGIN)
    with pytest.raises(NoHome, match="Unset one"):
        origin()
    monkeypatch.setattr(settings, "ONRECORD_ORIGIN", "first.onrecord.example/2026")
    assert origin() == "first.onrecord.example/2026"


@pytest.mark.parametrize("command", ["verify", "doctor"])
def test_what_only_looks_says_that_there_is_no_record_and_leaves_nothing(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "ONRECORD_HOME", tmp_path / "nowhere")
    monkeypatch.setattr(connections["default"], "vendor", "sqlite")
    said = CliRunner().invoke(app, [command])
    assert (isinstance(said.exception, NoHome), (tmp_path / "nowhere").exists()) == (True, False)


def test_where_anything_of_a_record_stands_it_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "ONRECORD_HOME", tmp_path)
    monkeypatch.setattr(connections["default"], "vendor", "sqlite")
    for name in STANDING:
        write_bytes(tmp_path / name, b"something")
        must_be_set_up()
        write_bytes(tmp_path / name, b"")
    with pytest.raises(NoHome, match="There is no record"):
        must_be_set_up()
    monkeypatch.setattr(connections["default"], "vendor", "postgresql")
    must_be_set_up()


def test_a_receipt_is_noted_only_once_its_entry_is_recorded_for_good(own_store: Store, fresh_home: Path) -> None:
    other = uuid4()
    assert given() == {}
    for uid in (UID, other):
        note_given(uid, b"\1" * 32, "default")
    assert given() == {UID: "01" * 32, other: "01" * 32}
    assert oct((fresh_home / "given").stat().st_mode & 0o777) == "0o700"
    set_apart([other])
    set_apart([])
    assert (fresh_home / "given-lost" / str(other)).read_text() == "01" * 32
    settle_given([UID, UID])
    assert given() == {}


def test_what_cannot_be_noted_of_a_receipt_is_logged_and_stops_nothing(own_store: Store, fresh_home: Path) -> None:
    (fresh_home / "given").mkdir()
    (fresh_home / "given" / "stray").write_text("")
    with capture_logs() as told:
        assert given() == {}
    assert [(one["event"], one["name"]) for one in told] == [("what stands among the receipts is none", "stray")]
    (fresh_home / "given" / "stray").unlink()
    (fresh_home / "given").rmdir()
    (fresh_home / "given").write_text("a file, where a folder should be")
    with capture_logs() as told:
        note_given(UID, b"\1" * 32, "default")
    assert [(one["event"], one["error"]) for one in told] == [
        ("a receipt that was given is not noted", "FileExistsError")
    ]
