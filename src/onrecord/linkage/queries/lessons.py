"""What people judged, made comparable: to teach the weights by, and to measure them."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from onrecord.ledger.queries import BATCH, corrected, entries
from onrecord.linkage.models import Judgement, Mentioned
from onrecord.linkage.queries.doubtful import Side, doubtful, side
from onrecord.linkage.rules import grown, mention
from onrecord.linkage.rules.fair import tradition
from onrecord.linkage.rules.lessons import Lesson
from onrecord.linkage.rules.matching import agreement
from onrecord.linkage.rules.mixture import Pattern

Hidden = Callable[[Iterable[UUID]], Collection[UUID]]


class Lessons(NamedTuple):
    """The pairs that people were sure of, and those among the newest mentions that nobody has judged."""

    judged: list[Lesson]
    unjudged: list[tuple[Pattern, int]]


def lessons(hidden: Hidden, now: datetime) -> Lessons:
    """All that may be learnt from. Nobody who is 18, and nothing that whoever asks must not learn of."""
    latest: dict[tuple[UUID, UUID], str] = {}
    for one, other, verdict in Judgement.objects.order_by("seq").values_list("one", "other", "verdict"):
        latest[one, other] = verdict
    sure = {pair: verdict == "same" for pair, verdict in latest.items() if verdict != "unsure"}
    known = dict(
        Mentioned.objects.filter(mention__in={uid for pair in sure for uid in pair}).values_list("mention", "seq")
    )
    sides, whose = _sides(known, hidden, now), _tied(sure)
    judged = [
        _lesson(whose[one], sides[one], sides[other], max(known[one], known[other]), same)
        for (one, other), same in sure.items()
        if one in sides and other in sides
    ]
    return Lessons(judged, [(_agreed(pair.one, pair.other), LATEST) for pair in doubtful(hidden, now)])


LATEST = 0
"""Among how many the newest are weighed: as few as the weights ever allow for."""


def _sides(known: Iterable[UUID], hidden: Hidden, now: datetime) -> dict[UUID, Side]:
    """Each mention, opened in parts."""
    wanted = list(known)
    found: dict[UUID, Side] = {}
    for start in range(0, len(wanted), BATCH):
        part = list(Mentioned.objects.filter(mention__in=wanted[start : start + BATCH]).values_list("entry", flat=True))
        unseen = set(hidden(part))
        right = corrected(entries(uid for uid in part if uid not in unseen), now)
        sides = (side(made) for made in right.values())
        found |= {one.mention: one for one in sides if one and not grown(one.child, one.since, now.date())}
    return found


def _tied(pairs: Iterable[tuple[UUID, UUID]]) -> dict[UUID, UUID]:
    """For each mention the least of all that the judged pairs tie to it, whatever was said of them."""
    groups: dict[UUID, set[UUID]] = {}
    for one, other in pairs:
        joined = groups.get(one, {one}) | groups.get(other, {other})
        groups |= dict.fromkeys(joined, joined)
    return {uid: min(group) for uid, group in groups.items()}


def _lesson(person: UUID, one: Side, other: Side, known: int, same: bool) -> Lesson:
    names = tuple(tradition(side.child.family_name) for side in (one, other) if side.child.family_name)
    return Lesson(person, _agreed(one, other), known, same, names)


def _agreed(one: Side, other: Side) -> Pattern:
    return agreement(mention(one.child), mention(other.child))
