"""The log of who read what, for erasing: the words in which somebody looked for a child or opened their file."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from onrecord.access.facts import RecordOpened
from onrecord.access.queries import behind_wall
from onrecord.access.rules import Viewer
from onrecord.ledger.facts import Entry, Person
from onrecord.ledger.facts.erasure import READS
from onrecord.ledger.queries import between, entries, erasures, makers, size
from onrecord.linkage.queries import cluster

LOOKED_THROUGH = 5000
"""How many reads are looked through for one page, at most; the next page goes on from there."""
WORDS = ("sought", "reason")
"""What of a read is in somebody's words."""


class ReadsOf(NamedTuple):
    """Reads of a child whose words could go, the newest first.

    `older` is the number from which to go on, None where all was looked through, and `looked_to` the time of the last
    one looked at.
    """

    found: list[Entry]
    older: int | None
    looked_to: datetime | None


def reads_of(viewer: Viewer, mention: UUID, before: int | None) -> ReadsOf:
    """The reads that people of this person's agencies made of a child, and where they looked for them in vain.

    A search that found nobody is about nobody. It is taken for one after this child where it names them by first and
    last name. What is behind a wall to this person is not there.
    """
    people = {mention, *cluster(mention)}
    made = makers(people)
    meant, names = {*people, *made.values()}, _names(made.values())
    if behind_wall(viewer, meant):
        return ReadsOf([], None, None)
    theirs, gone = {held.agency for held in viewer.holdings}, {one.entry for one in erasures() if one.log == READS}
    seen = between(0, size(READS) if before is None else before, LOOKED_THROUGH, READS)
    mine = [one for one in seen if one.saying.agency in theirs and one.id not in gone]
    found = [one for one in mine if words_in(one) and _of(one, meant, names)]
    more = len(seen) == LOOKED_THROUGH and seen[-1].seq > 0
    return ReadsOf(found, seen[-1].seq if more else None, seen[-1].recorded_at if more else None)


def words_in(made: Entry) -> list[str]:
    """The fields of a read that hold somebody's words."""
    fact = made.saying.fact
    return [name for name in WORDS if getattr(fact, name)] if isinstance(fact, RecordOpened) else []


def _names(uids: Iterable[UUID]) -> list[tuple[str, str]]:
    """First and last name under which a child was reported, in small letters; none where one of the two is missing."""
    said = [getattr(made.saying.fact, "child", None) for made in entries(uids)]
    whole = [(one.given_name, one.family_name) for one in said if isinstance(one, Person)]
    return [(first.casefold(), last.casefold()) for first, last in whole if first and last]


def _of(made: Entry, meant: set[UUID], names: Sequence[tuple[str, str]]) -> bool:
    """Whether a read was of this child: noted as a mention or a report, or a search in vain that names them."""
    if made.saying.about:
        return not meant.isdisjoint(made.saying.about)
    sought = (getattr(made.saying.fact, "sought", None) or "").casefold()
    return any(first in sought and last in sought for first, last in names)
