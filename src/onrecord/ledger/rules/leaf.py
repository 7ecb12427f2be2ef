"""What the tree commits to, and how one field is opened without the others.

A leaf holds the id, the kind, the time and one digest for each field: nothing about anybody. Each digest commits to a
`disclosure` of its own: base64url of the JSON array [salt, name, value], as SD-JWT does (RFC 9901). The salt is 128
random bits for each field, so that erasing one field leaves nothing from which it could be guessed.
"""

from binascii import a2b_base64, b2a_base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from pydantic_core import from_json, to_json

FORMAT = 1
URL_SAFE, PLAIN_64 = bytes.maketrans(b"+/", b"-_"), bytes.maketrans(b"-_", b"+/")


class BadLeaf(ValueError):
    """A stored leaf or opening is not what this program writes."""


@dataclass(frozen=True)
class Leaf:
    """A leaf, read."""

    id: UUID
    kind: str
    version: int
    recorded_at: datetime
    digests: tuple[str, ...]

    def payload(self) -> bytes:
        """Its canonical bytes (RFC 8785: here names in order, no spaces, plain ASCII); hashed as stored."""
        return to_json(
            {
                "d": self.digests,
                "id": str(self.id),
                "kind": f"{self.kind}/{self.version}",
                "recorded_at": stamp(self.recorded_at),
                "v": FORMAT,
            }
        )

    @classmethod
    def read(cls, payload: bytes) -> "Leaf":
        """A leaf from its bytes; BadLeaf unless they are exactly what `payload` would write."""
        try:
            raw = from_json(payload)
            kind, _, version = raw["kind"].rpartition("/")
            made = cls(UUID(raw["id"]), kind, int(version), unstamp(raw["recorded_at"]), tuple(raw["d"]))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadLeaf("the stored bytes are not a leaf") from error
        if raw.get("v") != FORMAT or made.payload() != payload:
            raise BadLeaf("the stored bytes are not in canonical form")
        return made


def stamp(moment: datetime) -> str:
    """A moment in UTC, to the microsecond, as leaves write it."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def unstamp(text: str) -> datetime:
    """The moment a stamp stands for; ValueError for anything that `stamp` would not write."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None or stamp(moment) != text:
        raise ValueError("the time is not written as a leaf writes it")
    return moment


def disclosures(fields: Mapping[str, Any], salts: Sequence[bytes]) -> list[str]:
    """One disclosure for each field, with its own 16-byte salt."""
    return [_b64(to_json([_b64(salt), name, value])) for (name, value), salt in zip(fields.items(), salts, strict=True)]


def digests(opened: Iterable[str]) -> tuple[str, ...]:
    """The digests a leaf holds for these disclosures, sorted so that order says nothing."""
    return tuple(sorted(_b64(sha256(disclosure.encode()).digest()) for disclosure in opened))


def fields_of(opened: Iterable[str]) -> dict[str, Any]:
    """The fields behind disclosures; BadLeaf if one is not a disclosure."""
    found: dict[str, Any] = {}
    for disclosure in opened:
        try:
            padded = disclosure.encode() + b"=" * (-len(disclosure) % 4)
            _, name, value = from_json(a2b_base64(padded.translate(PLAIN_64)))
        except (ValueError, TypeError) as error:
            raise BadLeaf("an opening is not a disclosure") from error
        found[name] = value
    return found


def _b64(data: bytes) -> str:
    return b2a_base64(data, newline=False).translate(URL_SAFE, b"=").decode()
