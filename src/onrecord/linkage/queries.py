"""Named questions about who is who. They open what is sealed: only the deciding front door's actions ask them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from onrecord.ledger.facts import Entry, Person, mention_of
from onrecord.ledger.gateway.rows import fetch, marks
from onrecord.ledger.queries import BATCH, corrected, entries
from onrecord.ledger.rules.corrections import PutRight
from onrecord.linkage.facts import ChildRegistered
from onrecord.linkage.gateway import keyed
from onrecord.linkage.models import Judgement, MatchKey
from onrecord.linkage.rules import Likeness, compare, keys_of, squeezed

MOST = 200
Clusters = dict[UUID, frozenset[UUID]]


@dataclass(frozen=True)
class KnownBefore:
    """An earlier mention that may be the same child: who recorded it, since when, and why we think so."""

    mention: UUID
    entry: UUID
    spoken: str
    source: str
    since: date
    likeness: Likeness
    verdict: str


def nothing(found: Iterable[UUID]) -> Collection[UUID]:
    """None of these: for who may see all there is."""
    return ()


def candidates(
    report: Entry, known_at: datetime, hidden: Callable[[Iterable[UUID]], Collection[UUID]] = nothing
) -> list[KnownBefore]:
    """Earlier mentions that may be the report's child, the surest first, then the oldest.

    `hidden` names, of the entries that hold them, those which whoever asks must not learn of.
    """
    child, mine = getattr(report.saying.fact, "child", None), mention_of(report.id, "child")
    hashes = [keyed(sort, text) for sort, text in keys_of(child)] if isinstance(child, Person) else []
    found = _before(report.seq, _sharing(Q(hashed__in=hashes) | Q(hashed__in=_keys_of(mine))))
    if not found:
        return []
    unseen = hidden(found)
    earlier = entries([uid for uid in found if uid not in unseen][:MOST])
    right = corrected([report, *earlier], known_at)
    return weighed(right[report.id], (right[made.id] for made in earlier), judged_on(mine).verdicts)


def weighed(report: PutRight, earlier: Iterable[PutRight], judged: Mapping[UUID, str]) -> list[KnownBefore]:
    """Of these earlier entries, those that may name the report's child: as they are called now, or were at first."""
    found = (_known(one, report, judged) for one in earlier)
    return sorted((one for one in found if one), key=lambda known: (not known.likeness.strong, known.since))


def alike(mention: UUID) -> list[UUID] | None:
    """The entries before a mention that have a key in common with it, those with the most first. Nothing is opened.

    None where the mention has no key in the table: then only what was said itself can be asked (`candidates`).
    """
    rows = _sharing(Q(hashed__in=_keys_of(mention)))
    before = min((seq for _, seq, whose in rows if whose == mention), default=None)
    return None if before is None else _before(before, rows)


def _before(last: int, rows: Iterable[tuple[UUID, int, UUID]]) -> list[UUID]:
    return [uid for uid, _ in Counter(uid for uid, seq, _ in rows if seq < last).most_common()]


def _keys_of(mention: UUID) -> "QuerySet[MatchKey, str]":
    return MatchKey.objects.filter(mention=mention).values_list("hashed", flat=True)


def _sharing(which: Q) -> list[tuple[UUID, int, UUID]]:
    return list(MatchKey.objects.filter(which).order_by("seq").values_list("entry", "seq", "mention"))


def like(person: Person, most: int, among: "QuerySet[Any, UUID] | None" = None) -> list[UUID]:
    """Mentions with a key in common with somebody who is sought: those with the most keys first, then the newest.

    `among` leaves the choice of mentions to the database. Nothing is opened. A birth date alone finds nobody: too many
    share one.
    """
    hashes = [keyed(sort, text) for sort, text in keys_of(person) if sort != "born"]
    rows = MatchKey.objects.filter(hashed__in=hashes)
    if among is not None:
        rows = rows.filter(mention__in=among)
    found = rows.values("mention").annotate(times=Count("hashed", distinct=True), newest=Max("seq"))
    return list(found.order_by("-times", "-newest", "mention").values_list("mention", flat=True)[:most])


class Judged(NamedTuple):
    """What was judged of a mention: everybody who is the same person, and the latest word on each it was held to."""

    people: frozenset[UUID]
    verdicts: dict[UUID, str]


def judged_on(mention: UUID) -> Judged:
    """What was judged of a mention, in one question however long the chain of judgements is."""
    latest = _latest([mention])
    touching = ((pair, said) for pair, said in latest.items() if mention in pair)
    verdicts = {(other if one == mention else one): said for (one, other), said in touching}
    return Judged(_joined([mention], _same(latest))[mention], verdicts)


def cluster(mention: UUID) -> frozenset[UUID]:
    """Every mention judged to be the same person as this one, and itself. "Different" dominates between two."""
    return judged_on(mention).people


def clusters(mentions: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
    """For each mention, every mention judged to be the same person, and itself.

    However many mentions are asked about and however long a chain of judgements is, the queries stay the same.
    """
    wanted = list(dict.fromkeys(mentions))
    return _joined(wanted, _same(_latest(wanted)))


def verdict_on(one: UUID, other: UUID) -> str:
    """The latest judgement on two mentions: same, different, unsure, or "" when nobody has judged."""
    first, second = sorted((one, other))
    row = Judgement.objects.filter(one=first, other=second).order_by("-seq").first()
    return row.verdict if row else ""


def named_by(sort: str, number: str) -> list[UUID]:
    """The mentions of a child that carry this identifier of this sort (upn, nhs_number, local_id), oldest first."""
    rows = MatchKey.objects.filter(hashed=keyed(sort, squeezed(number))).order_by("seq")
    return list(rows.values_list("mention", flat=True))


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
    latest = {(one, other): verdict for one, other, verdict, seq in made if seq < before}
    return _joined(list(mentions), _same(latest))


def _latest(mentions: list[UUID]) -> dict[tuple[UUID, UUID], str]:
    """The latest judgement on every pair that has to do with these mentions, or with who was judged to be them."""
    return {(one, other): verdict for one, other, verdict, _ in judgements(mentions)}


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


def _same(latest: Mapping[tuple[UUID, UUID], str]) -> list[tuple[UUID, UUID]]:
    return [pair for pair, verdict in latest.items() if verdict == "same"]


def _known(earlier: PutRight, report: PutRight, judged: Mapping[UUID, str]) -> KnownBefore | None:
    said = [getattr(made.saying.fact, "child", None) for made in (earlier.entry, earlier.first)]
    asked = [getattr(made.saying.fact, "child", None) for made in (report.entry, report.first)]
    pairs = ((one, other) for one in asked for other in said if isinstance(one, Person) and isinstance(other, Person))
    likeness = next((found for one, other in pairs if (found := compare(one, other))), None)
    other, made = said[0], earlier.entry
    if likeness is None or not isinstance(other, Person):
        return None
    mention, fact = mention_of(made.id, "child"), made.saying.fact
    return KnownBefore(
        mention=mention,
        entry=made.id,
        spoken=other.spoken(),
        source=fact.source if isinstance(fact, ChildRegistered) else made.saying.agency,
        since=fact.known_since if isinstance(fact, ChildRegistered) else made.saying.happened.earliest.date(),
        likeness=likeness,
        verdict=judged.get(mention, ""),
    )
