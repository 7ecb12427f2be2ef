"""Noting that somebody opens what is about a child, and how near they could be to the child: family or neighbour."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from onrecord.access.actions import note_opened
from onrecord.access.rules import Viewer
from onrecord.intake.queries import how_close
from onrecord.ledger.facts import Person


def note_near(
    viewer: Viewer,
    what: str,
    about: tuple[UUID, ...],
    now: datetime,
    reason: str | None = None,
    *,
    called: Iterable[Person],
    held: Collection[str] | None = None,
) -> None:
    """Note one read, to be called before it is shown.

    `called` is how the children are called, as said first and as put right. `held` is as for `how_close`: with none,
    only the name is compared.
    """
    note_opened(viewer, what, about, now, reason, close=how_close(viewer, called, held))
