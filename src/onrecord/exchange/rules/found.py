"""What is wrong in a file: where, what stood there, and the rule it breaks. All of it, so nothing is found twice."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.exchange.rules.node import Node

SHOWN = 200


@dataclass(frozen=True)
class Fault:
    """One thing wrong: the child's number in the file (from 1; 0 before the first), line, element, value and rule."""

    child: int
    line: int
    element: str
    value: str
    rule: str


class CensusRefused(ValueError):
    """The file cannot be read as it stands. Nothing of it was recorded. Holds every fault."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep the faults, and say how many there are."""
        count = len(faults)
        super().__init__(f"Nothing was recorded: {count} fault{'s' if count != 1 else ''} in the file.")
        self.faults = tuple(faults)


@dataclass
class Found:
    """What has been found so far: faults refuse the file, warnings are counted and said."""

    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def refuse(self, child: int, node: Node, element: str, value: str, rule: str) -> None:
        """Note what makes the register wrong if it were read."""
        self.faults.append(Fault(child, node.line, element, value[:SHOWN], rule))

    def warn(self, child: int, node: Node, element: str, value: str, rule: str) -> None:
        """Note what is odd and does no harm to the register."""
        self.warnings.append(Fault(child, node.line, element, value[:SHOWN], rule))
