"""What we ask of a witness (C2SP tlog-witness, add-checkpoint)."""

import base64
from collections.abc import Iterable


def request(old: int, proof: Iterable[bytes], note: str) -> bytes:
    """The size it saw last, the proof that we only grew since, and the signed checkpoint."""
    hashes = "".join(f"{base64.b64encode(one).decode()}\n" for one in proof)
    return f"old {old}\n{hashes}\n{note}".encode()
