"""Named questions about what is owed."""

from onrecord.duties.queries.adopted import adopted, last_beat, rulebook_in_force
from onrecord.duties.queries.lists import DutyView, counts, duties_as_at, duty, mine, owed_for, watched

__all__ = [
    "DutyView",
    "adopted",
    "counts",
    "duties_as_at",
    "duty",
    "last_beat",
    "mine",
    "owed_for",
    "rulebook_in_force",
    "watched",
]
