"""Whoever writes waits for a turn beside SQLite's own lock, which is given to whoever happens to ask at the right time.

SQLite lets a writer who has to wait sleep, each time longer, up to a tenth of a second: under a crowd some wait for a
second while others pass them by. A turn is a lock on a file beside the database; a process that ends gives it back. It
only says who asks next: what keeps the record right is SQLite's lock, and whoever gets no turn goes on without one.
"""

import fcntl
import os
import time
from threading import local

from django.db.backends.sqlite3 import base

LOOK = 0.002
"""How many seconds pass between two looks whether it is one's turn: alike for all, so that nobody is passed by long."""
MOST = 20.0
"""How many seconds somebody waits for a turn, and then asks SQLite as if there were none."""
_here = local()


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, but that every outermost transaction waits for its turn, and gives it back when it ends."""

    _turn: int | None = None

    def set_autocommit(self, autocommit: bool, force_begin_transaction_with_broken_autocommit: bool = False) -> None:
        """Begin a transaction, or end one."""
        if not autocommit and self._turn is None and not self.is_in_memory_db():
            self._turn = _taken(f"{self.settings_dict['NAME']}-turn")
        try:
            super().set_autocommit(autocommit, force_begin_transaction_with_broken_autocommit)
        except BaseException:
            self._give_back()
            raise

    def commit(self) -> None:
        """End a transaction."""
        try:
            super().commit()
        finally:
            self._give_back()

    def rollback(self) -> None:
        """Take a transaction back."""
        try:
            super().rollback()
        finally:
            self._give_back()

    def close(self) -> None:
        """Close the connection, and with it whatever had not ended."""
        try:
            super().close()
        finally:
            self._give_back()

    def _give_back(self) -> None:
        held, self._turn = self._turn, None
        if held is not None:
            _here.held = _held() - 1
            os.close(held)


def _taken(path: str) -> int | None:
    """A turn, as the handle of its file; None where none could be had.

    Who has one for another database does not wait for this one: two who wait for one another would wait for long.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        return None
    until = time.monotonic() + (0 if _held() else MOST)
    while not _locked(handle):
        if time.monotonic() >= until:
            os.close(handle)
            return None
        time.sleep(LOOK)
    _here.held = _held() + 1
    return handle


def _held() -> int:
    """How many turns this thread has, each for another database."""
    return max(0, getattr(_here, "held", 0))


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
