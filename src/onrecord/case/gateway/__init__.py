"""Calendars and paper: what of a child's work leaves the screen."""

from onrecord.case.gateway.calendar import Appointment, calendar_of
from onrecord.case.gateway.paper import paper

__all__ = ["Appointment", "calendar_of", "paper"]
