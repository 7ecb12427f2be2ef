"""The one place where the time is read.

A demo or a scenario may play a clock, under an origin that says "demo" and for ever shows in every checkpoint. A real
origin refuses one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

from onrecord.ledger.gateway.home import origin

_played: ContextVar[datetime | None] = ContextVar("played_clock", default=None)


class ClockRefused(PermissionError):
    """A clock may be played only in a demonstration."""


def now() -> datetime:
    """The time in UTC: the machine's, or the played one inside `playing`."""
    return _played.get() or datetime.now(UTC)


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


def is_demo() -> bool:
    """Whether this record says of itself that it is a demonstration."""
    return origin().startswith("demo.")
