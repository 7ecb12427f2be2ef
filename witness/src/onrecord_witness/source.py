"""Where a log is read: a folder (a stick, a copied disk) or an address. Both hold the same files."""

import urllib.error
import urllib.request
from http.client import HTTPException
from pathlib import Path

from onrecord_witness import Refused

LARGEST = 256 * 65_537
"""Bytes of the largest file of a log: 256 entries of 65,535 bytes, each with its length."""
SECONDS = 30


class Missing(Refused):
    """The log does not have this file, or cannot be reached."""


class Source:
    """A folder or an http(s) address under which a log's files stand."""

    def __init__(self, where: str) -> None:
        self.where = where.rstrip("/") or where
        self.remote = where.startswith(("https://", "http://"))

    def read(self, path: str) -> bytes:
        """One file of the log. Missing if it is not there."""
        data = self._fetched(path) if self.remote else self._opened(path)
        if len(data) > LARGEST:
            raise Refused(f"{path} is larger than a file of a log can be")
        return data

    def _opened(self, path: str) -> bytes:
        try:
            with (Path(self.where) / path).open("rb") as file:
                return file.read(LARGEST + 1)
        except OSError as error:
            raise Missing(f"{path} cannot be read from {self.where}: {error.strerror}") from None

    def _fetched(self, path: str) -> bytes:
        try:
            with urllib.request.urlopen(f"{self.where}/{path}", timeout=SECONDS) as answer:  # noqa: S310  # http(s) only
                return bytes(answer.read(LARGEST + 1))
        except (urllib.error.URLError, HTTPException, OSError, ValueError) as error:
            raise Missing(f"{path} cannot be fetched from {self.where}: {type(error).__name__}") from None
