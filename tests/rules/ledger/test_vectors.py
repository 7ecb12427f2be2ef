"""Vectors that others published, where they lie beside this folder. The few that matter most are written out above."""

import json
import struct
from pathlib import Path
from typing import Any

import pytest
import rfc8785

from onrecord.ledger.rules.merkle import Frontier, leaf_hash, node_hash, root_of
from onrecord.ledger.rules.note import Checkpoint, Verifier, open_note

VECTORS = Path(__file__).resolve().parents[4] / "shared" / "data" / "ledger_vectors"
pytestmark = pytest.mark.skipif(not VECTORS.exists(), reason="published vectors are not beside this folder")


def load(*path: str) -> Any:
    return json.loads(VECTORS.joinpath(*path).read_text())


def test_every_published_hash_and_root() -> None:
    said = load("rfc6962_tree.json")
    leaves = [leaf_hash(bytes.fromhex(leaf)) for leaf in said["leaf_inputs"]]
    assert [leaf.hex() for leaf in leaves] == said["leaf_hashes"]
    assert [root_of(leaves[:size]).hex() for size in range(1, 9)] == said["roots_by_size_1_to_8"]
    assert Frontier().root().hex() == said["empty_root"]
    assert leaf_hash(b"L123456").hex() == said["hash_leaf_L123456"]
    assert node_hash(b"N123", b"N456").hex() == said["hash_children_N123_N456"]


def test_every_published_note() -> None:
    said = load("notes", "notes.json")
    for one in said["notes"] + said["checkpoints"]:
        text = open_note(one["note"], Verifier.read(one["vkey"]))
        assert one["note"].startswith(text)


def test_real_checkpoints_read_back() -> None:
    read = [
        Checkpoint.read(one["note"].partition("\n\n")[0] + "\n") for one in load("notes", "notes.json")["checkpoints"]
    ]
    assert [made.size for made in read] == [35225469, 1514086]


def test_the_golden_log_has_the_root_that_was_signed() -> None:
    data, hashes = VECTORS.joinpath("golden", "entries.bin").read_bytes(), []
    while data:
        length = struct.unpack(">H", data[:2])[0]
        hashes.append(leaf_hash(data[2 : 2 + length]))
        data = data[2 + length :]
    key = Verifier.read(VECTORS.joinpath("golden", "log.vkey").read_text())
    signed = Checkpoint.read(open_note(VECTORS.joinpath("golden", "checkpoint").read_text(), key))
    assert (signed.size, signed.root) == (len(hashes), root_of(hashes))


@pytest.mark.parametrize("name", ["arrays", "french", "structures", "unicode", "values", "weird"])
def test_canonical_json(name: str) -> None:
    folder = VECTORS / "rfc8785" / "test" / "assets"
    said = json.loads((folder / "input" / f"{name}.json").read_text(encoding="utf-8"))
    assert rfc8785.dumps(said) == (folder / "output" / f"{name}.json").read_bytes()
