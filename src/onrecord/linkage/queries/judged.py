"""Who was judged to be whom: groups of mentions, as people said it. "Different" dominates."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from onrecord.ledger.gateway.rows import fetch, marks
from onrecord.ledger.queries import BATCH
from onrecord.linkage.models import Judgement
from onrecord.linkage.rules.dominance import joining

Clusters = dict[UUID, frozenset[UUID]]


class Judged(NamedTuple):
    """What was judged of a mention: everybody who is the same person, and the latest word on each it was held to."""

    people: frozenset[UUID]
    verdicts: dict[UUID, str]


def judged_on(mention: UUID) -> Judged:
    """What was judged of a mention, in one question however long the chain of judgements is."""
    latest = _latest([mention])
    touching = ((pair, said) for pair, said in latest.items() if mention in pair)
    verdicts = {(other if one == mention else one): said for (one, other), said in touching}
    return Judged(_joined([mention], joining(latest))[mention], verdicts)


def cluster(mention: UUID) -> frozenset[UUID]:
    """Every mention judged to be the same person as this one, and itself. "Different" dominates between two."""
    return judged_on(mention).people


def clusters(mentions: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
    """For each mention, every mention judged to be the same person, and itself.

    However many mentions are asked about and however long a chain of judgements is, the queries stay the same.
    """
    wanted = list(dict.fromkeys(mentions))
    return _joined(wanted, joining(_latest(wanted)))


def clusters_if(one: UUID, other: UUID, verdict: str) -> tuple[Clusters, Clusters]:
    """Who is judged to be whom, and who would be were these two judged so: of everybody whom that could move."""
    latest = _latest([one, other])
    everybody = list(dict.fromkeys([one, other, *(mention for pair in latest for mention in pair)]))
    first, second = sorted((one, other))
    supposed = {pair: said for pair, said in latest.items() if pair != (first, second) or said == verdict}
    supposed.setdefault((first, second), verdict)
    return _joined(everybody, joining(latest)), _joined(everybody, joining(supposed))


def verdicts_on(mention: UUID) -> dict[UUID, str]:
    """The latest judgement on a mention and each that it was held to."""
    rows = fetch(Judgement, "WHERE t.one = %s OR t.other = %s ORDER BY t.seq", [mention, mention])
    return {(other if one == mention else one): verdict for _, one, other, verdict, _ in rows}


NEAR = """WITH RECURSIVE near(uid) AS (
    SELECT j.one FROM linkage_judgement j WHERE j.one IN ({marks})
    UNION SELECT j.other FROM linkage_judgement j WHERE j.other IN ({marks})
    UNION SELECT CASE WHEN j.one = near.uid THEN j.other ELSE j.one END
      FROM linkage_judgement j JOIN near ON j.one = near.uid OR j.other = near.uid WHERE j.verdict = 'same')"""
"""Everybody who was ever judged the same as these, at any remove: no fewer than still are."""
TOUCHING = "WHERE t.one IN (SELECT uid FROM near) OR t.other IN (SELECT uid FROM near) ORDER BY t.seq"


def judgements(mentions: Iterable[UUID]) -> list[tuple[UUID, UUID, str, int]]:
    """Every judgement that has to do with these mentions or with whom they were ever judged to be, the oldest first.

    Each is the pair, the verdict, and the number of the entry.
    """
    found: dict[int, tuple[UUID, UUID, str, int]] = {}
    wanted = list(dict.fromkeys(mentions))
    for start in range(0, len(wanted), BATCH):
        part = wanted[start : start + BATCH]
        before = NEAR.format(marks=marks(part))
        rows = fetch(Judgement, TOUCHING, [*part, *part], before=before)
        found |= {seq: (one, other, verdict, seq) for _, one, other, verdict, seq in rows}
    return [found[seq] for seq in sorted(found)]


def people_then(made: Iterable[tuple[UUID, UUID, str, int]], before: int, mentions: Iterable[UUID]) -> Clusters:
    """Who was judged to be whom before the entry with a number, by these judgements, the oldest first."""
    return _joined(list(mentions), joining(_last_word(judged for judged in made if judged[3] < before)))


def _latest(mentions: list[UUID]) -> dict[tuple[UUID, UUID], str]:
    """The latest judgement on every pair that has to do with these mentions, or with who was judged to be them."""
    return _last_word(judgements(mentions))


def _last_word(made: Iterable[tuple[UUID, UUID, str, int]]) -> dict[tuple[UUID, UUID], str]:
    """The latest judgement on each pair, in the order in which those were made."""
    latest: dict[tuple[UUID, UUID], str] = {}
    for one, other, verdict, _ in made:
        if latest.get((one, other)) != verdict:
            latest.pop((one, other), None)
            latest[one, other] = verdict
    return latest


def _joined(mentions: list[UUID], pairs: Iterable[tuple[UUID, UUID]]) -> dict[UUID, frozenset[UUID]]:
    beside: dict[UUID, set[UUID]] = defaultdict(set)
    for one, other in pairs:
        beside[one].add(other)
        beside[other].add(one)
    found: dict[UUID, frozenset[UUID]] = {}
    for mention in mentions:
        if mention not in found:
            reached: set[UUID] = set()
            layer = {mention}
            while layer:
                reached |= layer
                layer = {uid for near in layer for uid in beside.get(near, ())} - reached
            found |= dict.fromkeys(reached, frozenset(reached))
    return {mention: found[mention] for mention in mentions}
