"""Signed notes, checkpoints and cosignatures (C2SP signed-note, tlog-checkpoint, tlog-cosignature v1)."""

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord_witness import Refused
from onrecord_witness.keys import LOG, WITNESS, Key, name_is_good, public_of, sign, unbase64, verify

DASH = "\N{EM DASH}"
LARGEST, MOST_LINES = 64 * 1024, 64
"""Bytes, and signature lines, of a note. C2SP asks for sixteen lines at least."""
LATEST = 2**63 - 1
NUMBER = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


@dataclass(frozen=True)
class Line:
    """A signature line: who is said to have signed, by which key, and the signature.

    `plain` says that its base64 is written in the one right way. One that is not can be by no key: no letter of a note
    may change unseen.
    """

    name: str
    key_id: bytes
    signature: bytes
    plain: bool = True

    def __str__(self) -> str:
        """The line as it stands in a note, without its newline."""
        return f"{DASH} {self.name} {base64.b64encode(self.key_id + self.signature).decode()}"

    @classmethod
    def read(cls, text: str) -> "Line":
        """A line of a note, without its newline. Refused if it is not a signature line."""
        mark, _, rest = text.partition(" ")
        name, _, data = rest.partition(" ")
        if mark != DASH or not name_is_good(name):
            raise Refused("a signature line is a dash, a name and a signature")
        try:
            raw = base64.b64decode(data, validate=True)
        except ValueError:
            raw = b""
        if len(raw) < 5:
            raise Refused(f"the signature of {name} is not base64, or is too short")
        return cls(name, raw[:4], raw[4:], base64.b64encode(raw).decode() == data)


@dataclass(frozen=True)
class Note:
    """A text and its signature lines. Nothing in it may be believed before a signature was checked."""

    text: str
    lines: tuple[Line, ...]

    def __str__(self) -> str:
        """The note as it stands in a file."""
        return f"{self.text}\n" + "".join(f"{line}\n" for line in self.lines)

    @classmethod
    def read(cls, data: bytes) -> "Note":
        """A note from its bytes. Refused if it is not one."""
        try:
            whole = data.decode()
        except UnicodeDecodeError:
            raise Refused("the note is not text") from None
        if len(data) > LARGEST or any(ord(sign) < 32 and sign != "\n" for sign in whole):
            raise Refused("the note is too long, or holds signs that a note may not hold")
        text, gap, tail = whole.rpartition("\n\n")
        if not gap or not text or not tail.endswith("\n"):
            raise Refused("a note is a text, an empty line, and signature lines")
        lines = tail[:-1].split("\n")
        if len(lines) > MOST_LINES:
            raise Refused("the note has too many signatures")
        return cls(text + "\n", tuple(Line.read(line) for line in lines))

    def signed_at(self, key: Key) -> int | None:
        """When this key signed the text (0 for a log's key, which says no time); None if it did not.

        Refused if a line says it is by this key and does not hold.
        """
        found = None
        for line in self.lines:
            if (line.name, line.key_id) == (key.name, key.key_id):
                found = max(found or 0, _holds(self.text, line, key))
        return found

    def plus(self, lines: Iterable[Line]) -> "Note":
        """The note with further signatures, each kept once."""
        return Note(self.text, tuple(dict.fromkeys((*self.lines, *lines))))


def _holds(text: str, line: Line, key: Key) -> int:
    """The time of a line that holds; Refused if it does not."""
    moment, message, signature = 0, text.encode(), line.signature
    if key.sort == WITNESS:
        moment, signature = int.from_bytes(signature[:8], "big"), signature[8:]
        message = cosigned(text, moment)
    if not line.plain or len(signature) != 64 or moment > LATEST or not verify(key.public, message, signature):
        raise Refused(f"the signature by {key.name} does not hold")
    return moment


def cosigned(text: str, moment: int) -> bytes:
    """What a witness signs over a checkpoint's text at a time (seconds since 1970)."""
    return f"cosignature/v1\ntime {moment}\n{text}".encode()


def cosign(secret: bytes, name: str, text: str, moment: int) -> Line:
    """A witness's signature line over a checkpoint's text."""
    key = Key(name, WITNESS, public_of(secret))
    return Line(name, key.key_id, moment.to_bytes(8, "big") + sign(secret, cosigned(text, moment)))


@dataclass(frozen=True)
class Checkpoint:
    """What a log promises: at this size it had this root."""

    origin: str
    size: int
    root: bytes

    @classmethod
    def read(cls, text: str) -> "Checkpoint":
        """The text of a checkpoint. Refused if it is not one."""
        lines = text.split("\n")
        if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
            raise Refused("a checkpoint is an origin, a size and a root, each on a line")
        root = unbase64(lines[2], "the root")
        if len(root) != 32:
            raise Refused("the root is not a SHA-256 hash")
        return cls(lines[0], read_size(lines[1]), root)


def read_size(text: str) -> int:
    """A size or an index, written as a plain number. Refused otherwise."""
    if not NUMBER.fullmatch(text) or int(text) > LATEST:
        raise Refused("a size is written as a plain number")
    return int(text)


def opened(data: bytes, keys: Iterable[Key], origin: str = "") -> tuple[Note, Checkpoint]:
    """A checkpoint signed by one of these log keys. Refused if it is not, or is of another origin."""
    note = Note.read(data)
    held = [key for key in keys if key.sort == LOG and note.signed_at(key) is not None]
    if not held:
        raise Refused("the checkpoint is not signed by a key that is trusted here")
    made = Checkpoint.read(note.text)
    if origin and made.origin != origin:
        raise Refused(f"the checkpoint is of {made.origin}, not of {origin}")
    return note, made
