"""Everything that others published for these formats holds in both programs: the witness's, and our own."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from onrecord.ledger.rules import merkle as ours
from onrecord.ledger.rules import note as our_notes
from onrecord.ledger.rules import proofs as our_proofs
from onrecord.ledger.rules.cosign import cosigned_at, witness_key
from onrecord_witness import Refused, merkle, whole
from onrecord_witness.home import Home, Trusted
from onrecord_witness.judge import answer
from onrecord_witness.keys import LOG, WITNESS, Key, unbase64
from onrecord_witness.note import Checkpoint, Note, opened
from onrecord_witness.proof import Proof
from onrecord_witness.source import Source
from onrecord_witness.tiles import Tiles
from tests.witness.logs import NOW, VECTORS, published, vector

pytestmark = published
Include = Callable[[int, int, bytes, Sequence[bytes], bytes], bool]
Consist = Callable[[int, int, bytes, bytes, Sequence[bytes]], bool]


def proofs(kind: str) -> list[Any]:
    """The published proofs of a kind, good and bad."""
    folder = VECTORS / "transparency-dev-merkle" / "testdata" / kind
    return [vector(str(path)) for path in sorted(folder.rglob("*.json"))]


def raw(text: str | None) -> bytes:
    """A value of a vector. Nothing stands for no bytes."""
    return unbase64(text, "it") if text else b""


def accepted(check: Callable[..., None]) -> Callable[..., bool]:
    """A check that refuses, as one that answers."""

    def holds(*values: object) -> bool:
        try:
            check(*values)
        except Refused:
            return False
        return True

    return holds


@pytest.mark.parametrize("check", [accepted(merkle.check_inclusion), our_proofs.included], ids=["witness", "ours"])
def test_every_proof_of_inclusion(check: Include) -> None:
    found = proofs("inclusion")
    said = [
        check(
            one["leafIdx"],
            one["treeSize"],
            raw(one["leafHash"]),
            [raw(hash) for hash in one["proof"] or []],
            raw(one["root"]),
        )
        for one in found
    ]
    assert said == [not one["wantErr"] for one in found]
    assert (len(found), sum(said)) == (98, 6)


@pytest.mark.parametrize("check", [accepted(merkle.check_consistency), our_proofs.consistent], ids=["witness", "ours"])
def test_every_proof_of_consistency(check: Consist) -> None:
    found = proofs("consistency")
    said = [
        check(
            one["size1"],
            one["size2"],
            raw(one["root1"]),
            raw(one["root2"]),
            [raw(hash) for hash in one["proof"] or []],
        )
        for one in found
    ]
    assert said == [not one["wantErr"] for one in found]
    assert (len(found), sum(said)) == (98, 6)


def test_every_hash_and_root() -> None:
    said = vector("rfc6962_tree.json")
    leaves = [merkle.leaf_hash(bytes.fromhex(leaf)) for leaf in said["leaf_inputs"]]
    assert [leaf.hex() for leaf in leaves] == said["leaf_hashes"]
    assert [merkle.root_of(leaves[:size]).hex() for size in range(1, 9)] == said["roots_by_size_1_to_8"]
    assert merkle.EMPTY.hex() == said["empty_root"]
    assert merkle.node_hash(b"N123", b"N456").hex() == said["hash_children_N123_N456"]


def test_every_signed_note() -> None:
    said = vector("notes", "notes.json")
    for one in said["notes"] + said["checkpoints"]:
        note = Note.read(one["note"].encode())
        assert (note.signed_at(Key.read(one["vkey"], LOG)), str(note)) == (0, one["note"])
    sizes = [Checkpoint.read(Note.read(one["note"].encode()).text).size for one in said["checkpoints"]]
    assert sizes == [35225469, 1514086]


def test_the_real_witness_proof_from_five_to_eight() -> None:
    said = vector("notes", "notes.json")["witness"]["monkeys"]
    key = Key.read(said["log_vkey"], LOG)
    old, new = (opened(said[name].encode(), [key])[1] for name in ("old", "new"))
    proof = [bytes.fromhex(one) for one in said["consistency_hex"]]
    merkle.check_consistency(old.size, new.size, old.root, new.root, proof)
    assert our_proofs.consistent(old.size, new.size, old.root, new.root, proof)
    assert not our_proofs.consistent(old.size, new.size, old.root, new.root, proof[::-1])


def test_the_transcript_of_another_witness(tmp_path: Path) -> None:
    said = vector("notes", "notes.json")["witness"]["litewitness_transcript"]
    home, key = Home(tmp_path), Key.read(said["log_vkey"], LOG)
    home.make_key("example.com/witness")
    home.trust(Trusted(key.name, (key,)))
    answers = [answer(home, step["body"].encode(), NOW) for step in said["steps"]]
    assert [one.status for one in answers] == [step["status_spec"] for step in said["steps"]]
    for one, step in zip(answers, said["steps"], strict=True):
        body = one.body.decode()
        assert body == step["text"] if step["assert"] == "==" else step["text"] in body


@pytest.mark.parametrize("size", range(16))
def test_a_real_tiled_log_at_every_size(size: int) -> None:
    source = Source(str(VECTORS / "tessera-log" / "testdata" / "log"))
    made = Checkpoint.read(Note.read(source.read(f"checkpoint.{size}")).text)
    tiles = Tiles(source, size)
    assert (made.size, tiles.root()) == (size, made.root)
    assert ours.root_of(tiles.leaves()) == made.root
    newest = Tiles(source, 15)
    assert newest.root(size) == made.root
    if size:
        proof = newest.consistency(size)
        merkle.check_consistency(size, 15, made.root, newest.root(), proof)
        assert our_proofs.consistent(size, 15, made.root, newest.root(), proof)


def test_the_golden_log_its_cosignature_and_its_proofs() -> None:
    folder = VECTORS / "golden"
    key = Key.read((folder / "log.vkey").read_text(), LOG)
    witness = Key.read((folder / "witness.vkey").read_text(), WITNESS)
    found = whole.check(Source(str(folder)), [key])
    assert (found.faults, found.checkpoint.size, found.note.signed_at(witness)) == ((), 300, 1760003600)
    tiles = Tiles(Source(str(folder)), 300)
    for path in sorted((folder / "proofs").iterdir()):
        proof = Proof.read(path.read_bytes())
        note, made = opened(proof.checkpoint, [key])
        leaf = tiles.tile(0, proof.index // 256)[32 * (proof.index % 256) :][:32]
        merkle.check_inclusion(proof.index, made.size, leaf, proof.hashes, made.root)
        assert our_proofs.included(proof.index, made.size, leaf, proof.hashes, made.root)
        assert (bytes(proof), list(proof.hashes)) == (path.read_bytes(), tiles.inclusion(proof.index))
        assert our_note_time(str(note), witness) == 1760003600


def our_note_time(note: str, witness: Key) -> int:
    """When the witness signed, as our own side reads it."""
    text, _, lines = note.rpartition("\n\n")
    times = [cosigned_at(line, f"{text}\n", witness_key(str(witness))) for line in lines.splitlines()]
    return next(int(moment.timestamp()) for moment in times if moment)


def test_our_own_side_reads_the_golden_keys_as_the_witness_does() -> None:
    folder = VECTORS / "golden"
    assert (
        our_notes.Verifier.read((folder / "log.vkey").read_text()).key_id
        == Key.read((folder / "log.vkey").read_text(), LOG).key_id
    )
