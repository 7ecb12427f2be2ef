"""Named questions about what is owed."""

from onrecord.duties.queries.adopted import adopted, last_beat, law, rulebook_in_force
from onrecord.duties.queries.agency import (
    Asked,
    Load,
    agency_duties,
    agency_loads,
    loads,
    my_loads,
    team_duties,
    team_loads,
)
from onrecord.duties.queries.climbs import Told, climbed, climbs
from onrecord.duties.queries.counting import counts, waiting
from onrecord.duties.queries.lists import (
    DECISION,
    SIGNATURE,
    DutyView,
    came_to,
    duties_as_at,
    duty,
    mine,
    open_decisions,
    owed_about,
    owed_for,
    sealed_decisions,
    vacant_seats,
)
from onrecord.duties.queries.standing import Late, Standing, shown_late, standing, watched

__all__ = [
    "DECISION",
    "SIGNATURE",
    "Asked",
    "DutyView",
    "Late",
    "Load",
    "Standing",
    "Told",
    "adopted",
    "agency_duties",
    "agency_loads",
    "came_to",
    "climbed",
    "climbs",
    "counts",
    "duties_as_at",
    "duty",
    "last_beat",
    "law",
    "loads",
    "mine",
    "my_loads",
    "open_decisions",
    "owed_about",
    "owed_for",
    "rulebook_in_force",
    "sealed_decisions",
    "shown_late",
    "standing",
    "team_duties",
    "team_loads",
    "vacant_seats",
    "waiting",
    "watched",
]
