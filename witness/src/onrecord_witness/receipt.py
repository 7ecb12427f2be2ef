"""A receipt: a signed note that something was received, and by when it will stand in a witnessed checkpoint.

onrecord receipt v1
onrecord.example/2026
0190b3f2-... 2026-10-05T07:00:00.000000Z
<hash of the entry, base64>
<the promise, a sentence that says within how many hours>
policy <SHA-256 of the policy file, hexadecimal; this line only where one was in force>
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from onrecord_witness import Refused
from onrecord_witness.keys import Key
from onrecord_witness.note import Note
from onrecord_witness.proof import read_hash

TITLE = "onrecord receipt v1"
STAMP = "%Y-%m-%dT%H:%M:%S.%fZ"
WITHIN = re.compile(r"\bwithin ([1-9][0-9]{0,3}) hours\b", re.ASCII)
POLICY = re.compile(r"policy ([0-9a-f]{64})", re.ASCII)


@dataclass(frozen=True)
class Receipt:
    """What was received, when, and what was promised."""

    origin: str
    entry: str
    received: datetime
    leaf: bytes
    promise: str
    hours: int
    policy: str = ""

    @property
    def due(self) -> int:
        """When the promise is broken if it is not kept, in seconds since 1970."""
        return int(self.received.timestamp()) + self.hours * 3600

    @classmethod
    def read(cls, data: bytes, keys: Iterable[Key]) -> "Receipt":
        """A receipt signed by one of these keys. Refused if it is not one."""
        note = Note.read(data)
        if all(note.signed_at(key) is None for key in keys):
            raise Refused("the receipt is not signed by a key that is trusted here")
        lines = note.text[:-1].split("\n")
        if len(lines) not in (5, 6) or lines[0] != TITLE:
            raise Refused("this is not a receipt")
        entry, _, moment = lines[2].partition(" ")
        hours, policy = WITHIN.search(lines[4]), POLICY.fullmatch(lines[5]) if lines[5:] else None
        if not hours or (lines[5:] and not policy):
            raise Refused("the receipt does not say what it promises")
        named = policy[1] if policy else ""
        return cls(lines[1], entry, _moment(moment), read_hash(lines[3]), lines[4], int(hours[1]), named)


def _moment(text: str) -> datetime:
    try:
        return datetime.strptime(text, STAMP).replace(tzinfo=UTC)
    except ValueError:
        raise Refused("the receipt does not say when it was received") from None
