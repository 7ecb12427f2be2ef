"""Keyed hashes: what a read table may hold of a name or a number, useless to whoever has only the database."""

import hmac
from hashlib import sha256

from onrecord.ledger.gateway.keys import match_key


def keyed(sort: str, text: str) -> str:
    """The keyed hash of a key, in hex (64 characters)."""
    return hmac.new(match_key(), f"{sort}:{text}".encode(), sha256).hexdigest()
