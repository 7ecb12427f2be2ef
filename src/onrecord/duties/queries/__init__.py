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
    late_count,
    mine,
    mine_count,
    open_decisions,
    owed_for,
    signatures_waiting,
    vacant_seats,
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
    "late_count",
    "law",
    "mine",
    "mine_count",
    "open_decisions",
    "owed_for",
    "rulebook_in_force",
    "signatures_waiting",
    "vacant_seats",
    "watched",
]
