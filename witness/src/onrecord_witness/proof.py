"""A proof on one page (C2SP tlog-proof): an entry's place, the hashes that lead to the root, the signed checkpoint."""

import base64
from dataclasses import dataclass

from onrecord_witness import Refused
from onrecord_witness.keys import unbase64
from onrecord_witness.merkle import LONGEST_PROOF
from onrecord_witness.note import LARGEST, read_size

TITLE = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True)
class Proof:
    """What an inquiry or a court is handed: it can be checked without the log, and without a network."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes = b""

    def __bytes__(self) -> bytes:
        """The proof as it stands in a file."""
        extra = f"extra {base64.b64encode(self.extra).decode()}\n" if self.extra else ""
        hashes = "".join(f"{base64.b64encode(one).decode()}\n" for one in self.hashes)
        return f"{TITLE}\n{extra}index {self.index}\n{hashes}\n".encode() + self.checkpoint

    @classmethod
    def read(cls, data: bytes) -> "Proof":
        """A proof from its bytes. Refused if it is not one. Nothing in it has been checked yet."""
        head, gap, checkpoint = data.partition(b"\n\n")
        try:
            lines = head.decode("ascii").split("\n")
        except UnicodeDecodeError:
            raise Refused("the proof is not text") from None
        if not gap or lines[0] != TITLE or len(data) > 2 * LARGEST:
            raise Refused(f"a proof begins with the line {TITLE}")
        extra = b""
        if lines[1:2] and lines[1].startswith("extra "):
            extra = unbase64(lines.pop(1).removeprefix("extra "), "the extra line")
        if not lines[1:2] or not lines[1].startswith("index ") or len(lines) > LONGEST_PROOF + 2:
            raise Refused("a proof says an index, and at most 63 hashes")
        index = read_size(lines[1].removeprefix("index "))
        return cls(index, tuple(read_hash(line) for line in lines[2:]), checkpoint, extra)


def read_hash(text: str) -> bytes:
    """A SHA-256 hash in base64. Refused if it is not one."""
    data = unbase64(text, "a hash")
    if len(data) != 32:
        raise Refused("a hash is not 32 bytes long, as SHA-256 makes it")
    return data
