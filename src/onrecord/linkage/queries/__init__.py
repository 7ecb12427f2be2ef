"""Named questions about who is who. They open what is sealed: only the deciding front door's actions ask them."""

from onrecord.linkage.queries.doubtful import Pair, doubtful
from onrecord.linkage.queries.finding import MOST, Alike, alike, like, named_by, sharing
from onrecord.linkage.queries.judged import (
    Clusters,
    Judged,
    cluster,
    clusters,
    clusters_if,
    judged_on,
    judgements,
    people_then,
)
from onrecord.linkage.queries.known import OPENED, KnownBefore, candidates, likeness, weighed
from onrecord.linkage.queries.lessons import Lessons, lessons
from onrecord.linkage.queries.weights import adopted, in_use
from onrecord.linkage.queries.whole import all_said, last_words

__all__ = [
    "MOST",
    "OPENED",
    "Alike",
    "Clusters",
    "Judged",
    "KnownBefore",
    "Lessons",
    "Pair",
    "adopted",
    "alike",
    "all_said",
    "candidates",
    "cluster",
    "clusters",
    "clusters_if",
    "doubtful",
    "in_use",
    "judged_on",
    "judgements",
    "last_words",
    "lessons",
    "like",
    "likeness",
    "named_by",
    "people_then",
    "sharing",
    "weighed",
]
