"""Keyed hashes: what a read table may hold of a name or a number, useless to whoever has only the database."""

import hmac
from collections.abc import Iterable, Iterator

from onrecord.ledger.gateway.keys import match_key


def keyed(sort: str, text: str) -> str:
    """The keyed hash of a key, in hex (64 characters)."""
    return all_keyed([(sort, text)])[0]


def all_keyed(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """The keyed hashes of many keys at once, each of a sort and a text."""
    return [digest.hex() for digest in _digests(pairs)]


def numbered(pairs: Iterable[tuple[str, str]]) -> list[int]:
    """The keyed hashes of many keys as numbers of eight bytes, which a table of millions can hold; each once."""
    return list(dict.fromkeys(int.from_bytes(digest[:8], "big", signed=True) for digest in _digests(pairs)))


def _digests(pairs: Iterable[tuple[str, str]]) -> Iterator[bytes]:
    """The keyed hashes, 32 bytes each. What depends on the key alone is worked out once: a text has hundreds."""
    begun = hmac.new(match_key(), digestmod="sha256")
    for sort, text in pairs:
        made = begun.copy()
        made.update(f"{sort}:{text}".encode())
        yield made.digest()
