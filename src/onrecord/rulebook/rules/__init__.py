"""What follows from a rulebook: due times, values of a day, faults, differences. Time is an argument."""

from onrecord.rulebook.rules.clock import (
    BeyondCalendar,
    due_at,
    due_by,
    due_on,
    end_of_day,
    from_local,
    is_working_day,
    local_day,
    rung_at,
    to_local,
)
from onrecord.rulebook.rules.differences import differences
from onrecord.rulebook.rules.faults import faults
from onrecord.rulebook.rules.kinds import kind_faults, naming
from onrecord.rulebook.rules.reading import matches, told_by, value_on
from onrecord.rulebook.rules.spoken import spoken, spoken_ladder, spoken_many, spoken_match, spoken_seat

__all__ = [
    "BeyondCalendar",
    "differences",
    "due_at",
    "due_by",
    "due_on",
    "end_of_day",
    "faults",
    "from_local",
    "is_working_day",
    "kind_faults",
    "local_day",
    "matches",
    "naming",
    "rung_at",
    "spoken",
    "spoken_ladder",
    "spoken_many",
    "spoken_match",
    "spoken_seat",
    "to_local",
    "told_by",
    "value_on",
]
