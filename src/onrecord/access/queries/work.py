"""Which facts about a child are no work with the child: whoever says them gets no file by it."""

from functools import cache

from onrecord.access.facts import FileRestricted, GlassBroken, GlassReviewed, RestrictionLifted, RestrictionReviewed
from onrecord.ledger.facts import Declined, Seconded
from onrecord.ledger.gateway.registry import catalogue

NO_WORK = (GlassBroken, GlassReviewed, FileRestricted, RestrictionReviewed, RestrictionLifted, Seconded, Declined)
"""To open or restrict a file, to review that, to sign."""


@cache
def no_work() -> frozenset[str]:
    """The kinds of fact that are about a child and are no work with the child. What answers what is lent is not yet,
    and what is said of a meeting is about everybody in it: those who came are not let into every child's file.
    """
    kinds = catalogue()
    lending = {made.kind for made in kinds.values() if made.lends}
    answers_it = {made.kind for made in kinds.values() if made.answers and made.answers <= lending}
    return frozenset({made.kind for made in NO_WORK} | answers_it) | of_meetings()


@cache
def of_meetings() -> frozenset[str]:
    """That a meeting was held, what is said of one child of it or by those who came, and what answers any of these."""
    kinds = catalogue()
    found = {made.kind for made in kinds.values() if made.of_some or made.of_those_who_met}
    met = {made.kind for made in kinds.values() if made.attended}
    held = {made.kind: made.answers for made in kinds.values() if made.quorum is not None}
    called = {one for answered in held.values() for one in answered}
    while more := {
        made.kind
        for made in kinds.values()
        if made.answers and made.answers <= found | met | called and made.kind not in found | met
    }:
        found |= more
    return frozenset(found | held.keys())
