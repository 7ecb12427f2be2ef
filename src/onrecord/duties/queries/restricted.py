"""Whose file is restricted, and stays closed to somebody. Everything that opens or names a child by a tie asks this."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from onrecord.access.queries import holders
from onrecord.access.queries.restricted import restricted
from onrecord.access.rules import Viewer
from onrecord.duties.models import Owed
from onrecord.duties.rules.fold import OPEN
from onrecord.linkage.queries import clusters


def kept_from(
    viewer: Viewer, mentions: Iterable[UUID], people: Mapping[UUID, frozenset[UUID]] | None = None
) -> set[UUID]:
    """Those of these mentions whose file is restricted, and neither names this person nor hides a duty of theirs.

    The file is that of everybody judged to be the same child: named for one mention is named for all. `people` gives
    them where they are known already.
    """
    wanted = set(mentions)
    if not wanted or not viewer.limits:
        return set()
    judged = people or clusters(wanted)
    every = {one for mention in wanted for one in judged.get(mention, {mention})} | wanted
    limits = restricted(every)
    closed = set[UUID]()
    for mention in wanted if limits else ():
        whole = judged.get(mention, frozenset({mention})) | {mention}
        on = [limits[one] for one in whole if one in limits]
        named = set[str]().union(*(one.users for one in on))
        if on and viewer.user not in named and not _owes(viewer, whole, named):
            closed.add(mention)
    return closed


def _owes(viewer: Viewer, mentions: Iterable[UUID], named: set[str]) -> bool:
    """Whether somebody owes these something now.

    That is its holder; of what nobody holds, those named to open the file who could owe it, and where there are none,
    everybody who could: what is owed is never hidden from all who owe it.
    """
    rows = Owed.objects.filter(mention__in=list(mentions), state=OPEN).values_list("role", "agency", "holder")
    for role, agency, holder in rows.distinct():
        if holder == viewer.user:
            return True
        if not holder and viewer.holds(role, agency) and not named.intersection(holders(role, agency)):
            return True
    return False
