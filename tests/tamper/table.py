"""What catches each attack, as it is printed in the documentation."""

from typing import NamedTuple


class Caught(NamedTuple):
    """By which checks of `verify`; whether signing goes on; whether a receipt, a witness or the doctor shows it."""

    verify: tuple[int, ...] = ()
    freezes: bool = False
    receipt: bool = False
    witness: bool = False
    doctor: bool = False

    @property
    def words(self) -> str:
        """The same in a row of the table."""
        checks = (
            f"check{'s' if len(self.verify) > 1 else ''} {', '.join(map(str, self.verify))}" if self.verify else "–"
        )
        rest = (self.freezes, "frozen"), (self.receipt, "evidence"), (self.witness, "refuses"), (self.doctor, "says so")
        return " | ".join([checks, *(word if true else "–" for true, word in rest)])


HEAD = """# What catches tampering

This page is printed from a run: `tests/tamper` carries out each attack on a copy of a small record that is signed and
witnessed, and writes down what caught it. The program itself can do none of this: the database refuses it.

- **verify**: the checks of `onrecord verify` that find it, by number.
- **signing**: whether the watch stops signing, and says so to everybody who looks.
- **receipt**: whether somebody who reported, and kept the receipt, can show it without us.
- **witness**: whether a witness outside refuses to sign what it is then shown. Where signing is frozen nobody is asked.
- **doctor**: whether `onrecord doctor` says so.

| attack | in hand | verify | signing | receipt | witness | doctor |
|---|---|---|---|---|---|---|
"""
TAIL = """
A witness's signature that is taken out here stands with the witness still, who signs the next checkpoint too.

What is caught by nobody: what was never recorded; what is false and well said; what was recorded after the last
checkpoint and taken out with the notes of receipts, where nobody kept a receipt; and a log and enough witnesses that
collude.
"""


def written(rows: list[tuple[str, str, Caught]]) -> str:
    """The page."""
    return HEAD + "".join(f"| {name} | {holding} | {caught.words} |\n" for name, holding, caught in rows) + TAIL
