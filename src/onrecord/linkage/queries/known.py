"""Whether a report's child was known before: earlier mentions, opened, weighed and told in words."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from onrecord.ledger.facts import Entry, Person, mention_of
from onrecord.ledger.queries import corrected
from onrecord.ledger.queries.one_field import Unsealed, unsealed_entries
from onrecord.ledger.rules.corrections import PutRight
from onrecord.linkage.facts import ChildRegistered
from onrecord.linkage.gateway import scales
from onrecord.linkage.queries.finding import sharing
from onrecord.linkage.queries.judged import verdicts_on
from onrecord.linkage.queries.weights import in_use
from onrecord.linkage.rules import Likeness, compare, grown, mention, mentioned, possible, told_of
from onrecord.linkage.rules.scales import Scales

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
    found, weights = sharing(report)
    if not found:
        return []
    unseen = hidden([one.entry for one in found])
    likely = [one for one in found if one.entry not in unseen][:OPENED]
    fixed = {one.entry for one in likely if one.corrected}
    earlier = _likely(report, unsealed_entries(one.entry for one in likely), fixed, weights)
    if not earlier:
        return []
    right = corrected([report, *earlier], known_at) if fixed else {one.id: PutRight(one, one) for one in earlier}
    asked = right.get(report.id, PutRight(report, report))
    judged = verdicts_on(mention_of(report.id, "child"))
    return weighed(asked, (right[made.id] for made in earlier), judged, known_at.date(), weights)


def _likely(report: Entry, found: Iterable[Unsealed], fixed: Collection[UUID], weights: Scales) -> list[Entry]:
    """Of these, those worth reading whole, in order: whose child may be the report's, and who was put right since."""
    child = getattr(report.saying.fact, "child", None)
    asked = mention(child) if isinstance(child, Person) else None

    def worth(one: Unsealed) -> bool:
        if one.id in fixed or asked is None:
            return True
        said = one.said("child")
        return said is not None and possible(asked, mentioned(said), weights, report.seq)

    return sorted((one.entry() for one in found if worth(one)), key=lambda one: one.seq)


def weighed(
    report: PutRight,
    earlier: Iterable[PutRight],
    judged: Mapping[UUID, str],
    today: date,
    weights: Scales | None = None,
) -> list[KnownBefore]:
    """Of these earlier entries, those that may name the report's child: as they are called now, or were at first.

    What happened to somebody as a child is told to nobody here once they are 18. Without weights, by those in use.
    """
    near, asked = list(earlier), _called(report)
    if not near or not asked or any(grown(one, today, today) for one in asked[:1] if one.born):
        return []
    using, seq = weights or in_use(), report.entry.seq
    sought = [mention(one) for one in asked]

    def likest(said: Sequence[Person]) -> Likeness | None:
        pairs = (told_of(one, mention(other), using, seq) for one in sought for other in said)
        return max((one for one in pairs if one), key=lambda one: one.weight, default=None)

    found = (_known(one, judged, today, likest) for one in near)
    return sorted((one for one in found if one), key=lambda known: (not known.likeness.strong, known.since))


def likeness(one: Person, other: Person) -> Likeness | None:
    """What two people agree on, in words, however many are known: for a search by name. By the shipped weights."""
    return compare(one, other, scales())


def _known(
    earlier: PutRight, judged: Mapping[UUID, str], today: date, likest: Callable[[Sequence[Person]], Likeness | None]
) -> KnownBefore | None:
    said = _called(earlier)
    if not said:
        return None
    made = earlier.entry
    fact = made.saying.fact
    listed = fact if isinstance(fact, ChildRegistered) else None
    since = listed.known_since if listed else made.saying.happened.earliest.date()
    likely = None if grown(said[0], since, today) else likest(said)
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
