"""Named questions about restricted files: who is named to open one."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import OuterRef, Subquery, TextField, UUIDField, Value

from onrecord.access.models import Membership, Restriction
from onrecord.access.queries.people import Together, apart
from onrecord.access.queries.who import tied, tied_to
from onrecord.access.rules import Viewer

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass
class Openers:
    """Who is named to open a restricted file, and by which entries it is restricted."""

    users: set[str] = field(default_factory=set)
    sources: set[UUID] = field(default_factory=set)


def restricted(mentions: Iterable[UUID]) -> dict[UUID, Openers]:
    """Those of these mentions whose file is restricted, each with everybody named, by name or by their team."""
    return _openers(_restrictions(mentions))


def tied_and_restricted(viewer: Viewer, mentions: Iterable[UUID]) -> tuple[set[UUID], dict[UUID, Openers]]:
    """With whom of these somebody works (`tied`), and whose file is restricted: asked at once, where any may be."""
    wanted = set(mentions)
    if not viewer.limits:
        return tied(viewer, wanted), {}
    nobody: dict[str, Any] = {"entry": Value(None, UUIDField()), "one": Value(""), "named": Value(None, TextField())}
    works = tied_to(viewer).filter(subject__in=wanted).annotate(**nobody).values_list("subject", *nobody)
    rows = list(_restrictions(wanted).union(works))
    return {row[0] for row in rows if row[1] is None}, _openers(row for row in rows if row[1] is not None)


def _restrictions(mentions: Iterable[UUID]) -> "QuerySet[Restriction, tuple[Any, ...]]":
    """Each restriction of these mentions: whom, by which entry, who is named, and who is named by their team."""
    inside = Membership.objects.filter(agency=OuterRef("agency"), team=OuterRef("team"), ended_seq=None).order_by()
    named = Subquery(inside.values("agency").annotate(all=Together("user")).values("all"))
    rows: Any = Restriction.objects.filter(subject__in=set(mentions)).annotate(named=named)
    found: QuerySet[Restriction, tuple[Any, ...]] = rows.values_list("subject", "source", "user", "named")
    return found


def _openers(rows: Iterable[tuple[Any, ...]]) -> dict[UUID, Openers]:
    found: dict[UUID, Openers] = {}
    for subject, source, user, team in rows:
        one = found.setdefault(subject, Openers())
        one.sources.add(source)
        one.users |= apart(team) | ({user} - {""})
    return found


def restrictions_on(mentions: Iterable[UUID]) -> list[UUID]:
    """The entries by which the file of any of these is restricted now."""
    rows = Restriction.objects.filter(subject__in=set(mentions)).order_by("id")
    return list(dict.fromkeys(rows.values_list("source", flat=True)))
