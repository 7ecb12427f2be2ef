"""Two mentions that may be one child, opened for somebody to judge: one read, noted before it is shown."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from onrecord.access.actions import note_opened
from onrecord.access.rules import Viewer, check_decide
from onrecord.intake.facts import by_reason_only
from onrecord.intake.queries import hidden
from onrecord.ledger.queries import lines
from onrecord.linkage.queries import Lessons, Pair, all_said, doubtful, lessons


def open_pairs(viewer: Viewer, now: datetime) -> list[Pair]:
    """What nobody has judged yet, the most useful first. For the deciding front door; Denied for anybody else."""
    check_decide(viewer)
    return doubtful(lambda uids: _left_out(viewer, uids), now)


def open_pair(viewer: Viewer, pair: Pair, now: datetime) -> None:
    """Note that two mentions are held side by side."""
    note_opened(viewer, "pair", (pair.one.entry, pair.other.entry), now)


def open_all(viewer: Viewer, now: datetime) -> Iterator[tuple[str | None, ...]]:
    """Every mention that they may know of, as a list to be linked; one read, noted first. Denied for anybody else."""
    check_decide(viewer)
    note_opened(viewer, "linking", (), now)
    return all_said(lambda uids: _left_out(viewer, uids), now)


def open_judged(viewer: Viewer, now: datetime) -> Lessons:
    """What people judged, opened to be learnt from; one read, noted first. Denied for anybody but the front door."""
    check_decide(viewer)
    note_opened(viewer, "linking", (), now)
    return lessons(lambda uids: _left_out(viewer, uids), now)


def _left_out(viewer: Viewer, uids: Iterable[UUID]) -> set[UUID]:
    """What is behind a wall for them, and what a child wrote themselves: that is looked up one by one, by reason."""
    wanted = list(uids)
    return hidden(viewer, wanted) | {line.id for line in lines(wanted) if by_reason_only(line.coded)}
