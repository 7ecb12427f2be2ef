"""What an entry says, where its keepers opened it: each line is a field with its salt, to which the entry commits.

A line is base64url of a JSON array, [salt, name, value] (as SD-JWT writes it, RFC 9901). The entry holds the SHA-256 of
each line. So a field can be shown without the others, and nobody can change a shown one.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from typing import Any

from onrecord_witness import Refused


def commitments(entry: bytes) -> frozenset[str]:
    """What an entry commits to. Refused if it is not an entry of such a log."""
    try:
        held = json.loads(entry)["d"]
    except (ValueError, KeyError, TypeError, RecursionError):
        held = None
    if not isinstance(held, list) or not all(isinstance(one, str) for one in held):
        raise Refused("the entry does not say what it commits to")
    return frozenset(held)


def shown(entry: bytes, lines: bytes) -> dict[str, Any]:
    """The fields that these lines show. Refused where the entry does not commit to one of them."""
    known, fields = commitments(entry), dict[str, Any]()
    try:
        texts = lines.decode("ascii").splitlines()
    except UnicodeDecodeError:
        raise Refused("what was opened is not text") from None
    for number, text in enumerate(texts, 1):
        if urlsafe_b64encode(sha256(text.encode()).digest()).rstrip(b"=").decode() not in known:
            raise Refused(f"line {number} of what was opened is not what the entry commits to")
        name, value = _field(text, number)
        if name in fields:
            raise Refused(f"line {number} of what was opened shows {name} a second time")
        fields[name] = value
    return fields


def _field(text: str, number: int) -> tuple[str, Any]:
    """A line's name and value. The entry commits to the line, so only its keepers can have made it badly."""
    try:
        _, name, value = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, TypeError, RecursionError):
        name = value = None
    if not isinstance(name, str):
        raise Refused(f"line {number} of what was opened is no field")
    return name, value


def spoken(fields: dict[str, Any]) -> str:
    """The fields as lines. No words of theirs can begin a line as a field does, or move what stands around them."""
    said = {name: one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for name, one in fields.items()}
    return "\n".join(f"  {_printed(name.removeprefix('body.'), ' ')}: {_printed(one)}" for name, one in said.items())


def _printed(text: str, line: str = "\n      ") -> str:
    """A text with its further lines set in, and every sign that does not print written out."""
    return "".join(one if one.isprintable() else line if one == "\n" else json.dumps(one)[1:-1] for one in text)
