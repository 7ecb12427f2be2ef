"""Named questions about a child's file, about finding a child, and about who read what."""

from onrecord.case.queries.contact import Contact
from onrecord.case.queries.file import PAGE, Asked, ChildFile, Found, answering, read, what_there_is, where
from onrecord.case.queries.links import LetIn, Links, links_that_let_in
from onrecord.case.queries.opening import broke_glass, may_open, may_open_any, open_to, visible
from onrecord.case.queries.reads import Read, Reads, Wanted, files_called, months, readers, reads, unfollowed
from onrecord.case.queries.search import Looked, Match, look, matches

__all__ = [
    "PAGE",
    "Asked",
    "ChildFile",
    "Contact",
    "Found",
    "LetIn",
    "Links",
    "Looked",
    "Match",
    "Read",
    "Reads",
    "Wanted",
    "answering",
    "broke_glass",
    "files_called",
    "links_that_let_in",
    "look",
    "matches",
    "may_open",
    "may_open_any",
    "months",
    "open_to",
    "read",
    "readers",
    "reads",
    "unfollowed",
    "visible",
    "what_there_is",
    "where",
]
