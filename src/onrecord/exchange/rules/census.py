"""A whole Children in Need census, of any shape from 2022 to 2026, as rows of a register of known children."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid5

from onrecord.exchange.rules.child import read_child
from onrecord.exchange.rules.found import CensusRefused, Fault, Found
from onrecord.exchange.rules.header import Return, read_header
from onrecord.exchange.rules.node import Node
from onrecord.ledger.facts.wrong import Refused
from onrecord.linkage.facts import ChildRegistered

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Row:
    """A child as the register will keep it, and the place it came from."""

    id: UUID
    number: int
    line: int
    fact: ChildRegistered


@dataclass(frozen=True)
class Census:
    """A census that can be read: which return it is, its children, and what is odd about it."""

    made: Return
    rows: tuple[Row, ...]
    warnings: tuple[Fault, ...]

    @property
    def unborn(self) -> int:
        """How many children are recorded without a birth date."""
        return sum(row.fact.child.born is None for row in self.rows)


def read_census(root: Node, of: str, progress: Progress = lambda done, of: None) -> Census:
    """Read a census returned by the agency called `of`.

    Raises CensusRefused with every fault of the whole file. `progress` hears how many children have been read.
    """
    if root.tag != "Message":
        rule = "The first element of a Children in Need census must be Message."
        raise CensusRefused([Fault(0, root.line, root.tag, "", rule)])
    found = Found()
    made = read_header(root, found)
    children = [child for group in root.all("Children") for child in group.all("Child")]
    if not children:
        found.refuse(0, root, "Children", "", "A census must hold at least one child.")
    rows = []
    for number, child in enumerate(children, start=1):
        rows.append(_row(child, number, made, of, found))
        progress(number, len(children))
    _twice(children, found)
    if found.faults or made is None:
        raise CensusRefused(sorted(found.faults, key=lambda fault: (fault.child, fault.line)))
    return Census(made, tuple(row for row in rows if row), tuple(found.warnings))


def _row(node: Node, number: int, made: Return | None, of: str, found: Found) -> Row | None:
    before = len(found.faults)
    body = read_child(node, number, made.reference if made else None, found)
    if made is None or len(found.faults) > before:
        return None
    try:
        fact = ChildRegistered.heard(body | {"source": made.spoken(of)})
    except Refused as refused:
        for wrong in refused.faults:
            found.refuse(number, node, wrong.field, wrong.value, wrong.message)
        return None
    return Row(uuid5(made.space, str(fact.child.local_id)), number, node.line, fact)


def _twice(children: list[Node], found: Found) -> None:
    """One child ID twice is a fault: nobody could say which child is meant. One pupil number twice is odd."""
    seen: dict[tuple[str, str], int] = {}
    for number, child in enumerate(children, start=1):
        for each in (node for group in child.all("ChildIdentifiers") for node in group.children):
            if each.tag not in ("LAchildID", "UPN") or not each.text:
                continue
            first = seen.setdefault((each.tag, each.text.upper()), number)
            if first != number and each.tag == "LAchildID":
                rule = f"Each child must have an ID of their own (8510). Child {first} has this one too."
                found.refuse(number, each, each.tag, each.text, rule)
            elif first != number:
                rule = f"Each child must have a pupil number of their own (1520). Child {first} has this one too."
                found.warn(number, each, each.tag, each.text, rule)
