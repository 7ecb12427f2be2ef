"""Files on their way in: held in memory until they are sealed, never on disc in plain."""

from io import BytesIO
from typing import Any
from uuid import UUID

from django.core import signing
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from onrecord.intake.rules.papers import LARGEST, Piece
from onrecord.ledger.gateway.files import FileSpoilt, NoFile, open_file

SALT = "onrecord.intake.original"


class InMemory(FileUploadHandler):
    """Holds all files of a request in memory. What is more than one file may have is let go, and only counted."""

    def __init__(self, request: Any = None) -> None:
        """Begin with nothing."""
        super().__init__(request)
        self._held = BytesIO()
        self._room = LARGEST + 1

    def new_file(self, *given: Any, **more: Any) -> None:
        """Begin another file."""
        super().new_file(*given, **more)
        self._held = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take a piece of it, while there is room."""
        self._held.write(raw_data[: self._room])
        self._room = max(0, self._room - len(raw_data))

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The file. One that was not held whole counts as larger than any may be, whatever came before it."""
        name, sort = self.file_name or "no name", self.content_type or ""
        size = file_size if self._held.tell() == file_size else max(file_size, LARGEST + 1)
        self._held.seek(0)
        return InMemoryUploadedFile(self._held, self.field_name, name, sort, size, self.charset)


def ticket(user: str, uid: UUID, piece: Piece) -> str:
    """What a page carries for a file that is sealed and not yet part of a report: only its uploader can claim it."""
    said = {"user": user, "file": str(uid), "name": piece.name, "media_type": piece.media_type}
    return signing.dumps(said, salt=SALT, compress=True)


def claimed(user: str, tickets: list[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """The tickets that are this person's, each with the name of its file; and the tickets that are nobody's."""
    found, strange = [], []
    for one in dict.fromkeys(tickets):
        said = _read(user, one)
        if said:
            found.append((one, said["name"]))
        else:
            strange.append(one)
    return found, strange


def fetched(user: str, tickets: list[str]) -> tuple[list[Piece], int]:
    """The files behind tickets, opened; and how many could not be had."""
    found = []
    for one in dict.fromkeys(tickets):
        said = _read(user, one)
        try:
            found += [Piece(said["name"], said["media_type"], open_file(UUID(said["file"])))] if said else []
        except (NoFile, FileSpoilt):
            continue
    return found, len(dict.fromkeys(tickets)) - len(found)


def _read(user: str, one: str) -> dict[str, str]:
    try:
        said: dict[str, str] = signing.loads(one, salt=SALT)
    except signing.BadSignature:
        return {}
    return said if said["user"] == user else {}
