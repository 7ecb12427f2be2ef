"""Meetings as a calendar reads them: a reference, the sort of meeting, the day and a link; no name and no place."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from icalendar import Calendar, Event

MAKER = "-//OnRecord//Meetings//EN"


class Appointment(NamedTuple):
    """A meeting in a calendar: its id, its sort in words, its day or time, where it is read."""

    id: UUID
    sort: str
    at: date | datetime
    link: str


def calendar_of(appointments: Iterable[Appointment], made_at: datetime) -> bytes:
    """An iCalendar file (RFC 5545)."""
    made = Calendar()
    made.add("prodid", MAKER)
    made.add("version", "2.0")
    made.add("x-wr-calname", "Meetings on record")
    for one in appointments:
        made.add_component(_event(one, made_at))
    return bytes(made.to_ical())


def _event(one: Appointment, made_at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{one.id}@onrecord")
    event.add("dtstamp", made_at)
    event.add("dtstart", one.at)
    event.add("dtend", one.at + (timedelta(hours=1) if isinstance(one.at, datetime) else timedelta(days=1)))
    event.add("summary", f"{one.sort}, reference {str(one.id)[:8]}")
    event.add("url", one.link)
    event.add("class", "CONFIDENTIAL")
    return event
