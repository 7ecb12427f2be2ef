"""The Merkle tree of RFC 6962 and RFC 9162, SHA-256: hashes, and proofs that are checked."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from onrecord_witness import Refused

EMPTY = sha256(b"").digest()
"""The root of a tree without entries."""
LONGEST_PROOF = 63


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return sha256(b"\x01" + left + right).digest()


class Growing:
    """A tree that grows on the right, in the least space: the hashes of its full subtrees, largest first."""

    def __init__(self) -> None:
        self.size = 0
        self.peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Add a leaf hash."""
        carry = self.size
        while carry & 1:
            leaf = node_hash(self.peaks.pop(), leaf)
            carry >>= 1
        self.peaks.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """The root of what was added."""
        if not self.peaks:
            return EMPTY
        node = self.peaks[-1]
        for left in reversed(self.peaks[:-1]):
            node = node_hash(left, node)
        return node


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over leaf hashes, in order."""
    tree = Growing()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()


def check_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> None:
    """That the leaf stands at this index of a tree of this size and root (RFC 9162, 2.1.3.2). Refused if not shown."""
    if not 0 <= index < size or not _are_hashes((leaf, root, *proof)):
        raise Refused("the proof that the entry is included is not one")
    place, last, node = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise Refused("the proof that the entry is included is too long")
        if place & 1 or place == last:
            node = node_hash(sibling, node)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        place, last = place >> 1, last >> 1
    if last or node != root:
        raise Refused("the proof does not show that the entry is included")


def check_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    """That the new tree begins with the whole old one (RFC 9162, 2.1.4.2). Refused if it is not shown."""
    if not 0 < old <= new or not _are_hashes(proof):
        raise Refused("the proof that nothing earlier was changed is not one")
    if old == new:
        if proof or old_root != new_root:
            raise Refused("two checkpoints of the same size do not have the same root")
        return
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    if not path:
        raise Refused("the proof that nothing earlier was changed is missing")
    if _climbed(old, new, path) != (old_root, new_root):
        raise Refused("the proof does not show that nothing earlier was changed")


def _climbed(old: int, new: int, path: Sequence[bytes]) -> tuple[bytes, bytes]:
    """The two roots that a consistency proof leads to."""
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise Refused("the proof that nothing earlier was changed is too long")
        if place & 1 or place == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            after = node_hash(after, sibling)
        place, last = place >> 1, last >> 1
    if last:
        raise Refused("the proof that nothing earlier was changed is too short")
    return before, after


def _are_hashes(values: Iterable[bytes]) -> bool:
    return all(len(value) == 32 for value in values)
