"""What the checks of the record are called, what each proves, and the faults that each finds."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

Progress = Callable[[int, int], None]
FRESH = timedelta(hours=25)
"""How old what was signed last may be."""

NAMES = {
    1: "Entries are numbered without a hole, as many as were signed",
    2: "Every entry's bytes give its hash",
    3: "The root computed again is the root that was signed",
    4: "The newest checkpoint is fresh, and signed by the announced key and by the witnesses asked for",
    5: "Every earlier checkpoint, ours and as witnesses signed it, is part of the same history",
    6: "Every id is unique, every entry canonical and of a known kind",
    7: "Every entry's time lies where witnesses' clocks put it, and none goes back",
    8: "Every sealed field and file opens to what its entry commits to",
    9: "The read tables equal a replay of the record",
    10: "Every receipt given is of an entry that stands here, and no promise of one has run out",
}
OF_READS = (1, 2, 3, 4, 5, 6, 7, 8)
"""What is checked of the reads ledger: it has no read tables, and gives no receipts."""


@dataclass(frozen=True)
class Check:
    """One check of the ledger study's ten: its number, what it proves, and every fault it found."""

    number: int
    proves: str
    faults: tuple[str, ...]


class Findings:
    """Faults by check number. Only the first few of a kind are spelled out; all are counted."""

    SHOWN = 5

    def __init__(self) -> None:
        """Begin with none."""
        self.faults: dict[int, list[str]] = {number: [] for number in NAMES}
        self.count: Counter[int] = Counter()

    def add(self, number: int, fault: str) -> None:
        """Note a fault."""
        self.count[number] += 1
        if self.count[number] <= self.SHOWN:
            self.faults[number].append(fault)

    def broken_off(self, why: str) -> None:
        """Note that not everything could be read: whatever has no fault yet is not proved."""
        for number in NAMES:
            if not self.count[number]:
                self.add(number, why)

    def checks(self, numbers: tuple[int, ...]) -> list[Check]:
        """These checks, each with its faults."""
        for number, count in self.count.items():
            if count > self.SHOWN:
                self.faults[number].append(f"and {count - self.SHOWN} more")
        return [Check(number, NAMES[number], tuple(self.faults[number])) for number in numbers]
