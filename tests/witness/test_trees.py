"""Two programs that share no line make and check the same trees, tiles and proofs, and neither takes a changed byte."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.ledger.rules import proofs as ours
from onrecord.ledger.rules.merkle import Frontier, root_of
from onrecord.ledger.rules.tiles import tile_path
from onrecord_witness import Refused, merkle, tiles, whole
from onrecord_witness.keys import LOG, Key
from onrecord_witness.source import Source
from onrecord_witness.tiles import Tiles
from tests.witness.logs import LOG_KEY, entries_of, hashes, written

LEAVES = hashes(entries_of(600))
KEYS = [Key.read(str(LOG_KEY.verifier()), LOG)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log of 600 entries as files."""
    return written(tmp_path_factory.mktemp("log"), entries_of(600))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_both_make_and_take_the_same_proofs(folder: Path, data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 600))
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    log, root, before = Tiles(Source(str(folder)), 600), root_of(LEAVES[:size]), root_of(LEAVES[:old])
    inclusion = ours.filled(ours.inclusion_ranges(index, size), LEAVES[:size])
    growth = ours.filled(ours.consistency_ranges(old, size), LEAVES[:size])
    assert (log.root(size), log.inclusion(index, size), log.consistency(old, size)) == (root, inclusion, growth)
    merkle.check_inclusion(index, size, LEAVES[index], inclusion, root)
    merkle.check_consistency(old, size, before, root, growth)
    assert ours.included(index, size, LEAVES[index], inclusion, root)
    assert ours.consistent(old, size, before, root, growth)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_neither_takes_a_proof_with_a_bit_turned_or_a_hash_more_or_less(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 600))
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size - 1))
    inclusion = ours.filled(ours.inclusion_ranges(index, size), LEAVES[:size])
    growth = ours.filled(ours.consistency_ranges(old, size), LEAVES[:size])
    root, before = root_of(LEAVES[:size]), root_of(LEAVES[:old])
    wrong = spoilt(inclusion, data)
    assert not ours.included(index, size, LEAVES[index], wrong, root)
    with pytest.raises(Refused):
        merkle.check_inclusion(index, size, LEAVES[index], wrong, root)
    wrong = spoilt(growth, data)
    assert not ours.consistent(old, size, before, root, wrong)
    with pytest.raises(Refused):
        merkle.check_consistency(old, size, before, root, wrong)


def spoilt(proof: list[bytes], data: st.DataObject) -> list[bytes]:
    """A proof with one thing wrong."""
    how = data.draw(st.sampled_from(["bit", "less", "more", "short"]))
    if how == "more":
        return [*proof, data.draw(st.binary(min_size=32, max_size=32))]
    place = data.draw(st.integers(0, len(proof) - 1))
    if how == "less":
        return proof[:place] + proof[place + 1 :]
    one = bytearray(proof[place])
    one[data.draw(st.integers(0, 31))] ^= 1 << data.draw(st.integers(0, 7))
    return [*proof[:place], bytes(one[:31]) if how == "short" else bytes(one), *proof[place + 1 :]]


@given(st.integers(-2, 9), st.integers(-2, 9), st.lists(st.binary(max_size=33), max_size=5), st.binary(max_size=33))
def test_whatever_is_handed_in_is_answered(old: int, new: int, proof: list[bytes], root: bytes) -> None:
    assert ours.included(old, new, root, proof, root) in (True, False)
    assert ours.consistent(old, new, root, b"other", proof) is False
    with pytest.raises(Refused):
        merkle.check_consistency(old, new, root, b"other", proof)
    try:
        merkle.check_inclusion(old, new, root, proof, root)
    except Refused:
        return
    assert (old, new, proof, len(root)) == (0, 1, [], 32)


@pytest.mark.parametrize(("old", "new"), [(-1, 3), (4, 3)])
def test_a_proof_that_cannot_be_is_not_made(old: int, new: int) -> None:
    with pytest.raises(ours.NotProved):
        ours.consistency_ranges(old, new)


def test_a_proof_from_too_few_entries_is_not_made() -> None:
    with pytest.raises(ours.NotProved):
        ours.filled(ours.inclusion_ranges(3, 9), LEAVES[:8])
    with pytest.raises(ours.NotProved):
        ours.inclusion_ranges(9, 9)


@pytest.mark.parametrize(
    ("number", "path"),
    [(0, "000"), (7, "007"), (1000, "x001/000"), (1234067, "x001/x234/067"), (999999, "x999/999"), (99, "099")],
)
def test_a_tile_stands_where_the_format_says(number: int, path: str) -> None:
    assert {tile_path(0, number), tiles.path_of(0, number)} == {f"tile/0/{path}"}
    assert {tile_path("entries", number, 3), tiles.path_of("entries", number, 3)} == {f"tile/entries/{path}.p/3"}


def test_seventy_thousand_entries_have_the_tiles_the_format_counts() -> None:
    widths = {(level, number): tiles.width_of(level, number, 70_000) for level in range(4) for number in range(300)}
    full = [place for place, width in widths.items() if width == 256]
    part = {place: width for place, width in widths.items() if 0 < width < 256}
    assert (len(full), part) == (274, {(0, 273): 112, (1, 1): 17, (2, 0): 1})


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 512, 513])
def test_a_whole_log_holds_at_every_edge_of_a_tile(size: int, tmp_path: Path) -> None:
    found = whole.check(Source(str(written(tmp_path, entries_of(size)))), KEYS)
    assert (found.checkpoint.size, found.faults) == (size, ())


def test_a_tree_of_three_levels_of_tiles(tmp_path: Path) -> None:
    entries = [b"%d" % number for number in range(256 * 256 + 3)]
    folder = written(tmp_path, entries)
    found = whole.check(Source(str(folder)), KEYS)
    log = Tiles(Source(str(folder)), len(entries))
    assert (found.faults, log.root(), (folder / "tile/2/000.p/1").stat().st_size) == ((), found.checkpoint.root, 32)
    assert log.root() == Frontier().grow(hashes(entries)).root()
    last = len(entries) - 1
    merkle.check_inclusion(last, len(entries), log.tile(0, 256)[-32:], log.inclusion(last), log.root())


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_a_bundle_or_refused(data: bytes) -> None:
    try:
        found = tiles.unbundled(data)
    except Refused:
        return
    assert b"".join(len(one).to_bytes(2, "big") + one for one in found) == data


def test_a_partial_tile_that_has_gone_is_read_from_the_full_one(folder: Path) -> None:
    (folder / "tile/0/001").rename(folder / "aside")
    with pytest.raises(Refused):
        Tiles(Source(str(folder)), 400).root()
    (folder / "aside").rename(folder / "tile/0/001")
    (folder / "tile/1/000.p/1").write_bytes((folder / "tile/1/000.p/2").read_bytes()[:32])
    assert Tiles(Source(str(folder)), 400).root() == root_of(LEAVES[:400])


def test_an_entry_is_found_by_its_hash_or_not_at_all(folder: Path) -> None:
    log = Tiles(Source(str(folder)), 600)
    assert [log.find(LEAVES[at]) for at in (0, 255, 256, 599)] == [0, 255, 256, 599]
    assert log.find(bytes(32)) is None
    with pytest.raises(Refused):
        log.inclusion(600)
