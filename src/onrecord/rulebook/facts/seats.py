"""Who owes, and who is told: seats are roles of agencies, never people."""

from onrecord.rulebook.facts.said import Code, Said
from onrecord.rulebook.facts.values import Term

OUTSIDE = "outside"
OUTSIDE_ROLES = frozenset({"scrutineer", "inspectorate"})
"""Roles that nobody inside can give, take or silence."""
ROLES = OUTSIDE_ROLES | {
    "administrator",
    "analyst",
    "business_manager",
    "designated_officer",
    "director",
    "front_door",
    "head_of_service",
    "licensing_officer",
    "panel_chair",
    "peer_reader",
    "practitioner",
    "second_signer",
    "team_manager",
}
AGENCY_SORTS = frozenset(
    {
        "care_home",
        "childrens_social_care",
        "council",
        "health",
        "licensing",
        OUTSIDE,
        "partnership",
        "police",
        "probation",
        "public",
        "school",
        "voluntary",
        "youth_project",
    }
)
RECORDING = "recording"
"""The agency that recorded the opening fact."""
NAMED = "named"
"""An agency of the sort that the opening fact names, or the very agency, by its id."""
OWING = "owing"
"""In a ladder: the agency that owes."""


class Seat(Said):
    """A role of an agency: of a sort, of the agency `recording`, of the agency `owing`, or `outside`.

    `of: named` is of the sort that stands in the field `named_in` of the opening fact, or the agency whose id does.
    """

    role: Code
    of: Code
    named_in: Code | None = None


class Rung(Said):
    """One step of a ladder: who is told, how long after the duty fell due."""

    after: Term
    to: Seat
