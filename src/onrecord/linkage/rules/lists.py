"""What a list has to look like before it can be linked, and what is wrong with one that does not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

NEEDED = ("unique_id", "source_dataset", "given_name", "middle_name", "surname", "dob", "gender", "house_no", "street",
          "postcode", "phone")  # fmt: skip
ALLOWED = ("town", "nhs_number", "upn")
COLUMNS = (*NEEDED, *ALLOWED)
LONGEST = 200
FORMULA = "=+-@\t\r"
NEVER = ("ethnic", "nationality", "religion", "race")
"""Parts of column names that say what people are taken to be. They are never read, wherever they stand."""
SAID = {
    "no id": ("unique_id", "Give every row an id of its own.", "every row has an id"),
    "id twice": ("unique_id", "This id stands on more than one row.", "an id stands once in all files"),
    "id a formula": ("unique_id", "Begin the id with a letter or a digit.", "no id begins as a formula"),
    "no source": ("source_dataset", "Say whose list the row is from.", "every row has a source"),
    "no date": ("dob", "Write the date as 2012-05-31 or 31/05/2012, or leave it empty.", "a real date"),
    "wrong century": ("dob", "Check the year.", "a birth date between 1900 and 2100"),
}


@dataclass(frozen=True)
class ListFault:
    """One thing wrong with a file: where, what stood there, what to do, and the rule."""

    file: str
    row: int
    column: str
    value: str
    message: str
    rule: str


class ListRefused(ValueError):
    """Nothing was linked. Holds every fault, in the order of the files."""

    def __init__(self, faults: Iterable[ListFault]) -> None:
        """Keep the faults, and say how many there are."""
        self.faults = tuple(faults)
        count = len(self.faults)
        super().__init__(f"Nothing was linked: {count} fault{'s' if count != 1 else ''} in the files.")


def head_faults(file: str, heads: Sequence[str]) -> list[ListFault]:
    """What is wrong with the heading of a file: a column missing, or one that stands twice."""
    known = f"The columns are: {', '.join(NEEDED)}; {', '.join(ALLOWED)} may stand there too."
    missing = [name for name in NEEDED if name not in heads]
    faults = [ListFault(file, 1, name, "", f"The column is missing. {known}", "needed column") for name in missing]
    twice = sorted({name for name in COLUMNS if heads.count(name) > 1})
    return faults + [ListFault(file, 1, name, "", "The column stands twice.", "one column of a name") for name in twice]


def unread(heads: Sequence[str]) -> tuple[list[str], list[str]]:
    """The columns that are not read: those about what people are taken to be, and all others."""
    extra = [head for head in heads if head not in COLUMNS]
    barred = [head for head in extra if any(part in head.casefold() for part in NEVER)]
    return barred, [head for head in extra if head not in barred]


def cell_fault(file: str, row: int, what: str, value: str | None) -> ListFault:
    """A fault of one cell, by its short name."""
    if what in COLUMNS:
        message, rule = f"Shorten it to {LONGEST} signs.", f"at most {LONGEST} signs"
        return ListFault(file, row, what, (value or "")[:LONGEST], message, rule)
    column, message, rule = SAID[what]
    return ListFault(file, row, column, (value or "")[:LONGEST], message, rule)
