"""Checking a whole log: every entry, every tile, the root and who signed it."""

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord_witness import Refused
from onrecord_witness.keys import Key
from onrecord_witness.merkle import Growing, leaf_hash, root_of
from onrecord_witness.note import Checkpoint, Note, opened
from onrecord_witness.source import Source
from onrecord_witness.tiles import HASH, HEIGHT, WIDTH, Tiles, width_of

SHOWN = 10


@dataclass(frozen=True)
class Whole:
    """What was checked, and every fault."""

    checkpoint: Checkpoint
    note: Note
    faults: tuple[str, ...]


def check(source: Source, keys: Iterable[Key], origin: str = "") -> Whole:
    """Read everything again. Refused where there is no checkpoint that a trusted key signed."""
    note, made = opened(source.read("checkpoint"), keys, origin)
    tiles, tree, faults = Tiles(source, made.size), Growing(), []
    for number in range(-(-made.size // WIDTH)):
        try:
            hashes = [leaf_hash(entry) for entry in tiles.entries(number)]
            faults += _tile(tiles, 0, number, hashes)
        except Refused as fault:
            faults.append(str(fault))
            break
        for one in hashes:
            tree.add(one)
    faults += _above(tiles, made.size)
    if tree.size == made.size and tree.root() != made.root:
        faults.append("the entries do not give the root that was signed")
    return Whole(made, note, tuple(faults))


def _tile(tiles: Tiles, level: int, number: int, hashes: list[bytes]) -> list[str]:
    """The fault of a tile that does not hold these hashes."""
    held = tiles.tile(level, number)
    for at, one in enumerate(hashes):
        if held[HASH * at : HASH * at + HASH] != one:
            place = (number * WIDTH + at) << (HEIGHT * level)
            return [f"level {level}, tile {number}: the hash at entry {place} is not that of what lies below it"]
    return []


def _above(tiles: Tiles, size: int) -> list[str]:
    """The faults of the tiles above the lowest."""
    faults: list[str] = []
    level = 1
    while size >> (HEIGHT * level):
        for number in range(-(-(size >> (HEIGHT * level)) // WIDTH)):
            first, width = number * WIDTH, width_of(level, number, size)
            try:
                below = [root_of(_hashes(tiles.tile(level - 1, first + at))) for at in range(width)]
                faults += _tile(tiles, level, number, below)
            except Refused as fault:
                faults.append(str(fault))
                if len(faults) > SHOWN:
                    return faults
        level += 1
    return faults


def _hashes(data: bytes) -> list[bytes]:
    return [data[at : at + HASH] for at in range(0, len(data), HASH)]
