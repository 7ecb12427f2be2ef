"""The record as files (C2SP tlog-tiles): 256 hashes to a tile, 256 entries to a bundle. A copy of them is a mirror."""

from collections.abc import Iterable, Iterator

from onrecord.ledger.rules.merkle import root_of

WIDTH = 256
ENTRIES = "entries"


def tile_path(level: int | str, number: int, width: int = WIDTH) -> str:
    """Where a tile stands (level 0, 1, ...), or a bundle of entries (level "entries")."""
    digits = f"{number:03d}".zfill(-(-len(str(number)) // 3) * 3)
    parts = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    where = "/".join([f"x{part}" for part in parts[:-1]] + parts[-1:])
    return f"tile/{level}/{where}" + ("" if width == WIDTH else f".p/{width}")


def bundle(entries: Iterable[bytes]) -> bytes:
    """Entries one after the other, each after its length in two bytes."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


class Tiler:
    """Lays leaf hashes into tiles, level over level. What is full is handed out at once."""

    def __init__(self) -> None:
        self._rows: list[list[bytes]] = []
        self._numbers: list[int] = []

    def add(self, leaf: bytes) -> Iterator[tuple[str, bytes]]:
        """The path and the bytes of each tile that this leaf hash fills."""
        yield from self._put(0, leaf)

    def rest(self) -> Iterator[tuple[str, bytes]]:
        """The path and the bytes of each tile that is not full at the end."""
        for level, row in enumerate(self._rows):
            if row:
                yield tile_path(level, self._numbers[level], len(row)), b"".join(row)

    def _put(self, level: int, node: bytes) -> Iterator[tuple[str, bytes]]:
        if level == len(self._rows):
            self._rows.append([])
            self._numbers.append(0)
        row = self._rows[level]
        row.append(node)
        if len(row) == WIDTH:
            yield tile_path(level, self._numbers[level]), b"".join(row)
            above = root_of(row)
            self._rows[level] = []
            self._numbers[level] += 1
            yield from self._put(level + 1, above)
