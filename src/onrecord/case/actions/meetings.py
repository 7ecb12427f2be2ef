"""The verbs of meetings: list them, open one. Each is noted as a read before it is shown."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onrecord.access.actions import note_opened
from onrecord.access.rules import Denied, Viewer
from onrecord.case.queries.meetings import Meeting, Opened, listed, meeting, meetings, whole
from onrecord.case.queries.met import MetOpened, met_opened, one_met, to_check
from onrecord.case.rules import MEETS
from onrecord.duties.queries import DutyView, owed_for
from onrecord.intake.actions import note_near
from onrecord.ledger.queries import NoSuchEntry


@dataclass(frozen=True)
class MeetingPage:
    """A meeting, opened whole, and what is owed for each entry of it."""

    opened: Opened
    owed: dict[UUID, list[DutyView]]

    @property
    def names(self) -> dict[UUID, str]:
        """The names of the children whom the reader works with."""
        return self.opened.names

    @property
    def meeting(self) -> Meeting:
        """The meeting, not opened."""
        return self.opened.meeting


def check_meets(viewer: Viewer) -> None:
    """Raise Denied unless they are asked to meetings about children at all."""
    if not viewer.roles & MEETS:
        raise Denied("Only people who are asked to meetings about children can see this.")


def list_meetings(viewer: Viewer, now: datetime, before: int | None = None) -> tuple[list[Opened], int | None]:
    """The meetings somebody may know of, the latest first, and where older ones go on; noted as one read.

    Raises Denied.
    """
    check_meets(viewer)
    found, older = meetings(viewer, now, before)
    if found:
        note_opened(viewer, "meeting", tuple(one.root.id for one in found), now)
    return listed(found, now), older


def open_meeting(viewer: Viewer, uid: UUID, now: datetime) -> MeetingPage:
    """One meeting, noted as a read. Raises NoSuchEntry where there is none that they may know of."""
    found = meeting(viewer, uid, now)
    if found is None:
        raise NoSuchEntry(f"There is no meeting {uid}.")
    made = whole(found, now)
    note_near(viewer, "meeting", (found.root.id, *sorted(found.open_to)), now, called=made.called, held=())
    return MeetingPage(made, owed_for(made.right, now))


def list_to_check(viewer: Viewer, now: datetime) -> list[MetOpened]:
    """What another agency wrote down, at which theirs is said to have been and has not said so; noted as one read."""
    found = to_check(viewer, now)
    if found:
        note_opened(viewer, "meeting", tuple(one.line.id for one in found), now)
    return met_opened(found, now)


def open_met(viewer: Viewer, uid: UUID, now: datetime) -> MetOpened:
    """One of them, noted as a read. Raises NoSuchEntry where there is none that is theirs to check."""
    found = one_met(viewer, uid, now)
    if found is None:
        raise NoSuchEntry(f"There is no meeting {uid}.")
    made = met_opened([found], now)[0]
    note_near(viewer, "meeting", (uid, *sorted(found.open_to)), now, called=made.called, held=())
    return made
