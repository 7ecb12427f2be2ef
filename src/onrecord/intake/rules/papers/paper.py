"""A paper as it was read: its words, who sent it, and the files to be kept sealed."""

from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID, uuid5

LARGEST = 20 * 1024 * 1024
"""Bytes of one file."""
NAME = 300


class Unreadable(ValueError):
    """A file cannot be read as what it is. The words say why, and what to do."""


@dataclass(frozen=True)
class Piece:
    """A file as it came: its name, what sort it is said to be, and its bytes."""

    name: str
    media_type: str
    data: bytes

    @property
    def digest(self) -> str:
        """Its SHA-256."""
        return sha256(self.data).hexdigest()


@dataclass(frozen=True)
class Paper:
    """What could be read. `number` is the Message-ID of an e-mail; `pieces` begin with the file itself.

    `trouble` says why no words were found in a file that should have some: it is kept all the same.
    """

    words: str
    pieces: tuple[Piece, ...]
    sender: str = ""
    subject: str = ""
    dated: str = ""
    number: str = ""
    trouble: str = ""


def original_id(report: UUID, piece: Piece) -> UUID:
    """The id of a file kept with a report: the same file again is the same original."""
    return uuid5(report, f"original/{piece.digest}/{piece.media_type[:NAME]}/{piece.name[:NAME]}")


def sniffed(data: bytes, name: str) -> str:
    """What sort of file it is by its first bytes, then by its name: pdf, docx, eml or txt; "" for anything else."""
    if data.startswith(b"%PDF-") or data[:1024].find(b"%PDF-") >= 0:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "docx"
    ending = name.lower().rpartition(".")[2]
    return ending if ending in ("eml", "txt") else ""
