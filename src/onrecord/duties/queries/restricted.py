"""Whose file is restricted, and stays closed to somebody. Everything that opens or names a child by a tie asks this."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from onrecord.access.queries import apart, sitting
from onrecord.access.queries.restricted import Openers, restricted
from onrecord.access.rules import Viewer
from onrecord.duties.models import Owed
from onrecord.duties.rules.fold import OPEN
from onrecord.linkage.queries import clusters


def kept_from(
    viewer: Viewer,
    mentions: Iterable[UUID],
    people: Mapping[UUID, frozenset[UUID]] | None = None,
    limits: Mapping[UUID, Openers] | None = None,
) -> set[UUID]:
    """Those of these mentions whose file is restricted, and neither names this person nor hides a duty of theirs.

    The file is that of everybody judged to be the same child: named for one mention is named for all. `people` gives
    them where they are known already, `limits` whose of them is restricted.
    """
    wanted = set(mentions)
    if not wanted or not viewer.limits:
        return set()
    judged = people or clusters(wanted)
    every = {one for mention in wanted for one in judged.get(mention, {mention})} | wanted
    limits = restricted(every) if limits is None else limits
    shut = dict[UUID, Shut]()
    for mention in wanted if limits else ():
        whole = judged.get(mention, frozenset({mention})) | {mention}
        on = [limits[one] for one in whole if one in limits]
        named = frozenset[str]().union(*(one.users for one in on))
        if on and viewer.user not in named:
            shut[mention] = Shut(whole, named)
    return set(shut) - _owed_by(viewer, shut) if shut else set()


class Shut(NamedTuple):
    """A restricted file that does not name somebody: everybody judged to be this child, and whom it names."""

    whole: frozenset[UUID]
    named: frozenset[str]


def _owed_by(viewer: Viewer, shut: Mapping[UUID, Shut]) -> set[UUID]:
    """Those of these to whom somebody owes something now. Everything is looked up at once.

    That is its holder; of what nobody holds, those named to open the file who could owe it, and where there are none,
    everybody who could: what is owed is never hidden from all who owe it.
    """
    every = {one for each in shut.values() for one in each.whole}
    seats = Q(holder=viewer.user) & ~Q(holder="")
    for held in viewer.holdings:
        seats |= Q(holder="", role=held.role, agency=held.agency)
    sits = sitting(user for each in shut.values() for user in each.named)
    rows = Owed.objects.filter(seats, mention__in=every, state=OPEN).annotate(sits=sits)
    owed: dict[UUID | None, set[tuple[str, frozenset[str]]]] = {}
    for mention, holder, there in rows.values_list("mention", "holder", "sits").distinct():
        owed.setdefault(mention, set()).add((holder, apart(there)))

    def theirs(seat: tuple[str, frozenset[str]], named: frozenset[str]) -> bool:
        holder, there = seat
        return bool(holder) or not named & there

    return {
        mention
        for mention, each in shut.items()
        if any(theirs(seat, each.named) for one in each.whole for seat in owed.get(one, ()))
    }
