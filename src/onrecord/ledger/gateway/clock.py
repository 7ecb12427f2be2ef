"""The one place where the time is read.

A demonstration or a scenario may play a clock, under an origin that says "demo" and for ever shows in every checkpoint.
A real origin refuses one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from onrecord.ledger.gateway.home import home, origin, read_json, write_whole

_played: ContextVar[datetime | None] = ContextVar("played_clock", default=None)


class ClockRefused(PermissionError):
    """A clock may be played only in a demonstration, and only forwards."""


def now() -> datetime:
    """The time in UTC: the machine's, moved on as far as a demonstration asked, or the one inside `playing`."""
    return _played.get() or datetime.now(UTC) + _moved()


@contextmanager
def playing(moment: datetime) -> Iterator[None]:
    """Inside, it is `moment` (aware). ClockRefused unless the record's origin is a demonstration's."""
    if not is_demo():
        raise ClockRefused(f"{origin()} is a real record: its clock cannot be played.")
    token = _played.set(moment)
    try:
        yield
    finally:
        _played.reset(token)


def move_on(by: timedelta) -> None:
    """Move a demonstration's clock forwards, for every process of it and for good. ClockRefused for a real record."""
    if not is_demo():
        raise ClockRefused(f"{origin()} is a real record: its clock cannot be moved.")
    if by < timedelta(0):
        raise ClockRefused("Time only goes forwards here.")
    write_whole(_path(), {"moved_seconds": int((_moved() + by).total_seconds())})


def is_demo() -> bool:
    """Whether this record says of itself that it is a demonstration."""
    return origin().startswith("demo.")


def _path() -> Path:
    return home() / "demo-clock.json"


def _moved() -> timedelta:
    """How far the clock of a demonstration was moved. The file means nothing beside a real record."""
    try:
        changed = _path().stat().st_mtime_ns
    except FileNotFoundError:
        return timedelta(0)
    return _read(_path(), changed) if is_demo() else timedelta(0)


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> timedelta:
    found = read_json(path) or {"moved_seconds": 0}
    return timedelta(seconds=int(found["moved_seconds"]))
