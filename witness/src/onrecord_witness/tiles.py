"""A log as files (C2SP tlog-tiles): its hashes 256 to a tile, its entries 256 to a bundle."""

from collections.abc import Callable, Iterator

from onrecord_witness import Refused
from onrecord_witness.merkle import EMPTY, leaf_hash, node_hash
from onrecord_witness.source import Missing, Source

WIDTH, HEIGHT, HASH = 256, 8, 32


def path_of(level: int | str, number: int, width: int = WIDTH) -> str:
    """The path of a tile (level 0, 1, ...) or of a bundle of entries (level "entries")."""
    groups = f"{number:03d}"
    groups = "0" * (-len(groups) % 3) + groups
    parts = [groups[at : at + 3] for at in range(0, len(groups), 3)]
    part = "" if width == WIDTH else f".p/{width}"
    return f"tile/{level}/{'/'.join([*('x' + one for one in parts[:-1]), parts[-1]])}{part}"


def width_of(level: int, number: int, size: int) -> int:
    """How many hashes the tile has in a log of this size; 0 where it has none."""
    return max(0, min(WIDTH, (size >> (HEIGHT * level)) - number * WIDTH))


class Tiles:
    """The tiles of a log as they were at one size. What is read twice is fetched once."""

    def __init__(self, source: Source, size: int) -> None:
        self.source, self.size = source, size
        self._held: dict[tuple[int, int], bytes] = {}

    def tile(self, level: int, number: int) -> bytes:
        """The hashes of a tile, as many as it had at this size. Refused if the file is not that."""
        if (level, number) not in self._held:
            if len(self._held) > 4096:
                self._held.clear()
            self._held[level, number] = self._fetched(level, number)
        return self._held[level, number]

    def _fetched(self, level: int, number: int) -> bytes:
        width = width_of(level, number, self.size)
        data = self._part_or_whole(level, number, width)
        if not width or len(data) < width * HASH or len(data) % HASH:
            raise Refused(f"{path_of(level, number, width or WIDTH)} does not hold the {width} hashes it should")
        return data[: width * HASH]

    def entries(self, number: int) -> list[bytes]:
        """The entries of a bundle, as many as there were at this size. Refused if the file is not that."""
        width = width_of(0, number, self.size)
        found = unbundled(self._part_or_whole("entries", number, width))
        if len(found) < width:
            raise Refused(f"{path_of('entries', number, width)} holds {len(found)} entries, not the {width} it should")
        return found[:width]

    def _part_or_whole(self, level: int | str, number: int, width: int) -> bytes:
        """The tile of this width; where it has gone since, the full one that took its place."""
        try:
            return self.source.read(path_of(level, number, width))
        except Missing:
            if width == WIDTH:
                raise
            return self.source.read(path_of(level, number))

    def node(self, level: int, index: int) -> bytes:
        """The hash of the full subtree of 2**level entries that begins at index * 2**level."""
        tiled, within = divmod(level, HEIGHT)
        first = index << within
        data = self.tile(tiled, first // WIDTH)
        start = first % WIDTH
        hashes = [data[HASH * at : HASH * at + HASH] for at in range(start, start + (1 << within))]
        return _folded(hashes)

    def root(self, size: int | None = None) -> bytes:
        """The root at a size, the whole log's without one."""
        return _range(self.node, 0, self.size if size is None else size)

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """The proof that the entry at this index is included in the log, as it was at a size (RFC 6962, 2.1.1)."""
        size = self.size if size is None else size
        if not 0 <= index < size <= self.size:
            raise Refused(f"the log has {size} entries, none of them number {index}")
        return _inclusion(self.node, index, 0, size)

    def consistency(self, old: int, new: int | None = None) -> list[bytes]:
        """The proof that the log, as it was at a size, begins with all it held at an older one (RFC 6962, 2.1.2)."""
        new = self.size if new is None else new
        return _consistency(self.node, old, 0, new, True) if 0 < old < new <= self.size else []

    def find(self, leaf: bytes) -> int | None:
        """The index of a leaf hash; None where the log does not hold it."""
        for number in range(-(-self.size // WIDTH)):
            data = self.tile(0, number)
            for at in range(0, len(data), HASH):
                if data[at : at + HASH] == leaf:
                    return number * WIDTH + at // HASH
        return None

    def leaves(self) -> Iterator[bytes]:
        """Every entry's hash, computed from the entry itself."""
        for number in range(-(-self.size // WIDTH)):
            for entry in self.entries(number):
                yield leaf_hash(entry)


def unbundled(data: bytes) -> list[bytes]:
    """The entries of a bundle: each after its length in two bytes. Refused if it is not one."""
    found, at = [], 0
    while at < len(data):
        length = int.from_bytes(data[at : at + 2], "big")
        if at + 2 + length > len(data):
            raise Refused("a bundle of entries is cut off")
        found.append(data[at + 2 : at + 2 + length])
        at += 2 + length
    return found


Nodes = Callable[[int, int], bytes]


def _folded(hashes: list[bytes]) -> bytes:
    while len(hashes) > 1:
        hashes = [node_hash(*pair) for pair in zip(hashes[::2], hashes[1::2], strict=True)]
    return hashes[0]


def _left(size: int) -> int:
    """The largest power of two below a size."""
    return 1 << ((size - 1).bit_length() - 1)


def _range(node: Nodes, start: int, end: int) -> bytes:
    """The root over the entries from start to end; start is a multiple of the first full subtree's size."""
    size = end - start
    if size == 0:
        return EMPTY
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return node(level, start >> level)
    middle = start + _left(size)
    return node_hash(_range(node, start, middle), _range(node, middle, end))


def _inclusion(node: Nodes, index: int, start: int, end: int) -> list[bytes]:
    if end - start == 1:
        return []
    middle = start + _left(end - start)
    if index < middle:
        return [*_inclusion(node, index, start, middle), _range(node, middle, end)]
    return [*_inclusion(node, index, middle, end), _range(node, start, middle)]


def _consistency(node: Nodes, old: int, start: int, end: int, whole: bool) -> list[bytes]:
    """RFC 6962's SUBPROOF. `whole` says that the old tree's own root is known to whoever checks."""
    if old == end:
        return [] if whole else [_range(node, start, end)]
    middle = start + _left(end - start)
    if old <= middle:
        return [*_consistency(node, old, start, middle, whole), _range(node, middle, end)]
    return [*_consistency(node, old, middle, end, False), _range(node, start, middle)]
