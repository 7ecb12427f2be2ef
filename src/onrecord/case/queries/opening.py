"""Whose file somebody may open, and what of it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from onrecord.access.facts import GlassBroken, GlassReviewed
from onrecord.access.queries import behind_wall, tied
from onrecord.access.queries.restricted import tied_and_restricted
from onrecord.access.rules import Viewer, can_work_cases
from onrecord.case.rules import GLASS_LASTS
from onrecord.duties.queries.restricted import kept_from
from onrecord.duties.queries.walls import parted
from onrecord.ledger.rules.effect import Line
from onrecord.linkage.queries import clusters

NOT_PROPER = "not_proper"


def may_open(viewer: Viewer, mention: UUID) -> bool:
    """Whether somebody works with children, and an agency of theirs with this child."""
    return mention in open_to(viewer, [mention])


def may_open_any(viewer: Viewer, mentions: Iterable[UUID]) -> bool:
    """The same, where it is known already who was judged to be one child."""
    people = frozenset(mentions)
    if not can_work_cases(viewer):
        return False
    works, limits = tied_and_restricted(viewer, people)
    return bool(works) and not kept_from(viewer, people, dict.fromkeys(people, people), limits)


def open_to(viewer: Viewer, mentions: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Those of these mentions whose file somebody may open, each with everybody judged to be the same child.

    Nobody behind a wall is among the others: what was judged there opens no file.
    """
    return open_and_kept(viewer, mentions)[0]


def open_and_kept(viewer: Viewer, mentions: Iterable[UUID]) -> tuple[dict[UUID, frozenset[UUID]], set[UUID]]:
    """The same, and those that only a restriction keeps from them: their agency works with the child."""
    judged = clusters(mentions)
    several = {one for person in judged.values() if len(person) > 1 for one in person}
    closed = behind_wall(viewer, several) if several else set()
    people = {one: frozenset({one}) if one in closed else person - closed for one, person in judged.items()}
    ours = tied(viewer, {one for person in people.values() for one in person}) if can_work_cases(viewer) else set()
    found = {mention: person for mention, person in people.items() if person & ours}
    kept = kept_from(viewer, found, judged)
    return {mention: person for mention, person in found.items() if mention not in kept}, kept


def broke_glass(viewer: Viewer, lines: Iterable[Line], now: datetime) -> bool:
    """Whether somebody gave a reason for opening this file less than a day ago that nobody found not proper."""
    known = list(lines)
    refused = {
        target
        for line in known
        if line.kind == GlassReviewed.kind and line.coded.get("finding") == NOT_PROPER
        for target in line.regarding
    }
    return any(
        line.kind == GlassBroken.kind and line.by == viewer.user and now - line.recorded_at < GLASS_LASTS
        for line in known
        if line.id not in refused
    )


def visible(viewer: Viewer, lines: Sequence[Line]) -> list[Line]:
    """What of this somebody may see, without what is sealed. `lines` are whole threads, in ledger order."""
    return parted(viewer, lines)[0]
