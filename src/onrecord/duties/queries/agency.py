"""What an agency owes, for those who lead it; and how much each rule asks of somebody now."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Q, Subquery

from onrecord.access.queries import Mate, worked_with_by
from onrecord.access.rules import CASE_ROLES, Denied, Viewer, check_lead, led_by
from onrecord.duties.models import Adoption, Owed
from onrecord.duties.queries.lists import DutyView, held_by, seats_of, shown
from onrecord.duties.queries.walls import seen_by
from onrecord.duties.rules.fold import OPEN

WORKING = frozenset({"practitioner", "panel_chair"})
"""Roles that neither decide about reports nor lead those who do."""
Member = tuple[str, str, str, str]
"""Sign-in name, name, role, agency."""


class Asked(NamedTuple):
    """What a list is narrowed to: one person, one rule, what is late."""

    person: str = ""
    rule: str = ""
    late: bool = False


class Load(NamedTuple):
    """How many duties of a rule are open, how many of these are late, and how many somebody cannot do in time.

    `force` is the digest of the edition in force, by which the rule is called.
    """

    rule: str
    open: int
    late: int
    raised: int
    force: str


def loads(viewer: Viewer, members: Iterable[Member], person: str, now: datetime) -> list[Load]:
    """What the agencies that somebody leads owe, or one person there, rule by rule."""
    return _loads(_of_agency(viewer, members, Asked(person), now), now)


def agency_duties(
    viewer: Viewer, members: Iterable[Member], asked: Asked, now: datetime, start: int, most: int
) -> list[DutyView]:
    """Part of that list, the longest late first."""
    rows = Owed.objects.filter(_of_agency(viewer, members, asked, now)).order_by("due_at", "key")
    return shown(rows[start : start + most], now)


def team_loads(viewer: Viewer, mates: Iterable[Mate], person: str, now: datetime) -> list[Load]:
    """What the teams owe in which somebody is, or one person there, rule by rule. Raises Denied."""
    return _loads(_of_teams(viewer, mates, Asked(person), now), now)


def team_duties(
    viewer: Viewer, mates: Iterable[Mate], asked: Asked, now: datetime, start: int, most: int
) -> list[DutyView]:
    """Part of that list, the longest late first. Raises Denied."""
    rows = Owed.objects.filter(_of_teams(viewer, mates, asked, now)).order_by("due_at", "key")
    return shown(rows[start : start + most], now)


def my_loads(viewer: Viewer, now: datetime) -> dict[str, Load]:
    """What somebody owes, or covers for those who are away, by rule."""
    return {load.rule: load for load in _loads(held_by(viewer, now), now)}


def agency_loads(viewer: Viewer, now: datetime) -> dict[str, Load]:
    """What the agencies that somebody leads owe, by rule; nothing for those who lead none."""
    agencies = led_by(viewer)
    return {load.rule: load for load in _loads(_owed_in(viewer, agencies), now)} if agencies else {}


def _of_teams(viewer: Viewer, mates: Iterable[Mate], asked: Asked, now: datetime) -> Q:
    """What somebody in these teams took over, and what their agencies owe to the children with whom they work.

    What is owed by a role that decides or leads is listed only for those who hold it: whoever reported something does
    not learn here that it is missing there.
    """
    ours = list(mates)
    if viewer.user not in {user for _, user, _ in ours}:
        raise Denied("Only somebody in a team sees what it owes.")
    which = Q(pk__in=[])
    for team in {team for team, _, _ in ours}:
        there = sorted(user for of, user, _ in ours if of == team)
        theirs = Q(holder="", mention__in=worked_with_by(team), role__in=WORKING | (CASE_ROLES & viewer.roles))
        which |= Q(agency=team.agency) & (Q(holder__in=there) | theirs)
    which &= seen_by(viewer) & Q(state=OPEN)
    if asked.person:
        which &= Q(holder=asked.person)
    if asked.rule:
        which &= Q(rule=asked.rule)
    return which & Q(due_at__lte=now) if asked.late else which


def _of_agency(viewer: Viewer, members: Iterable[Member], asked: Asked, now: datetime) -> Q:
    check_lead(viewer)
    which = _owed_in(viewer, led_by(viewer))
    if asked.person:
        held = [(role, agency) for user, _, role, agency in members if user == asked.person]
        which &= Q(holder=asked.person) | (seats_of(held) & Q(holder=""))
    if asked.rule:
        which &= Q(rule=asked.rule)
    return which & Q(due_at__lte=now) if asked.late else which


def _owed_in(viewer: Viewer, agencies: Iterable[str]) -> Q:
    return seen_by(viewer) & Q(state=OPEN, agency__in=sorted(agencies))


def _loads(which: Q, now: datetime) -> list[Load]:
    adopted = Adoption.objects.filter(effective_at__lte=now).order_by("-effective_at", "-seq")
    found: Sequence[tuple[str, int, int, int, str]] = list(
        Owed.objects.filter(which)
        .values("rule")
        .annotate(
            open=Count("key"), late=Count("key", filter=Q(due_at__lte=now)), raised=Count("key", filter=~Q(raised=""))
        )
        .annotate(force=Subquery(adopted.values("digest")[:1]))
        .order_by("rule")
        .values_list("rule", "open", "late", "raised", "force")
    )
    return [Load(*row) for row in found]
