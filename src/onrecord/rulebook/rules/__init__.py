"""What follows from a rulebook: due times, values of a day, faults, differences. Time is an argument."""

from onrecord.rulebook.rules.clock import (
    BeyondCalendar,
    due_at,
    due_by,
    due_on,
    due_with_what_is_left,
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
from onrecord.rulebook.rules.reading import matches, sorts_there, took_part, value_on
from onrecord.rulebook.rules.spoken import spoken, spoken_ladder, spoken_many, spoken_match, spoken_seat, spoken_start

__all__ = [
    "BeyondCalendar",
    "differences",
    "due_at",
    "due_by",
    "due_on",
    "due_with_what_is_left",
    "end_of_day",
    "faults",
    "from_local",
    "is_working_day",
    "kind_faults",
    "local_day",
    "matches",
    "naming",
    "rung_at",
    "sorts_there",
    "spoken",
    "spoken_ladder",
    "spoken_many",
    "spoken_match",
    "spoken_seat",
    "spoken_start",
    "to_local",
    "took_part",
    "value_on",
]
