"""A machine whose power fails: files of which only what was synced is sure to be there afterwards.

SQLite runs on these files through apsw. After so many steps nothing more reaches them. What is then found is what was
synced, and, of what was written since, nothing or a random part, torn at the size of a disc's sector.
"""

# ruff: noqa: N802  # the names are SQLite's

import random
from dataclasses import dataclass, field
from pathlib import Path

import apsw

SECTOR = 512


class PowerCut(Exception):
    """The power failed: from here on nothing is written."""


@dataclass
class Disc:
    """One file: as programs see it, as it was when last synced, and what was written since."""

    seen: bytearray = field(default_factory=bytearray)
    synced: bytes = b""
    since: list[tuple[int, bytes]] = field(default_factory=list)

    def after_a_cut(self, chance: random.Random, *, torn: bool) -> bytes:
        """What is found when the power is back."""
        found = bytearray(self.synced)
        for offset, data in self.since if torn else ():
            for at in range(0, len(data), SECTOR):
                if chance.random() < 0.5:
                    _put(found, offset + at, data[at : at + SECTOR])
        return bytes(found)


@dataclass
class Machine:
    """The files of a machine by name, and after how many steps its power fails."""

    discs: dict[str, Disc] = field(default_factory=dict)
    steps: int = 0
    until: int | None = None
    off: bool = False

    def step(self) -> bool:
        """Whether one more thing reaches the disc. The first that does not is told; nobody is there for the rest."""
        self.steps += 1
        if self.until is not None and self.steps > self.until and not self.off:
            self.off = True
            raise PowerCut
        return not self.off

    def holds(self, name: str, data: bytes) -> None:
        """Begin with a file that was synced long ago."""
        self.discs[name] = Disc(bytearray(data), data)

    def found(self, folder: Path, chance: random.Random, *, torn: bool) -> None:
        """Write down what is found after the cut."""
        for name, disc in self.discs.items():
            (folder / Path(name).name).write_bytes(disc.after_a_cut(chance, torn=torn))


class Files(apsw.VFS):
    """The machine's files, as SQLite asks for them."""

    def __init__(self, name: str, machine: Machine) -> None:
        """Register under a name."""
        self._machine = machine
        super().__init__(name, base="")

    def xFullPathname(self, name: str) -> str:
        """Every name is whole."""
        return name

    def xAccess(self, pathname: str, flags: int) -> bool:
        """Whether there is such a file."""
        return pathname in self._machine.discs

    def xDelete(self, name: str, syncdir: bool) -> None:
        """Take a file away."""
        if self._machine.step():
            self._machine.discs.pop(name, None)

    def xOpen(self, name: object, flags: list[int]) -> "OneFile":
        """Open a file, made where there is none."""
        flags[1] = flags[0]
        known = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        return OneFile(self._machine, self._machine.discs.setdefault(known, Disc()))

    def xRandomness(self, count: int) -> bytes:
        """Nothing here depends on chance."""
        return bytes(count)

    def xSleep(self, microseconds: int) -> int:
        """Nobody waits."""
        return microseconds

    def xCurrentTime(self) -> float:
        """Any day will do."""
        return 2_460_000.5

    def xGetLastError(self) -> tuple[int, str]:
        """None."""
        return 0, ""


class OneFile:
    """One open file. There is one program, so every lock is given."""

    def __init__(self, machine: Machine, disc: Disc) -> None:
        """Take the file."""
        self._machine, self._disc = machine, disc

    def xRead(self, amount: int, offset: int) -> bytes:
        """What a program sees."""
        return bytes(self._disc.seen[offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:
        """Seen at once, and not sure until it is synced."""
        if self._machine.step():
            _put(self._disc.seen, offset, data)
            self._disc.since.append((offset, bytes(data)))

    def xTruncate(self, size: int) -> None:
        """Cut to a length: sure at once, which is the worse for whoever relies on the rest."""
        if self._machine.step():
            del self._disc.seen[size:]
            self._disc.synced = self._disc.synced[:size]
            self._disc.since = [(at, data[: size - at]) for at, data in self._disc.since if at < size]

    def xSync(self, flags: int) -> None:
        """From here on everything written is sure."""
        if self._machine.step():
            self._disc.synced, self._disc.since = bytes(self._disc.seen), []

    def xFileSize(self) -> int:
        """How long a program sees it."""
        return len(self._disc.seen)

    def xLock(self, level: int) -> None:
        """Given."""

    def xUnlock(self, level: int) -> None:
        """Given back."""

    def xCheckReservedLock(self) -> bool:
        """Nobody else has one."""
        return False

    def xFileControl(self, op: int, pointer: int) -> bool:
        """Nothing special is understood."""
        return False

    def xSectorSize(self) -> int:
        """A sector."""
        return SECTOR

    def xDeviceCharacteristics(self) -> int:
        """Nothing is promised: a write may be torn."""
        return 0

    def xClose(self) -> None:
        """Closed."""


def _put(data: bytearray, offset: int, piece: bytes) -> None:
    if len(data) < offset:
        data.extend(bytes(offset - len(data)))
    data[offset : offset + len(piece)] = piece
