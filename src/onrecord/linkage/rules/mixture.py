"""Learning, without any truth, how much each agreement is worth.

A pair of records is of one person, of two people of one household, or of two strangers. The third kind is what makes
most false links, and what the usual model (one person or chance) cannot say: brothers, sisters and twins share a last
name, a home and a phone as one person does. How often strangers agree is counted from random pairs and stays fixed; the
other two are learnt by expectation and maximisation over the patterns of agreement that were met, each held near its
starting share by a few invented pairs, so that a short list cannot talk it into anything.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log2, pow

from onrecord.linkage.rules.levels import COMPARISONS, HOUSEHOLDS

MISSING = -1
ROUNDS, HELD, CLOSE = 60, 40.0, 1e-5
LEAST = 1e-6
ALWAYS = 0.2
"""What a household looks like is held by more invented pairs, a fifth of those of one person: where lists hold none,
two neighbours must not be taken for one."""
DOUBT = 5.0
"""So many pairs of one household are always allowed for: a short list cannot show that it holds none."""
LEFT = 0.03
"""However much of an agreement is explained by people and households, this share of it is left to chance."""

Pattern = tuple[int, ...]
"""For each comparison the place of the level that two records meet, the best being 0; MISSING for no answer."""
Shares = tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Weights:
    """What was learnt: for each level its share among one person, one household and strangers, and how many of each."""

    same: Shares
    kin: Shares
    strangers: Shares
    people: float
    households: float
    pairs: float

    @property
    def guarded(self) -> bool:
        """Whether these lists hold households, so that brothers, sisters and twins have to be kept apart."""
        return self.households + DOUBT > HOUSEHOLDS * self.people

    def odds(self, pattern: Pattern) -> tuple[float, float]:
        """How much likelier one person is than strangers, and than one household, in powers of two."""
        return (
            log2(self.people / self.pairs) + _said(self.same, self.strangers, pattern),
            log2(self.people / self.households) + _said(self.same, self.kin, pattern),
        )

    def likely(self, pattern: Pattern) -> float:
        """How likely it is one person, before rare names are looked at."""
        stranger, kin = self.odds(pattern)
        return 1 / (1 + pow(2, -stranger) + pow(2, -kin))


def beginning(strangers: Shares, pairs: float, records: int) -> Weights:
    """Where learning begins: one other record for every two, and as many pairs of one household."""
    same = tuple(tuple(level.same for level in one.levels) for one in COMPARISONS)
    kin = tuple(tuple(level.kin for level in one.levels) for one in COMPARISONS)
    count = max(1.0, records / 2)
    return Weights(_whole(same), _whole(kin), _whole(strangers), count, count, max(1.0, pairs))


def learn(
    met: Mapping[Pattern, int], begin: Weights, told: Callable[[int, int], None] = lambda done, of: None
) -> Weights:
    """The weights that explain best the patterns that were met. `told` hears how far it is."""
    weights = begin
    for turn in range(ROUNDS):
        told(turn, ROUNDS)
        after = _step(met, weights, begin)
        if max(_moved(after.same, weights.same), _moved(after.kin, weights.kin)) < CLOSE:
            return after
        weights = after
    return weights


def _step(met: Mapping[Pattern, int], weights: Weights, begin: Weights) -> Weights:
    same, kin = _held(begin.same, HELD), _held(begin.kin, HELD + ALWAYS * weights.people)
    people = households = 1.0
    for pattern, count in met.items():
        stranger, near = weights.odds(pattern)
        against, beside = pow(2, min(60.0, -stranger)), pow(2, min(60.0, -near))
        one = count / (1 + against + beside)
        two = one * beside
        people, households = people + one, households + two
        for place, level in enumerate(pattern):
            if level != MISSING:
                same[place][level] += one
                kin[place][level] += two
    known = zip(begin.strangers, weights.same, weights.kin, strict=True)
    chance = [_chance(*shares, (people, households, begin.pairs)) for shares in known]
    return Weights(_whole(same), _whole(kin), _whole(chance), people, households, begin.pairs)


def _chance(
    met: Sequence[float], same: Sequence[float], kin: Sequence[float], counts: tuple[float, float, float]
) -> list[float]:
    """How often strangers agree: what all pairs do, without those that are learnt to be no strangers."""
    people, households, pairs = counts
    levels = zip(met, same, kin, strict=True)
    return [max(level * LEFT, level - (people * one + households * two) / pairs) for level, one, two in levels]


def _held(shares: Shares, count: float) -> list[list[float]]:
    return [[share * count for share in levels] for levels in shares]


def _whole(shares: Sequence[Sequence[float]]) -> Shares:
    """Shares that add up to one, none of them nothing at all."""
    kept = [[max(share, LEAST * (sum(levels) or 1.0)) for share in levels] for levels in shares]
    return tuple(tuple(share / sum(levels) for share in levels) for levels in kept)


def _moved(one: Shares, other: Shares) -> float:
    pairs = zip(one, other, strict=True)
    return max(abs(first - second) for levels in pairs for first, second in zip(*levels, strict=True))


def _said(over: Shares, under: Shares, pattern: Pattern) -> float:
    return sum(
        log2(over[place][level] / under[place][level]) for place, level in enumerate(pattern) if level != MISSING
    )
