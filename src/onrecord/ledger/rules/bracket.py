"""Between which times an entry was recorded, by clocks that are not ours.

A witness signs a size and a time. Whatever stands beyond that size was recorded later, and whatever stands within it
was recorded earlier. So an entry that is dated back, or by a clock set wrong, falls out of its bracket.
"""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

ALLOWED = timedelta(minutes=5)
"""How far a witness's clock and ours may lie apart before it counts as a fault."""
FIRST, LAST = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)


class Brackets:
    """What cosignatures say of the times of entries."""

    def __init__(self, signed: Iterable[tuple[int, datetime]]) -> None:
        """Take the size and the time of each cosignature that holds."""
        rows = sorted(signed)
        self._sizes = [size for size, _ in rows]
        self._after, self._before = [FIRST], [LAST]
        for _, at in rows:
            self._after.append(max(self._after[-1], at))
        for _, at in reversed(rows):
            self._before.append(min(self._before[-1], at))
        self._before.reverse()

    def around(self, seq: int) -> tuple[datetime, datetime]:
        """The last time signed before entry `seq` was there, and the first signed when it was."""
        place = bisect_right(self._sizes, seq)
        return self._after[place], self._before[place]

    def fault(self, seq: int, recorded_at: datetime) -> str:
        """What contradicts an entry's time; "" where nothing does."""
        after, before = self.around(seq)
        if recorded_at - after < -ALLOWED:
            return f"is dated {_at(recorded_at)}; it was not there yet when a witness signed at {_at(after)}"
        if recorded_at - before > ALLOWED:
            return f"is dated {_at(recorded_at)}; a witness had signed it at {_at(before)} already"
        return ""


def _at(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"
