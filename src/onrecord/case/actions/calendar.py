"""The verbs of a calendar: make its address, take it back, read the meetings by it. Each reading is noted first."""

import secrets
from collections.abc import Callable
from datetime import date, datetime, time
from uuid import UUID

from django.utils.timezone import get_default_timezone

from onrecord.access.actions import note_opened
from onrecord.access.rules import Viewer
from onrecord.case.actions.meetings import check_meets
from onrecord.case.facts.meeting import MEETINGS
from onrecord.case.gateway import Appointment, calendar_of
from onrecord.case.models import CalendarKey
from onrecord.case.queries.calendar import digest_of, viewer_by_calendar
from onrecord.case.queries.meetings import Opened, listed, meetings
from onrecord.ledger.rules.moment import read_clock

BY_CALENDAR = "By a calendar"


def make_calendar(viewer: Viewer, now: datetime) -> str:
    """A new address for somebody's calendar, shown once and not kept. The one before it ends. Raises Denied."""
    check_meets(viewer)
    secret = secrets.token_urlsafe(32)
    CalendarKey.objects.update_or_create(user=viewer.user, defaults={"digest": digest_of(secret), "made_at": now})
    return secret


def end_calendar(viewer: Viewer) -> None:
    """Take the address back: what reads by it is answered as if there were none."""
    CalendarKey.objects.filter(user=viewer.user).delete()


def read_calendar(secret: str, link: Callable[[UUID], str], now: datetime) -> bytes | None:
    """The meetings to come of the person whose address this is, noted as a read; None for an address of nobody."""
    viewer = viewer_by_calendar(secret)
    if viewer is None:
        return None
    found = [one for one in meetings(viewer, now)[0] if one.called and one.to_come]
    if found:
        note_opened(viewer, "meeting", tuple(one.root.id for one in found), now, BY_CALENDAR)
    return calendar_of((_appointment(one, link) for one in listed(found, now)), now)


def _appointment(one: Opened, link: Callable[[UUID], str]) -> Appointment:
    made = one.meeting
    return Appointment(made.root.id, MEETINGS.words[made.sort], _at(one, made.day), link(made.root.id))


def _at(one: Opened, day: date) -> date | datetime:
    """The time as it was called for; the day alone where no time of the clock was said, or it was put off since."""
    said = getattr(one.right[one.meeting.root.id].entry.saying.fact, "at_time", None)
    clock: time | None = read_clock(said) if said and not one.meeting.put_off else None
    return datetime.combine(day, clock, get_default_timezone()) if clock else day
