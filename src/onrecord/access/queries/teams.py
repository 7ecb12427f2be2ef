"""Named questions about teams: who is in one, and with whom it works."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef

from onrecord.access.models import Membership, Relation
from onrecord.access.rules import Viewer

if TYPE_CHECKING:
    from django.db.models import QuerySet


class Team(NamedTuple):
    """A team: its agency and its short name."""

    agency: str
    name: str

    @property
    def spoken(self) -> str:
        """The name as people say it: “Exploitation team”."""
        return self.name.replace("-", " ").capitalize()


Mate = tuple[Team, str, str]
"""Somebody in a team: the team, the sign-in name, and works or leads."""


def teammates(viewer: Viewer) -> list[Mate]:
    """Everybody in the teams in which somebody is, as `members` says them; nobody for whoever is in none."""
    own = Membership.objects.filter(user=viewer.user, ended_seq=None, agency=OuterRef("agency"), team=OuterRef("team"))
    rows = Membership.objects.filter(Exists(own), ended_seq=None).order_by("agency", "team", "part", "user")
    found = rows.values_list("agency", "team", "user", "part")
    return [(Team(agency, name), user, part) for agency, name, user, part in found]


def members(teams: Iterable[Team]) -> list[Mate]:
    """Everybody in these teams, who leads first."""
    wanted = set(teams)
    rows = Membership.objects.filter(agency__in={team.agency for team in wanted}, ended_seq=None)
    found = rows.order_by("agency", "team", "part", "user").values_list("agency", "team", "user", "part")
    return [(team, user, part) for agency, name, user, part in found if (team := Team(agency, name)) in wanted]


def all_teams(agencies: Iterable[str]) -> list[Mate]:
    """Everybody in a team of these agencies, in the same way."""
    rows = Membership.objects.filter(agency__in=list(agencies), ended_seq=None)
    return members({Team(*row) for row in rows.values_list("agency", "team")})


def worked_with_by(team: Team) -> "QuerySet[Relation, UUID]":
    """Everybody with whom a team works; to stand inside another question."""
    return Relation.objects.filter(agency=team.agency, team=team.name).values_list("subject", flat=True)
