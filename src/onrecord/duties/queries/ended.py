"""Who ended an earlier report on a child without action, or set it aside, and so does not decide the next one alone."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from uuid import UUID

from onrecord.duties.queries.judged_by import DIFFERENT, Judges, judges
from onrecord.intake.facts import by_reason_only
from onrecord.intake.queries import ended_by, ended_of, report, reports_on
from onrecord.ledger.queries import entry, lines, threads_about
from onrecord.linkage.queries import KnownBefore, candidates, cluster, clusters


def ended_the_last(user: str, uid: UUID, now: datetime) -> bool:
    """Whether somebody ended an earlier report about this report's child without action, or set it aside: in effect.

    It is the child whom somebody judged to be the same, and whoever is likely the same while nobody else says that they
    are not: so it waits for nobody to compare the two. What a child wrote is compared only by reason.
    """
    row = report(uid)
    if row is None:
        return False
    people = cluster(row.mention)
    if user in ended_by(row, reports_on(people)):
        return True
    if by_reason_only(lines([uid])[0].coded):
        return False
    made, judged = entry(uid), judges(row.mention, people, threads_about([row.mention]), now)
    near = likely(candidates(made, now), judged, user)
    others = {mention for same in clusters(near).values() for mention in same} if near else set()
    if user in ended_by(row, reports_on(others)):
        return True
    return bool(likely(candidates(made, now, partial(_not_ended, user)), judged, user))


def _not_ended(user: str, found: Iterable[UUID]) -> set[UUID]:
    """All but the reports that somebody ended: however many came since about the child, theirs are looked at."""
    known = set(found)
    return known - ended_of(user, known)


def likely(known: Iterable[KnownBefore], judged: Judges, user: str) -> set[UUID]:
    """Of those known before, whoever is likely the same child; their own word that it is another frees nobody."""
    apart = {one for one, line in judged.last.items() if line.coded["verdict"] == DIFFERENT and line.by != user}
    return {one.mention for one in known if one.likeness.strong} - apart
