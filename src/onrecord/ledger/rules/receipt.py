"""A receipt: what somebody who reported can hold in their hand, and check for ever.

It is a signed note over four lines: "onrecord receipt v1", the origin, the entry's id with the time it was recorded,
and its leaf hash. It is a pure function of the stored entry and the receipt key, so asking again gives the same bytes.
"""

import base64
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onrecord.ledger.rules.leaf import stamp, unstamp
from onrecord.ledger.rules.note import BadNote, Signer, Verifier, open_note

TITLE = "onrecord receipt v1"
PROMISE = "This entry will stand in a signed checkpoint within 24 hours. If it does not, this receipt is evidence."


@dataclass(frozen=True)
class Receipt:
    """What was received, and when."""

    origin: str
    entry: UUID
    recorded_at: datetime
    leaf_hash: bytes

    def text(self) -> str:
        """The text that is signed."""
        proof = base64.b64encode(self.leaf_hash).decode()
        return f"{TITLE}\n{self.origin}\n{self.entry} {stamp(self.recorded_at)}\n{proof}\n{PROMISE}\n"

    def signed(self, key: Signer) -> str:
        """The receipt as handed out."""
        return key.sign(self.text())

    @classmethod
    def read(cls, note: str, key: Verifier) -> "Receipt":
        """A receipt handed in; BadNote if it is not one of ours, whole and unchanged."""
        lines = open_note(note, key).split("\n")
        try:
            title, origin, which, proof, promise, _ = lines
            entry, _, when = which.partition(" ")
            made = cls(origin, UUID(entry), unstamp(when), base64.b64decode(proof, validate=True))
        except ValueError as error:
            raise BadNote("this is not a receipt") from error
        if title != TITLE or promise != PROMISE:
            raise BadNote("this is not a receipt")
        return made
