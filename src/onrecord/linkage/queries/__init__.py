"""Named questions about who is who. They open what is sealed: only the deciding front door's actions ask them."""

from onrecord.linkage.queries.doubtful import Pair, doubtful
from onrecord.linkage.queries.finding import MOST, alike, like, named_by, sharing
from onrecord.linkage.queries.judged import (
    Clusters,
    Judged,
    cluster,
    clusters,
    judged_on,
    judgements,
    people_then,
    verdict_on,
)
from onrecord.linkage.queries.known import OPENED, KnownBefore, candidates, likeness, weighed
from onrecord.linkage.queries.whole import all_said, last_words

__all__ = [
    "MOST",
    "OPENED",
    "Clusters",
    "Judged",
    "KnownBefore",
    "Pair",
    "alike",
    "all_said",
    "candidates",
    "cluster",
    "clusters",
    "doubtful",
    "judged_on",
    "judgements",
    "last_words",
    "like",
    "likeness",
    "named_by",
    "people_then",
    "sharing",
    "verdict_on",
    "weighed",
]
