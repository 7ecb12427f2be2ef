"""What cannot stand beside what is known of a child: asked of the kinds that say so, before anything is weighed.

A correction is asked as the fact that it would make. What stands behind a wall is not held against anybody: a refusal
would tell them of it.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from onrecord.access.rules import Viewer
from onrecord.duties.queries.walls import known_lines
from onrecord.ledger.facts import Corrected, Fact, Saying
from onrecord.ledger.facts.wrong import Refused, Wrong
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.queries import corrected, entries, lines, threads_about, would_be
from onrecord.ledger.rules.effect import standing
from onrecord.linkage.queries import clusters


def check_clashes(viewer: Viewer, saying: Saying, now: datetime) -> None:
    """Raise Refused if this cannot stand beside what is known. Nothing is looked up for a kind that asks nothing."""
    if isinstance(saying.fact, Corrected):
        _check_put_right(viewer, saying, saying.fact, now)
    elif saying.fact.beside and type(saying.fact).clashes is not Fact.clashes:
        _refuse(saying.fact.clashes(stand_beside(viewer, saying, saying.fact.beside, (), now)))


def _check_put_right(viewer: Viewer, saying: Saying, fix: Corrected, now: datetime) -> None:
    """Only what the corrected field would say counts: the rest of the entry stood before."""
    beside = {kind for line in lines(saying.regarding) for kind in catalogue()[line.kind].beside}
    if not beside:
        return
    made = would_be(saying, now).saying.fact
    faults = made.clashes(stand_beside(viewer, saying, frozenset(beside), saying.regarding, now))
    _refuse([Wrong("value", fault.value, fault.message, fault.rule) for fault in faults if fault.field == fix.field])


def stand_beside(
    viewer: Viewer, saying: Saying, kinds: frozenset[str], but: Sequence[UUID], now: datetime
) -> list[Fact]:
    """What of these kinds counts about the same children, as put right; as far as this person may know."""
    people = {mention for cluster in clusters(saying.about).values() for mention in cluster}
    if not people:
        return []
    known = known_lines(viewer, threads_about(people))
    wanted = [line.id for line, _ in standing(known, now) if line.kind in kinds and line.id not in but]
    return [one.entry.saying.fact for one in corrected(entries(wanted), now).values()] if wanted else []


def _refuse(faults: Sequence[Wrong]) -> None:
    if faults:
        raise Refused(tuple(faults))
