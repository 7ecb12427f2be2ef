"""Proofs about the tree, as RFC 6962 section 2.1 and RFC 9162 section 2.1 make and check them.

A proof is a list of hashes, each the root over a range of entries. So what is needed is said first, as ranges, and
one walk over the record then fills them in.
"""

import base64
from collections.abc import Iterable, Sequence

from onrecord.ledger.rules.merkle import Frontier, node_hash

Range = tuple[int, int]
"""The entries from the first number up to, and without, the second."""


class NotProved(ValueError):
    """The proof does not show what it should."""


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """What proves that entry `index` stands in a record of `size` entries, in the order of the proof."""
    if not 0 <= index < size:
        raise NotProved(f"there is no entry {index} among {size}")
    found, start, end = [], 0, size
    while end - start > 1:
        middle = start + _left(end - start)
        found.append((middle, end) if index < middle else (start, middle))
        start, end = (start, middle) if index < middle else (middle, end)
    return found[::-1]


def consistency_ranges(old: int, new: int) -> list[Range]:
    """What proves that a record of `new` entries begins with the `old` ones, in the order of the proof."""
    if not 0 <= old <= new:
        raise NotProved(f"{new} entries cannot begin with {old}")
    if old in (0, new):
        return []
    found, start, end = [], 0, new
    while old < end:
        middle = start + _left(end - start)
        found.append((middle, end) if old <= middle else (start, middle))
        start, end = (start, middle) if old <= middle else (middle, end)
    return [*([(start, end)] if start else []), *found[::-1]]


def filled(ranges: Sequence[Range], leaves: Iterable[bytes]) -> list[bytes]:
    """The hashes of ranges that do not overlap, in their order, from one walk over the leaf hashes."""
    waiting = sorted(ranges, reverse=True)
    found: dict[Range, bytes] = {}
    tree = Frontier()
    for seq, leaf in enumerate(leaves):
        if not waiting:
            break
        start, end = waiting[-1]
        if seq >= start:
            tree = tree.grow([leaf])
        if seq == end - 1:
            found[waiting.pop()], tree = tree.root(), Frontier()
    if waiting:
        raise NotProved("the record is shorter than the proof needs")
    return [found[one] for one in ranges]


def tlog_proof(index: int, hashes: Iterable[bytes], note: str) -> str:
    """A proof on one page (C2SP tlog-proof): the place, the hashes from the leaf to the root, the signed checkpoint."""
    lines = "".join(f"{base64.b64encode(one).decode()}\n" for one in hashes)
    return f"c2sp.org/tlog-proof@v1\nindex {index}\n{lines}\n{note}"


def included(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof shows that the leaf hash stands at `index`."""
    try:
        ranges = inclusion_ranges(index, size)
    except NotProved:
        return False
    if len(ranges) != len(proof) or any(len(one) != 32 for one in (leaf, root, *proof)):
        return False
    for (start, _), sibling in zip(ranges, proof, strict=True):
        leaf = node_hash(leaf, sibling) if start > index else node_hash(sibling, leaf)
    return leaf == root


def consistent(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that the newer record begins with the older one, which was not empty."""
    if not 0 < old <= new:
        return False
    if old == new:
        return not proof and old_root == new_root
    ranges = consistency_ranges(old, new)
    if len(ranges) != len(proof) or any(len(one) != 32 for one in (old_root, new_root, *proof)):
        return False
    hashes = dict(zip(ranges, proof, strict=True))
    first = next(((start, end) for start, end in ranges if end == old), None)
    before = after = hashes.pop(first) if first else old_root
    for (start, _), sibling in hashes.items():
        if start < old:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
        else:
            after = node_hash(after, sibling)
    return (before, after) == (old_root, new_root)


def _left(size: int) -> int:
    """The largest power of two below a size."""
    return 1 << ((size - 1).bit_length() - 1)
