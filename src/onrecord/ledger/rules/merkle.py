"""The Merkle tree of RFC 6962 section 2.1 (RFC 9162 section 2.1), SHA-256.

A `Frontier` is the tree in the least space that can still grow: the hashes of its full left subtrees, largest first.
Two logs with the same root at the same size hold the same entries.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of one leaf: SHA-256 of 0x00 and its bytes."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node: SHA-256 of 0x01 and its two children."""
    return sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True)
class Frontier:
    """A tree of `size` leaves; `hashes` has one hash for each bit set in `size`."""

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def grow(self, leaves: Iterable[bytes]) -> "Frontier":
        """The tree with these leaf hashes (32 bytes each) added on the right."""
        size, stack = self.size, list(self.hashes)
        for leaf in leaves:
            carry, node = size, leaf
            while carry & 1:
                node = node_hash(stack.pop(), node)
                carry >>= 1
            stack.append(node)
            size += 1
        return Frontier(size, tuple(stack))

    def root(self) -> bytes:
        """The tree's root hash; of an empty tree, SHA-256 of nothing."""
        if not self.hashes:
            return sha256(b"").digest()
        node = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            node = node_hash(left, node)
        return node


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over leaf hashes, in order."""
    return Frontier().grow(leaves).root()
