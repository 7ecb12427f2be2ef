"""Cosignatures: what a witness signs over our checkpoint, with the time (C2SP tlog-cosignature v1, Ed25519).

It says: at this time, this was the largest record of this origin that I have seen, and it contains all I saw before.
"""

from datetime import UTC, datetime

from onrecord.ledger.rules.note import DASH, BadNote, Verifier, holds, unbase64

COSIGNATURE = b"\x04"


def witness_key(vkey: str) -> Verifier:
    """A witness's published key; BadNote if it is not one."""
    return Verifier.read(vkey, COSIGNATURE)


def cosigned_at(line: str, text: str, key: Verifier) -> datetime | None:
    """When this witness signed the checkpoint's text; None for a line that is not by this key.

    BadNote for a line that is, and does not hold.
    """
    try:
        dash, name, data = line.split(" ")
        raw = unbase64(data)
    except ValueError as error:
        raise BadNote("a signature line is a dash, a name and base64") from error
    if dash != DASH or (name, raw[:4]) != (key.name, key.key_id):
        return None
    seconds = int.from_bytes(raw[4:12], "big")
    if not holds(key, f"cosignature/v1\ntime {seconds}\n{text}", raw[12:]):
        raise BadNote(f"the cosignature by {name} does not hold")
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise BadNote(f"the cosignature by {name} names no time") from error
