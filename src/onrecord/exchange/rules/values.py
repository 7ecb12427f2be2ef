"""Single values of a census: given once, and dates that are days."""

import re
from datetime import date

from onrecord.exchange.rules.found import Found
from onrecord.exchange.rules.node import Node

ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
REAL = "A date must be a real day from 1900 to 2200, written year-month-day, as 2026-03-31."
ONCE = "This must not be given twice."


def one(node: Node, tag: str, child: int, found: Found) -> str:
    """The text of the element of this name; "" if there is none. Two that differ are a fault."""
    nodes = node.all(tag)
    if len({each.text for each in nodes}) > 1:
        found.refuse(child, nodes[1], tag, nodes[1].text, ONCE)
    return nodes[0].text if nodes else ""


def day(node: Node, tag: str, child: int, found: Found) -> date | None:
    """The day an element gives; None without one. What is not a day is a fault, told by `real_days`."""
    return as_day(one(node, tag, child, found))


def as_day(text: str) -> date | None:
    """A day written year-month-day; None for anything else, and for years out of living memory."""
    if not ISO.fullmatch(text):
        return None
    try:
        made = date.fromisoformat(text)
    except ValueError:
        return None
    return made if 1900 <= made.year <= 2200 else None


def real_days(node: Node, child: int, found: Found) -> None:
    """Refuse every date inside that is no real day, also one that the register does not keep: the file is broken."""
    for each in node.under():
        if "Date" in each.tag and not each.children and each.text and as_day(each.text) is None:
            found.refuse(child, each, each.tag, each.text, REAL)
