"""The receipt of words: six of 2,048 plain words that nobody can mistake for one another, drawn by chance.

What is kept is a keyed hash: scrypt under one key, then HMAC under another. Both come from the key of keyed hashes,
which stands in a file and never in the database. So neither the database nor a copy of it opens a mailbox.
"""

import hashlib
import hmac
import re
import secrets
from functools import lru_cache
from pathlib import Path

from onrecord.ledger.gateway.keys import match_key

HOW_MANY = 6
WORK = {"n": 2**9, "r": 8, "p": 1, "dklen": 32}
"""How hard one try is: about a millisecond. Six words are 66 bits, so a thief with the key too tries for ages."""
LONGEST = 200
"""How much of what was typed is read at all."""


@lru_cache(maxsize=1)
def word_list() -> tuple[str, ...]:
    """Every word that may be drawn."""
    return tuple((Path(__file__).parent / "words.txt").read_text("utf-8").split())


def draw() -> tuple[str, ...]:
    """Six words by chance."""
    return tuple(secrets.choice(word_list()) for _ in range(HOW_MANY))


def said(typed: str) -> tuple[str, ...]:
    """The words in what somebody typed: capitals, commas, numbers of lines and other signs make no difference."""
    return tuple(re.findall(r"[a-z]+", typed[:LONGEST].lower()))


def hashed(words: tuple[str, ...]) -> str:
    """The keyed hash by which these words are found. It takes as long whatever the words are."""
    slow = hashlib.scrypt(" ".join(words).encode(), salt=_key("salt"), **WORK)
    return hmac.new(_key("hash"), slow, "sha256").hexdigest()


def _key(use: str) -> bytes:
    return hmac.new(match_key(), f"onrecord.mailbox/words/{use}".encode(), "sha256").digest()
