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
from uuid import UUID

from onrecord.ledger.gateway.keys import match_key

HOW_MANY = 6
WORK = {"n": 2**7, "r": 8, "p": 1, "dklen": 32}
"""How hard one try is: about 0.4 ms of a server's time, twice for each report, and 128 KB of memory.

Six of 2,048 words are 6 x 11 = 66 bits. Whoever tries words over the network gets four answers a second from a thread:
some 10^11 years of a thread for one box. A thief of the database without the keys can try nothing. One who has the keys
too reads everything sealed without any words; to open just any of 100,000 boxes by words they would still try some
2^66 / 200,000 times, 4 x 10^14, which is 5,000 years of one processor. A harder hash would buy nothing more, and cost
the server that takes reports.
"""
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


def proof(mark: str, entry: UUID, sort: str) -> str:
    """What says that the words with this keyed hash were handed out for this report and use. It takes the key."""
    return hmac.new(_key("proof"), f"{mark}/{entry.hex}/{sort}".encode(), "sha256").hexdigest()


def _key(use: str) -> bytes:
    return hmac.new(match_key(), f"onrecord.mailbox/words/{use}".encode(), "sha256").digest()
