"""A stream sealed under a key of its own, in pieces, so that a backup of any size is sealed and opened as it goes by.

AES-256-GCM, piece by piece, after Hoang, Reyhanitabar, Rogaway and Vizár (STREAM, 2015): the nonce of a piece is its
number and whether it is the last, so that no piece can be moved, left out or cut off. A key seals one stream only.
"""

from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PIECE, TAG = 1 << 20, 16
"""The bytes of a piece before it is sealed, and what sealing adds to each."""


class NotOpened(ValueError):
    """It was not sealed under this key, or was changed or cut off since."""


class Sealing:
    """What is written to it is sealed, and goes into a file. `close` seals the last piece; the file stays open."""

    def __init__(self, file: BinaryIO, key: bytes, bound: bytes) -> None:
        """Seal under a key of 32 bytes, bound to what stands before it in the clear."""
        self._file, self._cipher, self._bound = file, AESGCM(key), bound
        self._held, self._number = bytearray(), 0

    def write(self, data: bytes) -> int:
        """Take bytes. A whole piece is sealed when more follows it."""
        self._held += data
        while len(self._held) > PIECE:
            self._piece(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]
        return len(data)

    def close(self) -> None:
        """Seal what is left as the last piece."""
        self._piece(bytes(self._held), last=True)
        self._held.clear()

    def _piece(self, plain: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, last=last), plain, self._bound))
        self._number += 1


class Opening:
    """What is read from it was sealed by `Sealing`. Raises NotOpened before it gives out a byte of a wrong piece."""

    def __init__(self, file: BinaryIO, key: bytes, bound: bytes) -> None:
        """Open from where the file stands."""
        self._file, self._cipher, self._bound = file, AESGCM(key), bound
        self._next, self._number, self._held = file.read(PIECE + TAG), 0, b""
        self._ended = False

    def read(self, size: int) -> bytes:
        """So many bytes; fewer only at the end."""
        while len(self._held) < size and not self._ended:
            self._held += self._piece()
        found, self._held = self._held[:size], self._held[size:]
        return found

    def finish(self) -> None:
        """Read to the end, so that nothing that was cut off stays unseen."""
        while not self._ended:
            self._held = self._piece()

    def _piece(self) -> bytes:
        sealed, self._next = self._next, self._file.read(PIECE + TAG)
        self._ended = not self._next
        nonce = _nonce(self._number, last=self._ended)
        self._number += 1
        try:
            return self._cipher.decrypt(nonce, sealed, self._bound)
        except (InvalidTag, ValueError):
            raise NotOpened("It does not open: it was sealed under another key, or was changed or cut off.") from None


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
