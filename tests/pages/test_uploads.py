"""A file on its way in stands in memory until it is sealed; never on disc in plain."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.test import Client, RequestFactory

from onrecord.intake.gateway.uploads import claimed, fetched, ticket
from onrecord.intake.rules.papers import LARGEST, Piece
from onrecord.ledger.gateway.files import keep_file
from tests.partnership import Store

MARK = b"a marmalade-coloured letter "


def arrived(*files: bytes) -> list[InMemoryUploadedFile]:
    """Files as they stand after they were sent with one request."""
    sent = {f"file{n}": SimpleUploadedFile("a.txt", data) for n, data in enumerate(files)}
    return list(RequestFactory().post("/", sent).FILES.values())


@pytest.mark.parametrize("size", [1, 3_000_000, LARGEST])
def test_a_file_is_held_whole_in_memory(size: int) -> None:
    file = arrived(b"x" * size)[0]
    assert (type(file), type(file.file), file.size, len(file.read())) == (InMemoryUploadedFile, BytesIO, size, size)


def test_what_is_too_large_is_counted_and_let_go() -> None:
    file = arrived(b"x" * (LARGEST + 500_000))[0]
    assert (file.size, len(file.read())) == (LARGEST + 500_000, LARGEST + 1)


def test_a_file_cut_short_by_one_before_it_counts_as_too_large() -> None:
    first, second = arrived(b"x" * (LARGEST - 10), b"y" * 100)
    assert (first.size, second.size) == (LARGEST - 10, LARGEST + 1)


def test_nothing_of_an_upload_is_written_in_plain(
    browser: Callable[[str], Client], tmp_path: Path, fresh_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "FILE_UPLOAD_TEMP_DIR", str(tmp_path / "in"))
    (tmp_path / "in").mkdir()
    letter = SimpleUploadedFile("a.txt", MARK * 200_000)
    shown = browser("front-door").post("/take-in", {"id": str(uuid4()), "read": "1", "file": letter})
    written = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert MARK in shown.content
    assert [one for one in written if MARK.strip() in one.read_bytes()] == []
    assert [len(one.read_bytes()) > len(MARK) * 200_000 for one in (fresh_home / "files").iterdir()] == [True]


def test_a_ticket_is_its_uploaders_and_cannot_be_changed(store: Store) -> None:
    uid, piece = uuid4(), Piece("a.txt", "text/plain", b"x")
    keep_file(uid, piece.data)
    own = ticket("teacher", uid, piece)
    assert claimed("teacher", [own, own, "x"]) == ([(own, "a.txt")], ["x"])
    assert claimed("nurse", [own, own[:-2] + "aa"]) == ([], [own, own[:-2] + "aa"])
    assert fetched("teacher", [own, own]) == ([piece], 0)
    assert fetched("nurse", [own]) == ([], 1)
    assert fetched("teacher", [ticket("teacher", uuid4(), piece)]) == ([], 1)
