"""The tree is that of RFC 6962, and the small frontier gives the same root as the plain definition."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ledger.rules.merkle import Frontier, leaf_hash, node_hash, root_of

LEAVES = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
"""Published with Certificate Transparency (RFC 6962, RFC 9162)."""


def plain(leaves: list[bytes]) -> bytes:
    """RFC 6962 section 2.1, word for word."""
    if len(leaves) < 2:
        return leaf_hash(leaves[0]) if leaves else sha256(b"").digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(plain(leaves[:split]), plain(leaves[split:]))


@pytest.mark.parametrize(("size", "root"), ROOTS.items())
def test_the_published_roots(size: int, root: str) -> None:
    assert root_of(leaf_hash(bytes.fromhex(leaf)) for leaf in LEAVES[:size]).hex() == root


def test_a_leaf_and_a_node_cannot_be_taken_for_each_other() -> None:
    left, right = leaf_hash(b"l"), leaf_hash(b"r")
    assert leaf_hash(b"L123456").hex() == "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"
    assert node_hash(left, right) != leaf_hash(left + right)


@given(st.lists(st.binary(max_size=3), max_size=70))
def test_the_frontier_gives_the_plain_root(leaves: list[bytes]) -> None:
    assert root_of(leaf_hash(leaf) for leaf in leaves) == plain(leaves)


@given(st.lists(st.binary(max_size=3), max_size=40), st.integers(0, 40))
def test_it_grows_in_any_steps(leaves: list[bytes], at: int) -> None:
    hashes = [leaf_hash(leaf) for leaf in leaves]
    grown = Frontier().grow(hashes[:at]).grow(hashes[at:])
    assert grown == Frontier().grow(hashes)
    assert len(grown.hashes) == grown.size.bit_count()
