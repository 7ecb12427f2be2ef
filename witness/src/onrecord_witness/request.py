"""What a log asks of a witness (C2SP tlog-witness, add-checkpoint): the same bytes by HTTP, by e-mail or on a stick."""

import base64
from dataclasses import dataclass

from onrecord_witness import Refused
from onrecord_witness.merkle import LONGEST_PROOF
from onrecord_witness.note import LARGEST, Note, read_size
from onrecord_witness.proof import read_hash


@dataclass(frozen=True)
class Request:
    """The size the log believes we saw last, the proof that it only grew since, and its new checkpoint."""

    old: int
    proof: tuple[bytes, ...]
    note: Note

    def __bytes__(self) -> bytes:
        """The request as it is sent."""
        lines = "".join(f"{base64.b64encode(one).decode()}\n" for one in self.proof)
        return f"old {self.old}\n{lines}\n{self.note}".encode()

    @classmethod
    def read(cls, data: bytes) -> "Request":
        """A request from its bytes. Refused if it is not one."""
        if len(data) > 2 * LARGEST:
            raise Refused("the request is too long")
        head, gap, checkpoint = data.partition(b"\n\n")
        try:
            first, *hashes = head.decode("ascii").split("\n")
        except UnicodeDecodeError:
            raise Refused("the request is not text") from None
        if not gap or not first.startswith("old ") or len(hashes) > LONGEST_PROOF:
            raise Refused("a request is a line “old N”, at most 63 hashes, an empty line and a checkpoint")
        old = read_size(first.removeprefix("old "))
        return cls(old, tuple(read_hash(line) for line in hashes), Note.read(checkpoint))
