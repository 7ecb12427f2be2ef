"""How many reports came from one place within a minute. It refuses nobody: it only says which came together.

The count is held in the memory of one process, under a key made when it starts: no address is written anywhere.
"""

import hmac
import secrets
from collections import Counter
from datetime import datetime
from hashlib import sha256
from threading import Lock

MOST = 40
"""How many reports a minute from one place are nothing unusual: a class of thirty that sits behind one address."""


class Crowd:
    """Counts what comes from where, for the minute that runs."""

    def __init__(self, most: int = MOST) -> None:
        """Begin with nothing."""
        self._most, self._key, self._lock = most, secrets.token_bytes(32), Lock()
        self._minute, self._seen = "", Counter[str]()

    def together(self, place: str, now: datetime) -> str:
        """The mark of those that came together, where they are many; "" where they are not."""
        minute = f"{now:%Y-%m-%d %H:%M}"
        mark = hmac.new(self._key, f"{minute} {place}".encode(), sha256).hexdigest()[:32]
        with self._lock:
            if minute != self._minute:
                self._minute, self._seen = minute, Counter()
            self._seen[mark] += 1
            return mark if self._seen[mark] > self._most else ""


crowd = Crowd()
