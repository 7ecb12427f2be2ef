"""What people's judgements teach the weights: a correction for each level of agreement, and whether it is better.

People are shown the pairs that are in doubt, so what they judged says nothing of how often anything is met. It says how
likely a pattern, once met, is one person. Only that is learnt: for each level a correction in powers of two, held near
nothing by the judgements that are not there, so that a few cannot overturn what many pairs taught.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, log2
from typing import NamedTuple
from uuid import UUID

from onrecord.linkage.rules.fair import WIDEST, Tradition, by_tradition, gap
from onrecord.linkage.rules.levels import COMPARISONS
from onrecord.linkage.rules.mixture import MISSING, Pattern
from onrecord.linkage.rules.scales import SHOWN, Scales, Worth, weigh
from onrecord.linkage.rules.threshold import EVEN, probability

SPREAD = 1.0
"""How far a correction usually lies from nothing, before any judgement is read (a power of two)."""
MOST = 3.0
"""No correction is more than this: eight times likelier, or less likely."""
TURNS = 40
FEWEST = 20
"""Of fewer pairs that are one person, or that are two, nothing is measured, and so nothing is adopted."""


class Lesson(NamedTuple):
    """A pair that somebody judged, made comparable: whose, on what it agrees, among how many, what was said."""

    person: UUID
    """The least mention of all that the judged pairs tie together, so that no child is both learnt from and measured"""
    pattern: Pattern
    known: int
    same: bool
    names: tuple[str, ...] = ()
    """The naming traditions of the two last names, of a pair that somebody judged the same."""


@dataclass(frozen=True)
class Measured:
    """How well a model tells the judged pairs that it was not taught by."""

    same: int
    found: int
    linked: int
    loss: float
    """What an answer cost on average, in powers of two: how little a model expected what people said."""
    traditions: tuple[Tradition, ...]

    @property
    def precision(self) -> float:
        """Of the pairs it holds to be one person, the share that are."""
        return self.found / self.linked if self.linked else 1.0

    @property
    def recall(self) -> float:
        """Of the pairs that are one person, the share that it holds to be."""
        return self.found / self.same if self.same else 1.0


@dataclass(frozen=True)
class Taught:
    """A model that was taught, beside the one in use: its corrections, and how both do on what neither was taught."""

    corrections: Worth
    learnt_from: int
    held_out: int
    before: Measured
    after: Measured
    dropped: int
    """Pairs that the model in use shows and this one would not, of all that were looked at."""

    @property
    def worse(self) -> tuple[str, ...]:
        """Why it must not be adopted, in words; nothing where it may be."""
        return tuple(words for words, holds in _faults(self).items() if holds)

    @property
    def by_two(self) -> bool:
        """Whether two have to agree: somebody who is shown now would be shown no more, or fairness is not known."""
        return self.dropped > 0 or not self.after.traditions


def split(lessons: Iterable[Lesson]) -> tuple[list[Lesson], list[Lesson]]:
    """The pairs to learn from and the pairs to measure by, one half of the children each, the same each time."""
    learn: list[Lesson] = []
    hold: list[Lesson] = []
    for lesson in lessons:
        (hold if lesson.person.int % 2 else learn).append(lesson)
    return learn, hold


def corrections(lessons: Sequence[Lesson], scales: Scales) -> Worth:
    """The corrections that make what people said likeliest, each held near nothing. Newton's way, one at a time."""
    weights = [weigh(scales, one.pattern, one.known).weight for one in lessons]
    found = [[0.0] * len(one.levels) for one in COMPARISONS]
    met: dict[tuple[int, int], list[int]] = {}
    for number, lesson in enumerate(lessons):
        for place, level in enumerate(lesson.pattern):
            if level != MISSING:
                met.setdefault((place, level), []).append(number)
    for _ in range(TURNS):
        for (place, level), numbers in met.items():
            now = found[place][level]
            after = max(-MOST, min(MOST, now + _step(now, [(weights[one], lessons[one].same) for one in numbers])))
            for one in numbers:
                weights[one] += after - now
            found[place][level] = after
    return tuple(tuple(levels) for levels in found)


def _step(now: float, said: Iterable[tuple[float, bool]]) -> float:
    slope, bend = -now / SPREAD**2, 1 / SPREAD**2
    for weight, same in said:
        likely = probability(weight)
        slope += log(2) * (same - likely)
        bend += log(2) ** 2 * likely * (1 - likely)
    return slope / bend


def measured(lessons: Sequence[Lesson], scales: Scales) -> Measured:
    """How well a model tells these pairs."""
    weights = [weigh(scales, one.pattern, one.known).weight for one in lessons]
    linked = [weight >= EVEN for weight in weights]
    found = sum(link and one.same for link, one in zip(linked, lessons, strict=True))
    likely = (min(1 - 1e-9, max(1e-9, probability(weight))) for weight in weights)
    costs = [-log2(chance if one.same else 1 - chance) for chance, one in zip(likely, lessons, strict=True)]
    loss = sum(costs) / len(costs) if costs else 0.0
    return Measured(sum(one.same for one in lessons), found, sum(linked), loss, _fairly(lessons, linked))


def taught(
    lessons: Sequence[Lesson], shipped: Scales, in_use: Scales, unjudged: Sequence[tuple[Pattern, int]]
) -> Taught:
    """Teach the shipped model by half of the children, and hold it against the model in use by the other half."""
    learn, hold = split(lessons)
    made = corrections(learn, shipped)
    new = shipped._replace(judged=made)
    looked_at = [(one.pattern, one.known) for one in lessons if one.same] + list(unjudged)
    dropped = sum(weigh(in_use, *one).weight >= SHOWN > weigh(new, *one).weight for one in looked_at)
    return Taught(made, len(learn), len(hold), measured(hold, in_use), measured(hold, new), dropped)


def _faults(made: Taught) -> Mapping[str, bool]:
    before, after = made.before, made.after
    few = min(after.same, made.held_out - after.same) < FEWEST
    return {
        f"Too few pairs were judged to measure it: {FEWEST} of one child and {FEWEST} of two are the least.": few,
        "It expects less well what people said.": not few and after.loss >= before.loss,
        "It would recognise fewer children.": after.recall < before.recall,
        "It would take more people for one who are two.": after.precision < before.precision,
        f"Naming traditions would lie more than {WIDEST:.0%} apart.": gap(after.traditions) > WIDEST,
    }


def _fairly(lessons: Sequence[Lesson], linked: Sequence[bool]) -> tuple[Tradition, ...]:
    """Each naming tradition with enough pairs."""
    ends = {2 * place: one for place, one in enumerate(lessons)}
    person = {end + side: f"{end}" if one.same else f"{end + side}" for end, one in ends.items() for side in (0, 1)}
    named = {end + side: name for end, one in ends.items() for side, name in enumerate(one.names)}
    pairs = [(end, end + 1) for end, link in zip(ends, linked, strict=True) if link]
    return tuple(by_tradition(pairs, person, named))
