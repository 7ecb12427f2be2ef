"""The head of a census: which authority's return of which year it is.

A return is known by authority, year, reference date and serial number. A corrected file of the same census is a new
return: it carries the next serial number, stands beside the earlier one, and opens no second look-back.
"""

import re
from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from onrecord.exchange.rules.found import Found
from onrecord.exchange.rules.node import Node
from onrecord.exchange.rules.values import REAL, day, one

AUTHORITY = re.compile(r"\d{3}", re.ASCII)
YEAR = re.compile(r"(19|20|21)\d\d", re.ASCII)
SERIAL = re.compile(r"\d{1,9}", re.ASCII)
WHOLE = "A census must say in its header which authority returned it, for which year and reference date."


@dataclass(frozen=True)
class Return:
    """Which return this is. `serial` is "" where the file has none."""

    authority: str
    year: str
    reference: date
    serial: str

    @property
    def space(self) -> UUID:
        """The space in which this return's children have their ids."""
        serial = f"/{self.serial}" if self.serial else ""
        return uuid5(NAMESPACE_URL, f"cin/{self.authority}/{self.year}/{self.reference.isoformat()}{serial}")

    @property
    def mark(self) -> str:
        """How the register tells one authority's children from another's."""
        return f"(local authority {self.authority})"

    def spoken(self, of: str) -> str:
        """Whose list this is, in words, for a register that people read."""
        return f"{of[:200]}, Children in Need census {self.year} {self.mark}"


def read_header(root: Node, found: Found) -> Return | None:
    """The return a census is; None, with faults, when it does not say."""
    header = root.first("Header")
    if header is None:
        found.refuse(0, root, "Header", "", WHOLE)
        return None
    details = header.first("CollectionDetails") or header
    source = header.first("Source") or header
    collection = one(details, "Collection", 0, found)
    if collection != "CIN":
        found.refuse(0, details, "Collection", collection, "The collection of a Children in Need census must be CIN.")
    authority = _shaped(source, "LEA", AUTHORITY, "A local authority's number must have three digits.", found)
    year = _shaped(details, "Year", YEAR, "The year must have four digits.", found)
    reference = day(details, "ReferenceDate", 0, found)
    if reference is None:
        given = details.said("ReferenceDate")
        found.refuse(0, details.first("ReferenceDate") or details, "ReferenceDate", given, REAL if given else WHOLE)
    serial = one(source, "SerialNo", 0, found)
    if serial and not SERIAL.fullmatch(serial):
        found.refuse(0, source, "SerialNo", serial, "A return's serial number must be made of digits.")
    if reference is None or not authority or not year:
        return None
    if reference != date(int(year), 3, 31):
        rule = "The reference date must be 31 March of the census year (100)."
        found.warn(0, details, "ReferenceDate", reference.isoformat(), rule)
    return Return(authority, year, reference, serial)


def _shaped(node: Node, tag: str, shape: re.Pattern[str], rule: str, found: Found) -> str:
    value = one(node, tag, 0, found)
    if shape.fullmatch(value):
        return value
    found.refuse(0, node.first(tag) or node, tag, value, rule)
    return ""
