"""Named questions about what is owed."""

from onrecord.duties.queries.adopted import adopted, last_beat, law, rulebook_in_force
from onrecord.duties.queries.climbs import Told, climbs
from onrecord.duties.queries.lists import (
    DECISION,
    SIGNATURE,
    DutyView,
    came_to,
    counts,
    duties_as_at,
    duty,
    late_by_rule,
    mine,
    open_decisions,
    owed_about,
    owed_for,
    sealed_decisions,
    vacant_seats,
    waiting,
    watched,
)

__all__ = [
    "DECISION",
    "SIGNATURE",
    "DutyView",
    "Told",
    "adopted",
    "came_to",
    "climbs",
    "counts",
    "duties_as_at",
    "duty",
    "last_beat",
    "late_by_rule",
    "law",
    "mine",
    "open_decisions",
    "owed_about",
    "owed_for",
    "rulebook_in_force",
    "sealed_decisions",
    "vacant_seats",
    "waiting",
    "watched",
]
