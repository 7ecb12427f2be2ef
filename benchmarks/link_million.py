"""Linking a million invented records from end to end: reading, making comparable, learning, joining, writing."""

import resource
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.link import LEAST, linked
from benchmarks.people_made import population
from benchmarks.store import Figure, scaled

MINUTES, GIBIBYTES = 3, 24


def run() -> list[Figure]:
    """How long it takes, how much memory it needs, and how good it is."""
    made = population(scaled(1_000_000))
    with TemporaryDirectory() as folder:
        f1, _, took = linked(made, Path(folder), fair=False)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    name = f"{len(made):,} records"
    return [
        Figure(f"{name}, end to end", round(took, 1), "s", f"under {60 * MINUTES}", took < 60 * MINUTES),
        Figure(f"{name}: memory", round(peak, 1), "GiB", f"under {GIBIBYTES}", peak < GIBIBYTES),
        Figure(f"{name}: F1", round(f1, 4), "", f"at least {LEAST}", f1 >= LEAST),
    ]
