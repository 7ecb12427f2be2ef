"""What each agreement between two mentions is worth, from a model that the batch learnt, and how likely that makes it.

A pair may be of one person, of two strangers, or of two people of one household. Each is held against the first.
"""

from collections.abc import Mapping, Sequence
from math import log2, pow
from operator import getitem
from typing import Any, NamedTuple

from onrecord.linkage.rules.levels import APART, COMPARISONS
from onrecord.linkage.rules.mixture import Pattern

FEWEST = 10_000
"""A short record is no reason to be surer: at least so many strangers are always allowed for."""
SURE = 3.0
"""From this weight on, eight to one, a mention is shown without "could also be somebody else"."""
SHOWN = -7.0
"""Below this weight, one in a hundred and thirty, a mention that shares a key is not shown."""

KEPT_APART = frozenset(
    (place, level)
    for place, one in enumerate(COMPARISONS)
    for level, said in enumerate(one.levels)
    if (one.name, said.code) in APART
)
Worth = tuple[tuple[float, ...], ...]
"""For each comparison what each of its levels is worth, and last what no answer is worth: nothing."""


class Scales(NamedTuple):
    """A model made ready to weigh with: its version, the worth of each level, and what is likely beforehand."""

    version: str
    strangers: Worth
    household: Worth
    others: float
    """How many other records one record has of the same person."""
    kin: float
    """How many pairs of one person there are for each of one household (a power of two)."""
    judged: Worth = ()
    """What people's judgements taught of each level, on top of both; nothing where none were read."""


class Weight(NamedTuple):
    """What speaks for one person (in powers of two); `kin` when a brother, sister or twin is the likelier other.

    `apart` when the guard of the batch would never link them: another first name, or another birth date.
    """

    weight: float
    kin: bool
    apart: bool


class ModelUnfit(ValueError):
    """A stored model does not fit these comparisons."""


def scales_of(model: Mapping[str, Any], version: str) -> Scales:
    """A stored model, ready to weigh with. Raises ModelUnfit where its comparisons are not ours."""
    stands = [(one["name"], [level["code"] for level in one["levels"]]) for one in model["comparisons"]]
    if stands != [(one.name, [level.code for level in one.levels]) for one in COMPARISONS]:
        raise ModelUnfit("The model was learnt for other comparisons. Make it again with: onrecord link.")
    same, kin = model["estimated"]["same"], model["estimated"]["household"]
    return Scales(
        version=version,
        strangers=_worth(model["comparisons"], "strangers"),
        household=_worth(model["comparisons"], "kin"),
        others=2 * same / model["made"]["records"],
        kin=log2(same / max(1, kin)),
        judged=_judged(model["comparisons"]) if "taught" in model else (),
    )


def weigh(scales: Scales, pattern: Pattern, known: int) -> Weight:
    """How much an agreement speaks for one person, among so many mentions that are known."""
    chance = log2(scales.others / max(FEWEST, known)) + _sum(scales.strangers, pattern)
    kin = scales.kin + _sum(scales.household, pattern)
    apart = not KEPT_APART.isdisjoint(enumerate(pattern))
    lesson = _sum(scales.judged, pattern) if scales.judged else 0.0
    return Weight(lesson - log2(pow(2, -chance) + pow(2, -kin)), kin < chance, apart)


def _worth(comparisons: Sequence[Mapping[str, Any]], against: str) -> Worth:
    return tuple((*(log2(level["same"] / level[against]) for level in one["levels"]), 0.0) for one in comparisons)


def _judged(comparisons: Sequence[Mapping[str, Any]]) -> Worth:
    return tuple((*(level["judged"] for level in one["levels"]), 0.0) for one in comparisons)


def _sum(worth: Worth, pattern: Pattern) -> float:
    """What a pattern is worth. MISSING is the place of the last, which is worth nothing."""
    return sum(map(getitem, worth, pattern))
