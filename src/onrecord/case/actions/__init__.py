"""The verbs of the work with a child."""

from onrecord.case.actions.file import (
    ADDS_NOTHING,
    IdTaken,
    NotTheirs,
    break_the_glass,
    list_links,
    list_reads,
    list_unfollowed,
    open_file,
    open_whereabouts,
    search,
)
from onrecord.case.actions.meetings import MeetingPage, list_meetings, open_meeting
from onrecord.case.actions.trusted import end_service, open_trusted

__all__ = [
    "ADDS_NOTHING",
    "IdTaken",
    "MeetingPage",
    "NotTheirs",
    "break_the_glass",
    "end_service",
    "list_links",
    "list_meetings",
    "list_reads",
    "list_unfollowed",
    "open_file",
    "open_meeting",
    "open_trusted",
    "open_whereabouts",
    "search",
]
