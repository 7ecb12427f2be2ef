"""Assessed levels as steps over time, in whole units of a drawing: nothing is drawn that the table does not say."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

WIDTH, STEP, TOP = 600, 40, 10
"""How wide the drawing is, how far two levels stand apart, and how far the highest is from the top."""
DAY = timedelta(days=1)
"""A level stands in the drawing for a day at least: one that was judged just now is seen too."""


class Judged(NamedTuple):
    """A level from the moment it was judged; `fresh_until` is when it was owed again, None where it is not owed."""

    rank: int
    since: datetime
    fresh_until: datetime | None


class Stretch(NamedTuple):
    """A level for a time, as a line of the drawing; `stale` where it was out of date."""

    x: int
    width: int
    y: int
    stale: bool


class Rise(NamedTuple):
    """The upright between one level and the next."""

    x: int
    y: int
    height: int


def height(ranks: int) -> int:
    """How high the line of a rank stands from the top; `ranks` counts from the highest."""
    return TOP + STEP * ranks


def drawn(judged: Sequence[Judged], now: datetime, highest: int) -> tuple[list[Stretch], list[Rise]]:
    """The stretches and the uprights of a drawing from the first judgement until now; `judged` is in order of time."""
    if not judged:
        return [], []
    first, last = judged[0].since, max(now, judged[-1].since + DAY)
    span = last - first
    ends = [*(one.since for one in judged[1:]), last]
    stretches: list[Stretch] = []
    for one, end in zip(judged, ends, strict=True):
        turn = min(max(one.fresh_until, one.since), end) if one.fresh_until else end
        y = height(highest - one.rank)
        for start, stop, stale in ((one.since, turn, False), (turn, end, True)):
            if stop > start:
                x = _at(start - first, span)
                stretches.append(Stretch(x, max(1, _at(stop - first, span) - x), y, stale))
    tops = [height(highest - one.rank) for one in judged]
    rises = [
        Rise(_at(later.since - first, span), min(before, after), abs(after - before))
        for later, before, after in zip(judged[1:], tops[:-1], tops[1:], strict=True)
        if before != after
    ]
    return stretches, rises


def _at(passed: timedelta, span: timedelta) -> int:
    return int(passed * WIDTH // span)
