"""What is still to happen in a played year, in the order of its time."""

import heapq
from collections.abc import Callable
from datetime import datetime
from itertools import count

Event = Callable[[], object]


class Agenda:
    """Events by their moment; those of one moment in the order in which they were put down."""

    def __init__(self) -> None:
        """Begin with nothing to do."""
        self._events: list[tuple[datetime, int, Event]] = []
        self._number = count()

    def put(self, moment: datetime, event: Event) -> None:
        """Put an event down for a moment (aware)."""
        heapq.heappush(self._events, (moment, next(self._number), event))

    def next(self, until: datetime) -> tuple[datetime, Event] | None:
        """Take the next event, if it comes before `until`; None when the rest lies after it."""
        if not self._events or self._events[0][0] >= until:
            return None
        moment, _, event = heapq.heappop(self._events)
        return moment, event
