"""Whether a report's child was known before: earlier mentions, opened, weighed and told in words."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

from onrecord.ledger.facts import Entry, Person, mention_of
from onrecord.ledger.queries import corrected
from onrecord.ledger.queries.one_field import Unsealed, unsealed_entries, whole
from onrecord.ledger.rules.corrections import PutRight
from onrecord.linkage.facts import ChildRegistered
from onrecord.linkage.gateway import scales
from onrecord.linkage.queries.finding import MOST, Alike, sharing
from onrecord.linkage.queries.judged import verdicts_on
from onrecord.linkage.queries.weights import in_use
from onrecord.linkage.rules import Likeness, compare, grown, mention, mentioned, told_of
from onrecord.linkage.rules.scales import Scales

NOTHING: Mapping[UUID, Likeness] = MappingProxyType({})
OPENED = 12
"""So many earlier mentions are opened at most; the likeliest come first."""


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
    found, weights = _likeliest(report, hidden)
    fixed = {one.entry for one in found if one.corrected}
    near = unsealed_entries(one.entry for one in found)
    told = _told(report, [one for one in near if one.id not in fixed], weights)
    earlier = whole(one for one in near if one.id in fixed or one.id in told)
    if not earlier:
        return []
    right = corrected([report, *earlier], known_at) if fixed else {one.id: PutRight(one, one) for one in earlier}
    asked = right.get(report.id, PutRight(report, report))
    judged = verdicts_on(mention_of(report.id, "child"))
    return weighed(asked, (right[made.id] for made in earlier), judged, known_at.date(), weights, told)


def _likeliest(report: Entry, hidden: Callable[[Iterable[UUID]], Collection[UUID]]) -> Alike:
    """Those to open. What lies behind them is asked for only where some of them must not be learnt of."""
    for most in (OPENED, MOST):
        found, weights = sharing(report, most)
        unseen = hidden([one.entry for one in found]) if found else ()
        if not unseen:
            break
    return Alike([one for one in found if one.entry not in unseen][:OPENED], weights)


def _told(report: Entry, near: Iterable[Unsealed], weights: Scales) -> dict[UUID, Likeness]:
    """Of entries of which nothing was put right, those whose child may be the report's, and why."""
    child = getattr(report.saying.fact, "child", None)
    if not isinstance(child, Person):
        return {}
    asked = mention(child)
    said = ((one.id, one.said("child")) for one in near)
    found = ((uid, told_of(asked, mentioned(other), weights, report.seq)) for uid, other in said if other)
    return {uid: likely for uid, likely in found if likely}


def weighed(
    report: PutRight,
    earlier: Iterable[PutRight],
    judged: Mapping[UUID, str],
    today: date,
    weights: Scales | None = None,
    told: Mapping[UUID, Likeness] = NOTHING,
) -> list[KnownBefore]:
    """Of these earlier entries, those that may name the report's child: as they are called now, or were at first.

    What happened to somebody as a child is told to nobody here once they are 18. Without weights, by those in use.
    `told` holds what is known already, by entry.
    """
    near, asked = list(earlier), _called(report)
    if not near or not asked or any(grown(one, today, today) for one in asked[:1] if one.born):
        return []
    using, seq = weights or in_use(), report.entry.seq
    sought = [mention(one) for one in asked]

    def likest(made: UUID, said: Sequence[Person]) -> Likeness | None:
        if made in told:
            return told[made]
        pairs = (told_of(one, mention(other), using, seq) for one in sought for other in said)
        return max((one for one in pairs if one), key=lambda one: one.weight, default=None)

    found = (_known(one, judged, today, likest) for one in near)
    return sorted((one for one in found if one), key=lambda known: (not known.likeness.strong, known.since))


def likeness(one: Person, other: Person) -> Likeness | None:
    """What two people agree on, in words, however many are known: for a search by name. By the shipped weights."""
    return compare(one, other, scales())


def _known(
    earlier: PutRight,
    judged: Mapping[UUID, str],
    today: date,
    likest: Callable[[UUID, Sequence[Person]], Likeness | None],
) -> KnownBefore | None:
    said = _called(earlier)
    if not said:
        return None
    made = earlier.entry
    fact = made.saying.fact
    listed = fact if isinstance(fact, ChildRegistered) else None
    since = listed.known_since if listed else made.saying.happened.earliest.date()
    likely = None if grown(said[0], since, today) else likest(made.id, said)
    if likely is None:
        return None
    whose = mention_of(made.id, "child")
    return KnownBefore(
        mention=whose,
        entry=made.id,
        spoken=said[0].spoken(),
        source=listed.source if listed else made.saying.agency,
        since=since,
        likeness=likely,
        verdict=judged.get(whose, ""),
    )


def _called(made: PutRight) -> list[Person]:
    """A child as they are called now, and as they were called first."""
    said = [getattr(one.saying.fact, "child", None) for one in (made.entry, made.first)]
    return list(dict.fromkeys(one for one in said if isinstance(one, Person)))
