"""Named questions about who is who. They open what is sealed: only the deciding front door's actions ask them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from onrecord.ledger.facts import Entry, Person, mention_of
from onrecord.ledger.queries import entries
from onrecord.linkage.facts import ChildRegistered
from onrecord.linkage.gateway import keyed
from onrecord.linkage.models import Judgement, MatchKey
from onrecord.linkage.rules import Likeness, compare, keys_of, squeezed

MOST = 200


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


def candidates(report: Entry, hidden: Callable[[Iterable[UUID]], Collection[UUID]] = nothing) -> list[KnownBefore]:
    """Earlier mentions that may be the report's child, the surest first, then the oldest.

    `hidden` names, of the entries that hold them, those which whoever asks must not learn of.
    """
    child = getattr(report.saying.fact, "child", None)
    if not isinstance(child, Person):
        return []
    mine = mention_of(report.id, "child")
    hashes = [keyed(sort, text) for sort, text in keys_of(child)]
    rows = (
        MatchKey.objects.filter(hashed__in=hashes, seq__lt=report.seq).order_by("seq").values_list("entry", flat=True)
    )
    found = list(dict.fromkeys(rows))
    unseen = hidden(found) if found else ()
    earlier = entries([uid for uid in found if uid not in unseen][:MOST])
    judged = verdicts(mine, (mention_of(entry.id, "child") for entry in earlier))
    kept = [known for entry in earlier if (known := _known(entry, child, judged)) is not None]
    return sorted(kept, key=lambda known: (not known.likeness.strong, known.since))


def like(person: Person) -> list[UUID]:
    """Mentions with a key in common with somebody who is sought, the newest first. Nothing is opened.

    A birth date alone finds nobody: too many share one.
    """
    hashes = [keyed(sort, text) for sort, text in keys_of(person) if sort != "born"]
    rows = MatchKey.objects.filter(hashed__in=hashes).order_by("-seq").values_list("mention", flat=True)
    return list(dict.fromkeys(rows))


def cluster(mention: UUID) -> frozenset[UUID]:
    """Every mention judged to be the same person as this one, and itself. "Different" dominates between two."""
    found: set[UUID] = set()
    layer = {mention}
    while layer:
        found |= layer
        rows = Judgement.objects.filter(Q(one__in=layer) | Q(other__in=layer)).order_by("seq")
        layer = {uid for pair in _same(list(rows)) for uid in pair} - found
    return frozenset(found)


def clusters(mentions: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
    """For each mention, every mention judged to be the same person, and itself.

    As many queries as the longest chain of judgements has links, however many mentions are asked about.
    """
    wanted = list(dict.fromkeys(mentions))
    found: set[UUID] = set()
    pairs: set[tuple[UUID, UUID]] = set()
    layer = set(wanted)
    while layer:
        found |= layer
        rows = Judgement.objects.filter(Q(one__in=layer) | Q(other__in=layer)).order_by("seq")
        pairs |= (same := set(_same(list(rows))))
        layer = {uid for pair in same for uid in pair} - found
    return _joined(wanted, pairs)


def verdict_on(one: UUID, other: UUID) -> str:
    """The latest judgement on two mentions: same, different, unsure, or "" when nobody has judged."""
    first, second = sorted((one, other))
    row = Judgement.objects.filter(one=first, other=second).order_by("-seq").first()
    return row.verdict if row else ""


def verdicts(one: UUID, others: Iterable[UUID]) -> dict[UUID, str]:
    """The latest judgement on a mention and each of the others; nobody's is left out."""
    wanted = set(others)
    rows = Judgement.objects.filter(Q(one=one, other__in=wanted) | Q(other=one, one__in=wanted)).order_by("seq")
    return {row.other if row.one == one else row.one: row.verdict for row in rows}


def named_by(sort: str, number: str) -> list[UUID]:
    """The mentions of a child that carry this identifier of this sort (upn, nhs_number, local_id), oldest first."""
    rows = MatchKey.objects.filter(hashed=keyed(sort, squeezed(number))).order_by("seq")
    return list(rows.values_list("mention", flat=True))


def _joined(mentions: list[UUID], pairs: set[tuple[UUID, UUID]]) -> dict[UUID, frozenset[UUID]]:
    beside: dict[UUID, set[UUID]] = defaultdict(set)
    for one, other in pairs:
        beside[one].add(other)
        beside[other].add(one)
    found: dict[UUID, frozenset[UUID]] = {}
    for mention in mentions:
        reached: set[UUID] = set()
        layer = {mention}
        while layer:
            reached |= layer
            layer = {uid for near in layer for uid in beside[near]} - reached
        found[mention] = frozenset(reached)
    return found


def _same(rows: list[Judgement]) -> list[tuple[UUID, UUID]]:
    latest: dict[tuple[UUID, UUID], str] = defaultdict(str)
    for row in rows:
        latest[row.one, row.other] = row.verdict
    return [pair for pair, verdict in latest.items() if verdict == "same"]


def _known(earlier: Entry, child: Person, judged: dict[UUID, str]) -> KnownBefore | None:
    fact = earlier.saying.fact
    other = getattr(fact, "child", None)
    likeness = compare(child, other) if isinstance(other, Person) else None
    if likeness is None or other is None:
        return None
    mention = mention_of(earlier.id, "child")
    return KnownBefore(
        mention=mention,
        entry=earlier.id,
        spoken=other.spoken(),
        source=fact.source if isinstance(fact, ChildRegistered) else earlier.saying.agency,
        since=fact.known_since if isinstance(fact, ChildRegistered) else earlier.saying.happened.earliest.date(),
        likeness=likeness,
        verdict=judged.get(mention, ""),
    )
