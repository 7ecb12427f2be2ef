"""Named questions about restricted files: who is named to open one."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from onrecord.access.models import Membership, Restriction


@dataclass
class Openers:
    """Who is named to open a restricted file, and by which entries it is restricted."""

    users: set[str] = field(default_factory=set)
    sources: set[UUID] = field(default_factory=set)


def restricted(mentions: Iterable[UUID]) -> dict[UUID, Openers]:
    """Those of these mentions whose file is restricted, each with everybody named, by name or by their team."""
    rows = list(Restriction.objects.filter(subject__in=set(mentions)).order_by("id"))
    teams = {(row.agency, row.team) for row in rows if row.team}
    inside = Membership.objects.filter(team__in={team for _, team in teams}, ended_seq=None) if teams else ()
    belong = [(one.agency, one.team, one.user) for one in inside]
    found: dict[UUID, Openers] = {}
    for row in rows:
        one = found.setdefault(row.subject, Openers())
        one.sources.add(row.source)
        one.users |= {user for agency, team, user in belong if row.team and (agency, team) == (row.agency, row.team)}
        one.users |= {row.user} - {""}
    return found


def restrictions_on(mentions: Iterable[UUID]) -> list[UUID]:
    """The entries by which the file of any of these is restricted now."""
    rows = Restriction.objects.filter(subject__in=set(mentions)).order_by("id")
    return list(dict.fromkeys(rows.values_list("source", flat=True)))
