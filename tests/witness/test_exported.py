"""`onrecord export log`: a folder that others' programs check, that only grows, and in which no change passes."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from onrecord.cli.app import app
from onrecord.ledger.actions import append, checkpoint
from onrecord.ledger.facts import KeyAnnounced
from onrecord.ledger.gateway.keys import signer
from onrecord.ledger.models import StoredLeaf
from onrecord.ledger.queries import size
from onrecord.ledger.rules.machine import machine_saying
from onrecord.ledger.rules.note import Checkpoint
from onrecord_witness import whole
from onrecord_witness.commands import spoken_mark
from onrecord_witness.keys import LOG, WITNESS, Key, public_of
from onrecord_witness.note import Note, cosign
from onrecord_witness.proof import Proof
from onrecord_witness.source import Source
from onrecord_witness.tiles import Tiles
from tests.partnership import ORIGIN, START, Store
from tests.stages.ledger.tampering import cut_tail, run, unguarded
from tests.witness.logs import NOW
from tests.witness.verifiers import by_go, by_pymerkle, by_witness, goverify, grown, proved_by_pymerkle

__all__ = ["goverify"]
SECRET = b"\5" * 32
WITNESS_VKEY = str(Key("inspectorate.example", WITNESS, public_of(SECRET)))


def export(folder: Path, *words: str) -> dict[str, Any]:
    """Run the command; what it says."""
    done = CliRunner().invoke(app, ["export", "log", str(folder), "--json", *words])
    said: dict[str, Any] = json.loads(done.stdout)
    assert bool(done.exit_code) == ("refused" in said), done.output
    return said


def vkey(folder: Path) -> str:
    return (folder / "log.vkey").read_text().strip()


@pytest.fixture
def folder(store: Store, tmp_path: Path) -> Path:
    """The founded record, signed and exported."""
    store.report()
    checkpoint()
    export(tmp_path / "log")
    return tmp_path / "log"


@pytest.fixture
def cosigned(folder: Path) -> Path:
    """The same, with a witness's signature in its checkpoint."""
    note = Note.read((folder / "checkpoint").read_bytes())
    (folder / "checkpoint").write_text(str(note.plus([cosign(SECRET, "inspectorate.example", note.text, NOW)])))
    return folder


def test_three_programs_find_the_export_whole(cosigned: Path, goverify: Path) -> None:
    assert by_go(goverify, "log", cosigned, vkey(cosigned), WITNESS_VKEY)
    assert by_pymerkle(cosigned, vkey(cosigned), WITNESS_VKEY)
    assert by_witness(cosigned, vkey(cosigned), WITNESS_VKEY)


def test_it_holds_what_the_record_holds_and_nothing_else(folder: Path) -> None:
    leaves = [bytes(row.payload) for row in StoredLeaf.objects.order_by("seq")]
    tiles = Tiles(Source(str(folder)), len(leaves))
    assert [entry for number in range(-(-len(leaves) // 256)) for entry in tiles.entries(number)] == leaves
    assert Key.read(vkey(folder), LOG).name == ORIGIN
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["checkpoint", "log.vkey", "receipt.vkey", "tile"]


def test_no_name_and_no_word_is_in_it(folder: Path) -> None:
    """The report that is in the record names a child and says what was seen. The export holds neither."""
    data = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    words = (b"Zephyrine", b"Quillfeather", b"marmalade", b"ZZ9 9ZZ", b"teacher")
    assert [word for word in words if word in data] == []
    assert b"intake.report_received" in data


def test_full_tiles_over_two_levels_hold_and_never_change(store: Store, tmp_path: Path, goverify: Path) -> None:
    folder, full = tmp_path / "log", {}
    for word in ("first", "second"):
        append([machine_saying(KeyAnnounced(use="receipt", vkey=f"{word} {at}"), START) for at in range(300)])
        checkpoint()
        export(folder)
        assert by_go(goverify, "log", folder, vkey(folder))
        assert by_pymerkle(folder, vkey(folder), "")
        assert by_witness(folder, vkey(folder), "")
        assert {path: path.read_bytes() for path in full} == full
        full = {path: path.read_bytes() for path in folder.rglob("0??") if path.is_file()}
    assert sorted(str(path.relative_to(folder)) for path in full) == [
        "tile/0/000",
        "tile/0/001",
        "tile/entries/000",
        "tile/entries/001",
    ]
    assert size() > 600


def test_a_plain_copy_is_a_mirror(cosigned: Path, goverify: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(cosigned, tmp_path / "copy")
    assert by_go(goverify, "log", copy, vkey(copy), WITNESS_VKEY)
    assert by_pymerkle(copy, vkey(copy), WITNESS_VKEY)


def corrupt_bytes(name: str) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        path = next(folder.glob(f"tile/{name}/*.p/*"), None) or next(folder.glob(f"tile/{name}/*"))
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(bytes(data))

    return spoil


def resigned(change: Callable[[Checkpoint], Checkpoint]) -> Callable[[Path], None]:
    """A checkpoint that says something else, signed again with the log's key: what its holder could do."""

    def spoil(folder: Path) -> None:
        made = Checkpoint.read(Note.read((folder / "checkpoint").read_bytes()).text)
        note = Note.read(signer("checkpoint").sign(change(made).text()).encode())
        (folder / "checkpoint").write_text(str(note.plus([cosign(SECRET, "inspectorate.example", note.text, NOW)])))

    return spoil


def changed_text(old: str, new: str) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        text = (folder / "checkpoint").read_text()
        assert old in text
        (folder / "checkpoint").write_text(text.replace(old, new))

    return spoil


def moved_time(folder: Path) -> None:
    note = Note.read((folder / "checkpoint").read_bytes())
    later = cosign(SECRET, "inspectorate.example", note.text, NOW + 1)
    lines = (note.lines[0], type(later)(later.name, later.key_id, later.signature[:8] + note.lines[1].signature[8:]))
    (folder / "checkpoint").write_text(str(Note(note.text, lines)))


CORRUPTIONS: dict[str, Callable[[Path], None]] = {
    "a byte of an entry": corrupt_bytes("entries"),
    "a bit of a tile": corrupt_bytes("0"),
    "one more entry signed": resigned(lambda made: Checkpoint(made.origin, made.size + 1, made.root)),
    "another root signed": resigned(lambda made: Checkpoint(made.origin, made.size, bytes(32))),
    "the origin": changed_text(f"{ORIGIN}\n", f"{ORIGIN}s\n"),
    "the time of the witness": moved_time,
}


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_each_program_refuses_what_was_changed(name: str, cosigned: Path, goverify: Path) -> None:
    CORRUPTIONS[name](cosigned)
    said = {
        "go": by_go(goverify, "log", cosigned, vkey(cosigned), WITNESS_VKEY),
        "pymerkle": by_pymerkle(cosigned, vkey(cosigned), WITNESS_VKEY),
        "witness": by_witness(cosigned, vkey(cosigned), WITNESS_VKEY),
    }
    assert said == dict.fromkeys(said, False)


def test_each_program_refuses_a_key_whose_id_is_not_its_own(cosigned: Path, goverify: Path) -> None:
    name, key_id, key = vkey(cosigned).split("+", 2)
    wrong = f"{name}+{'0' * 8 if key_id != '0' * 8 else '1' * 8}+{key}"
    assert not by_go(goverify, "log", cosigned, wrong)
    assert not by_pymerkle(cosigned, wrong, "")
    assert not by_witness(cosigned, wrong, "")


def test_a_proof_is_taken_and_one_with_a_hash_less_or_a_shifted_index_is_not(
    folder: Path, goverify: Path, tmp_path: Path
) -> None:
    count = size()
    tiles, tree, note = Tiles(Source(str(folder)), count), grown(folder, count), (folder / "checkpoint").read_bytes()
    for index in (0, 1, count // 2, count - 1):
        good = Proof(index, tuple(tiles.inclusion(index)), note)
        (tmp_path / "entry").write_bytes(tiles.entries(index // 256)[index % 256])
        assert list(good.hashes) == proved_by_pymerkle(tree, index)
        for made, holds in (
            (good, True),
            (Proof(index, good.hashes[:-1], note), False),
            (Proof(index ^ 1, good.hashes, note), False),
        ):
            (tmp_path / "proof").write_bytes(bytes(made))
            assert by_go(goverify, "proof", tmp_path / "proof", tmp_path / "entry", vkey(folder)) is holds
            assert (list(made.hashes) == proved_by_pymerkle(tree, made.index)) is holds


def test_a_second_export_adds_and_changes_nothing(store: Store, folder: Path, goverify: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != "checkpoint"}
    (tmp_path / "old").write_bytes((folder / "checkpoint").read_bytes())
    assert export(folder)["added"] == 0
    for _ in range(3):
        store.report()
    checkpoint()
    said = export(folder)
    assert (said["size"], said["added"] > 0) == (size(), True)
    assert {path: path.read_bytes() for path in before} == before
    assert by_go(goverify, "log", folder, vkey(folder))
    assert by_go(goverify, "growth", tmp_path / "old", folder / "checkpoint", folder, vkey(folder))


def test_what_is_not_signed_yet_is_not_exported(store: Store, folder: Path) -> None:
    signed = export(folder)["size"]
    store.report()
    assert (export(folder)["size"], size() > signed) == (signed, True)


def test_the_reads_ledger_is_exported_by_itself(store: Store, tmp_path: Path) -> None:
    checkpoint("reads")
    said = export(tmp_path / "reads", "--reads")
    assert said == {"origin": f"{ORIGIN}/reads", "size": size("reads"), "added": said["added"], "marks": said["marks"]}
    key = Key.read(vkey(tmp_path / "reads"), LOG)
    assert whole.check(Source(str(tmp_path / "reads")), [key], f"{ORIGIN}/reads").faults == ()


def files_of(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def refused(folder: Path, *words: str) -> str:
    """Why the export is refused. Nothing in the folder was changed."""
    before = files_of(folder)
    why = str(export(folder, *words)["refused"])
    assert files_of(folder) == before
    return why


def test_nothing_is_exported_before_it_is_signed(store: Store, tmp_path: Path) -> None:
    (tmp_path / "log").mkdir()
    assert refused(tmp_path / "log").startswith("Nothing has been signed yet")


def test_a_record_that_was_changed_is_not_exported(store: Store, tmp_path: Path) -> None:
    checkpoint()
    (tmp_path / "log").mkdir()
    with unguarded():
        run("UPDATE ledger_leaf SET payload = leaf_hash WHERE seq = 3")
    assert "are not those that were signed" in refused(tmp_path / "log")


def test_a_record_that_was_cut_does_not_overwrite_what_stands_outside(store: Store, folder: Path) -> None:
    store.report()
    checkpoint()
    export(folder)
    with unguarded():
        run("DELETE FROM ledger_checkpoint WHERE size = (SELECT max(size) FROM ledger_checkpoint)")
    assert "Nothing is cut" in refused(folder)
    cut_tail(1)
    assert "Nothing is cut" in refused(folder)


def test_a_folder_that_holds_something_else_is_left_alone(folder: Path) -> None:
    checkpoint("reads")
    assert "Choose another folder" in refused(folder, "--reads")
    corrupt_bytes("0")(folder)
    assert "is not what the record gives" in refused(folder)
    (folder / "checkpoint").write_bytes(b"\xff")
    assert "is not a checkpoint" in refused(folder)


def test_a_checkpoint_that_was_not_signed_here_is_not_exported(store: Store, tmp_path: Path) -> None:
    checkpoint()
    (tmp_path / "log").mkdir()
    with unguarded():
        run("UPDATE ledger_checkpoint SET note = replace(note, %s, %s)", [ORIGIN, f"{ORIGIN}s"])
    assert "not as it was signed here" in refused(tmp_path / "log")


def test_it_says_in_words_what_it_wrote(folder: Path) -> None:
    done = CliRunner().invoke(app, ["export", "log", str(folder)])
    marks = [spoken_mark(Key.read((folder / name).read_text(), LOG)) for name in ("log.vkey", "receipt.vkey")]
    assert done.stdout == f"{ORIGIN}: {size()} entries in {folder}; 0 files new, none changed.\n" + (
        f"To read aloud to whoever trusts it: {marks[0]}, and of the key for receipts: {marks[1]}.\n"
    )
