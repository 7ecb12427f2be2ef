"""Small logs for the tests of the witness, written by our own side's rules, and the vectors that others published."""

import base64
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from onrecord.ledger.rules.merkle import leaf_hash, root_of
from onrecord.ledger.rules.note import Checkpoint, Signer
from onrecord.ledger.rules.proofs import consistency_ranges, filled
from onrecord.ledger.rules.request import request
from onrecord.ledger.rules.tiles import Tiler, bundle, tile_path
from onrecord_witness.home import Home, Trusted
from onrecord_witness.keys import LOG, Key

ORIGIN = "onrecord.northbrook.example/2026"
LOG_KEY = Signer(ORIGIN, b"\1" * 32)
RECEIPT_KEY = Signer(f"{ORIGIN}/receipt", b"\2" * 32)
STRANGER = Signer(ORIGIN, b"\3" * 32)
NOW = 1_790_000_000
HOUR = 3600

VECTORS = Path(__file__).resolve().parents[3] / "shared" / "data" / "ledger_vectors"
published = pytest.mark.skipif(not VECTORS.exists(), reason="published vectors are not beside this folder")


def vector(*path: str) -> Any:
    """A published vector, a JSON file."""
    return json.loads(VECTORS.joinpath(*path).read_text(encoding="utf-8"))


def entries_of(size: int, word: str = "entry") -> list[bytes]:
    """Invented entries."""
    return [f'{{"{word}":{number}}}'.encode() for number in range(size)]


def hashes(entries: Iterable[bytes]) -> list[bytes]:
    """Their leaf hashes."""
    return [leaf_hash(entry) for entry in entries]


def note_of(entries: Sequence[bytes], key: Signer = LOG_KEY, origin: str = ORIGIN) -> str:
    """The signed checkpoint over entries."""
    return key.sign(Checkpoint(origin, len(entries), root_of(hashes(entries))).text())


def asking(entries: Sequence[bytes], old: int, key: Signer = LOG_KEY) -> bytes:
    """The request of a log that holds these entries, of which the witness has seen the first `old`."""
    proof = filled(consistency_ranges(old, len(entries)), hashes(entries))
    return request(old, proof, note_of(entries, key))


def written(folder: Path, entries: Sequence[bytes], note: str = "") -> Path:
    """A log of these entries as files."""
    tiler = Tiler()
    files = [file for leaf in hashes(entries) for file in tiler.add(leaf)]
    files += tiler.rest()
    for number, start in enumerate(range(0, len(entries), 256)):
        batch = entries[start : start + 256]
        files.append((tile_path("entries", number, len(batch)), bundle(batch)))
    files += [("checkpoint", (note or note_of(entries)).encode()), ("log.vkey", f"{LOG_KEY.verifier()}\n".encode())]
    for name, data in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def trusting(folder: Path, source: str = "", *, key: bool = True) -> tuple[Home, Trusted]:
    """A witness's folder in which the invented log is trusted."""
    home = Home(folder)
    if key:
        home.make_key("inspectorate.example/witness")
    log = Trusted(
        ORIGIN, (Key.read(str(LOG_KEY.verifier()), LOG),), (Key.read(str(RECEIPT_KEY.verifier()), LOG),), source
    )
    home.trust(log)
    return home, log


def b64(data: bytes) -> str:
    """Base64, as notes write it."""
    return base64.b64encode(data).decode()
