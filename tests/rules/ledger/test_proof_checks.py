"""A proof shows that an entry stands in the record, or that the record only grew; what was changed shows nothing."""

import pytest

from onrecord.ledger.rules.merkle import leaf_hash, root_of
from onrecord.ledger.rules.proofs import NotProved, consistency_ranges, consistent, filled, included, inclusion_ranges

LEAVES = [leaf_hash(bytes([number])) for number in range(12)]


def root(size: int) -> bytes:
    return root_of(LEAVES[:size])


@pytest.mark.parametrize("size", range(1, 13))
def test_every_entry_of_every_size_is_shown_and_no_other(size: int) -> None:
    for index in range(size):
        proof = filled(inclusion_ranges(index, size), LEAVES)
        assert included(index, size, LEAVES[index], proof, root(size)) is True
        assert included(index, size, LEAVES[(index + 1) % 12], proof, root(size)) is False
        assert included(index, size, LEAVES[index], [*proof, LEAVES[0]], root(size)) is False
        assert included(index, size, LEAVES[index], proof, root(size)[:-1]) is False
        assert [included(other, size, LEAVES[index], proof, root(size)) for other in range(size)] == [
            other == index for other in range(size)
        ]
        if proof:
            assert included(index, size, LEAVES[index], proof[:-1], root(size)) is False
            assert included(index, size, LEAVES[index], [*proof[:-1], proof[-1][:31]], root(size)) is False


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_a_place_outside_the_record_is_never_shown(index: int, size: int) -> None:
    assert included(index, size, LEAVES[0], [], LEAVES[0]) is False
    with pytest.raises(NotProved, match=f"there is no entry {index} among {size}"):
        inclusion_ranges(index, size)


@pytest.mark.parametrize("new", range(1, 13))
def test_every_older_record_is_shown_to_begin_the_newer_one(new: int) -> None:
    for old in range(1, new + 1):
        proof = filled(consistency_ranges(old, new), LEAVES)
        assert consistent(old, new, root(old), root(new), proof) is True
        assert consistent(old, new, LEAVES[11], root(new), proof) is False
        assert consistent(old, new, root(old), LEAVES[0][::-1], proof) is False
        assert consistent(old, new, root(old), root(new), [*proof, LEAVES[0]]) is False
        if proof:
            assert consistent(old, new, root(old), root(new), proof[1:]) is False
            assert consistent(old, new, root(old), root(new), [*proof[:-1], proof[-1] + b"x"]) is False


@pytest.mark.parametrize(("old", "new"), [(0, 3), (4, 3), (-1, 3), (0, 0)])
def test_no_proof_shows_what_cannot_be(old: int, new: int) -> None:
    assert consistent(old, new, root(1), root(1), []) is False


def test_an_empty_record_begins_every_one_and_needs_no_proof() -> None:
    assert (consistency_ranges(0, 5), consistency_ranges(5, 5)) == ([], [])
    for old, new in ((6, 5), (-1, 5)):
        with pytest.raises(NotProved, match=f"{new} entries cannot begin with {old}"):
            consistency_ranges(old, new)


def test_a_record_that_is_too_short_fills_no_proof() -> None:
    with pytest.raises(NotProved, match="the record is shorter than the proof needs"):
        filled([(0, 4)], LEAVES[:3])
    assert filled([(2, 4), (0, 2)], LEAVES) == [root_of(LEAVES[2:4]), root_of(LEAVES[:2])]
