"""Invented receipts, as our own side signs them, and a policy of two witnesses."""

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from onrecord.ledger.rules.merkle import leaf_hash
from onrecord.ledger.rules.note import Signer
from onrecord.ledger.rules.receipt import Promise
from onrecord.ledger.rules.receipt import Receipt as Ours
from onrecord_witness.keys import WITNESS, Key, public_of
from onrecord_witness.note import Note, cosign
from tests.witness.logs import NOW, ORIGIN, RECEIPT_KEY, note_of

SECRETS = {"inspectorate": b"\5" * 32, "scrutineer": b"\6" * 32}
POLICY = (
    "".join(f"witness {name} {Key(f'{name}.example', WITNESS, public_of(one))}\n" for name, one in SECRETS.items())
    + "group both all inspectorate scrutineer\nquorum both\n"
).encode()
OURS_ALONE = Promise()
PROMISE = Promise("all of inspectorate, scrutineer", sha256(POLICY).hexdigest())


def receipt(entry: bytes, at: int = NOW, promise: Promise = OURS_ALONE, key: Signer = RECEIPT_KEY) -> bytes:
    """The receipt of an entry that was recorded at a time."""
    made = Ours(ORIGIN, UUID(int=7), datetime.fromtimestamp(at, UTC), leaf_hash(entry), promise)
    return made.signed(key).encode()


def cosigned(entries: list[bytes], at: int, *names: str) -> str:
    """The checkpoint over entries, signed by these witnesses at a time."""
    note = Note.read(note_of(entries).encode())
    return str(note.plus(cosign(SECRETS[name], f"{name}.example", note.text, at) for name in names))


def kept(folder: Path, name: str, data: bytes) -> Path:
    """A file in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)
    return folder / name
