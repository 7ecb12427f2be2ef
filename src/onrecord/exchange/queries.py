"""Named questions an import asks: which agency returns a census, and which of its children are on the register."""

from collections.abc import Iterable
from uuid import UUID

from onrecord.access.facts import AgencyJoined
from onrecord.access.queries import agency_of
from onrecord.intake.queries import referred
from onrecord.ledger.facts import Entry, mention_of
from onrecord.ledger.queries import entries, envelopes
from onrecord.linkage.facts import ChildRegistered
from onrecord.linkage.queries import clusters, named_by

RETURNS_A_CENSUS = "childrens_social_care"


class NoSuchAgency(LookupError):
    """Nobody here returns a census: no children's social care takes part."""


def returning_agency() -> tuple[str, str]:
    """The id and the name of the agency that returns the census. NoSuchAgency if none takes part."""
    agency = agency_of(RETURNS_A_CENSUS)
    if agency is None:
        raise NoSuchAgency("No children's social care takes part in this record yet, and only it returns a census.")
    joined = [row.uid for row in envelopes([AgencyJoined.kind]) if row.coded["agency"] == agency]
    fact = entries(joined)[0].saying.fact
    return agency, fact.name if isinstance(fact, AgencyJoined) else agency


def recorded(uids: Iterable[UUID]) -> dict[UUID, Entry]:
    """Those of these entries that are on record, by id."""
    return {entry.id: entry for entry in entries(uids)}


def on_register(mark: str) -> set[str]:
    """The child IDs that earlier lists of one authority returned. `mark` is how a list names that authority."""
    rows = envelopes([ChildRegistered.kind])
    facts = (entry.saying.fact for entry in entries(row.uid for row in rows if row.coded["source"].endswith(mark)))
    return {str(fact.child.local_id).upper() for fact in facts if isinstance(fact, ChildRegistered)}


def mentions_meant(child: str, report: str) -> list[UUID]:
    """The mentions a line of a file means: of a child by the local authority's ID, or of a report by its reference."""
    if report:
        return [mention_of(uid, "child") for uid in referred(report)]
    known = named_by("local_id", child)
    return list({mention for person in clusters(known).values() for mention in person})
