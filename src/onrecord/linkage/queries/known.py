"""Whether a report's child was known before: earlier mentions, opened, weighed and told in words."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from onrecord.ledger.facts import Entry, Person, mention_of
from onrecord.ledger.queries import corrected, entries
from onrecord.ledger.queries.one_field import one_field
from onrecord.ledger.rules.corrections import PutRight
from onrecord.linkage.facts import ChildRegistered
from onrecord.linkage.gateway import scales
from onrecord.linkage.queries.finding import Sharing, sharing
from onrecord.linkage.queries.judged import judged_on
from onrecord.linkage.rules import Likeness, compare, grown, mention, possible

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
    found = sharing(report)
    if not found:
        return []
    unseen = hidden([one.entry for one in found])
    earlier = entries(_likely(report, [one for one in found if one.entry not in unseen][:OPENED]))
    right = corrected([report, *earlier], known_at)
    judged = judged_on(mention_of(report.id, "child")).verdicts
    return weighed(right[report.id], (right[made.id] for made in earlier), judged, known_at.date())


def _likely(report: Entry, found: Sequence[Sharing]) -> list[UUID]:
    """Of these, the entries worth opening whole: those whose child may be the report's, and those put right since."""
    child = getattr(report.saying.fact, "child", None)
    if not isinstance(child, Person):
        return [one.entry for one in found]
    asked = mention(child)
    said = one_field((one.entry for one in found if not one.corrected), "child")
    others = ((uid, mention(Person.model_validate(other))) for uid, other in said.items())
    likely = {uid for uid, other in others if possible(asked, other, scales(), report.seq)}
    return [one.entry for one in found if one.corrected or one.entry in likely]


def weighed(
    report: PutRight, earlier: Iterable[PutRight], judged: Mapping[UUID, str], today: date
) -> list[KnownBefore]:
    """Of these earlier entries, those that may name the report's child: as they are called now, or were at first.

    What happened to somebody as a child is told to nobody here once they are 18.
    """
    found = (_known(one, report, judged, today) for one in earlier)
    return sorted((one for one in found if one), key=lambda known: (not known.likeness.strong, known.since))


def likeness(one: Person, other: Person, known: int = 0) -> Likeness | None:
    """What two mentions agree on, by the model in use, among so many that are known."""
    return compare(one, other, scales(), known)


def _known(earlier: PutRight, report: PutRight, judged: Mapping[UUID, str], today: date) -> KnownBefore | None:
    said, asked = _called(earlier), _called(report)
    if not said or not asked:
        return None
    made = earlier.entry
    fact = made.saying.fact
    listed = fact if isinstance(fact, ChildRegistered) else None
    since = listed.known_since if listed else made.saying.happened.earliest.date()
    if any(grown(one, since, today) for one in (said[0], *(one for one in asked[:1] if one.born))):
        return None
    pairs = [likeness(one, other, report.entry.seq) for one in asked for other in said]
    likely = [found for found in pairs if found]
    if not likely:
        return None
    whose = mention_of(made.id, "child")
    return KnownBefore(
        mention=whose,
        entry=made.id,
        spoken=said[0].spoken(),
        source=listed.source if listed else made.saying.agency,
        since=since,
        likeness=max(likely, key=lambda one: one.weight),
        verdict=judged.get(whose, ""),
    )


def _called(made: PutRight) -> list[Person]:
    """A child as they are called now, and as they were called first."""
    said = [getattr(one.saying.fact, "child", None) for one in (made.entry, made.first)]
    return list(dict.fromkeys(one for one in said if isinstance(one, Person)))
