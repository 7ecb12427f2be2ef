"""Who was known to whom, for what, before which date: three counts beside one another, never added up.

An official list counts children whom an authority wrote down. Children who speak for themselves, people who report
without signing in, and lists of outreach projects stand beside it with their own definition, since a child can be on
one, on several, or on none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onrecord.access.queries import agencies, behind_wall
from onrecord.access.rules import Viewer, check_see_all_duties
from onrecord.intake.facts import ReportReceived
from onrecord.ledger.facts import mention_of
from onrecord.ledger.queries import envelopes
from onrecord.linkage.facts import ChildRegistered
from onrecord.linkage.queries import clusters

OUTREACH = frozenset({"youth_project", "voluntary"})
"""The sorts of agency whose lists are those of outreach."""
LISTS = {
    "official": ("Official lists", "an authority or another agency", "written on a list that it keeps"),
    "outreach": ("Outreach lists", "a youth project or a voluntary organisation", "written on a list that it keeps"),
    "self": ("Said by the child", "nobody but the child", "reported here by the child, in the child's own words"),
    "unnamed": ("Said by somebody who did not sign in", "whoever wrote here", "reported here without signing in"),
    "reported": ("Reported by somebody at work", "the agency that reported", "reported here as a worry"),
}


@dataclass(frozen=True)
class Counted:
    """One count: what it is called, how many children, and known to whom, for what, before which date."""

    name: str
    title: str
    children: int
    to_whom: str
    for_what: str
    before: datetime


def known_to_whom(viewer: Viewer, before: datetime) -> list[Counted]:
    """How many children were known before a moment, by each list. For those who watch over the record; Denied else."""
    check_see_all_duties(viewer)
    listed = _listed(before)
    everybody = {mention for found in listed.values() for mention in found}
    closed = behind_wall(viewer, everybody) if everybody else set()
    person = (
        {mention: frozenset(people) for mention, people in clusters(everybody - closed).items()} if everybody else {}
    )
    found = []
    for name, (title, to_whom, for_what) in LISTS.items():
        people = {person.get(one, frozenset({one})) for one in listed[name] if one not in closed}
        found.append(Counted(name, title, len(people), to_whom, for_what, before))
    return found


def _listed(before: datetime) -> dict[str, set[UUID]]:
    found: dict[str, set[UUID]] = {name: set() for name in LISTS}
    sorts = agencies()
    for row in envelopes([ReportReceived.kind, ChildRegistered.kind]):
        if row.recorded_at < before:
            found[_list_of(row.kind, row.coded, sorts.get(row.agency, ""))].add(mention_of(row.uid, "child"))
    return found


def _list_of(kind: str, coded: Mapping[str, object], sort: str) -> str:
    if kind == ChildRegistered.kind:
        return "outreach" if sort in OUTREACH else "official"
    return {"child": "self", "professional": "reported"}.get(str(coded.get("said_by")), "unnamed")
