"""What was learnt, as one versioned file: shares, weights, the threshold, and of what data. No value of any record."""

from dataclasses import dataclass
from datetime import datetime
from math import log2
from typing import Any

from onrecord.linkage.rules.levels import APART, COMPARISONS, KEYS
from onrecord.linkage.rules.mixture import Weights
from onrecord.linkage.rules.threshold import Expected

VERSION = 1


@dataclass(frozen=True)
class Made:
    """Of what a model was made: when, of how many records and lists, and how many pairs were held together."""

    at: datetime
    records: int
    lists: int
    pairs: int


def model_of(weights: Weights, made: Made, at: Expected) -> dict[str, Any]:
    """The model as it is stored."""
    return {
        "version": VERSION,
        "made": {"at": made.at.isoformat(), "records": made.records, "lists": made.lists, "pairs": made.pairs},
        "estimated": {"same": round(weights.people), "household": round(weights.households), "all": weights.pairs},
        "threshold": {
            "weight": at.weight,
            "chosen": "the best balance of precision and recall that the weights themselves expect; no truth was used",
            "expected_precision": round(at.precision, 4),
            "expected_recall": round(at.recall, 4),
        },
        "comparisons": [_comparison(place, weights) for place in range(len(COMPARISONS))],
        "kept_apart": [f"{name}: {code}" for name, code in APART],
        "keys": [list(keys) for keys in KEYS],
        "frequencies": "dropped: how often a name or a date stands in the lists is counted afresh each time",
    }


def worth(weights: Weights, place: int, level: int) -> tuple[float, float]:
    """What one level adds or takes, against strangers and against one household (powers of two)."""
    same = weights.same[place][level]
    return log2(same / weights.strangers[place][level]), log2(same / weights.kin[place][level])


def _comparison(place: int, weights: Weights) -> dict[str, Any]:
    one = COMPARISONS[place]
    levels = []
    for at, level in enumerate(one.levels):
        chance, kin = worth(weights, place, at)
        shares = {name: getattr(weights, name)[place][at] for name in ("same", "kin", "strangers")}
        levels.append({"code": level.code, "words": level.words, **shares, "against_strangers": round(chance, 3),
                       "against_household": round(kin, 3)})  # fmt: skip
    return {"name": one.name, "levels": levels}
