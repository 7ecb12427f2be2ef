"""Above what weight two records are linked, chosen without any truth: by what the weights themselves expect."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import pow

STEPS = tuple(step / 2 for step in range(-8, 41))
"""The weights that are tried: from one in seventeen to near certainty."""
EVEN = 0.0
"""The weight at which right and wrong are equally likely. Nothing is linked below it."""


@dataclass(frozen=True)
class Expected:
    """What a threshold would do: how many links, how many of them right, and of all that could be found which share."""

    weight: float
    links: int
    right: float
    precision: float
    recall: float
    f1: float


def expected(weights: Iterable[tuple[float, float]], people: float) -> list[Expected]:
    """For each step what it would link, of weights with their counts; a weight says itself how likely it is right."""
    counted = list(weights)
    found = []
    for step in STEPS:
        above = [(weight, count) for weight, count in counted if weight >= step]
        links = sum(count for _, count in above)
        right = sum(count * probability(weight) for weight, count in above)
        all_there = max(people, right)
        f1 = 2 * right / (links + all_there) if links else 0.0
        found.append(Expected(step, round(links), right, right / links if links else 0.0, right / all_there, f1))
    return found


def chosen(steps: Sequence[Expected]) -> Expected:
    """The step with the best balance of what is found and what is right, of equals the lowest; never below even."""
    fair = [step for step in steps if step.weight >= EVEN]
    return max(fair, key=lambda step: (step.f1, -step.weight))


def probability(weight: float) -> float:
    """How likely a weight says it is that two records are one person."""
    return 1 / (1 + pow(2, -max(-60.0, min(60.0, weight))))
