"""Many facts at once, and the read tables made again from them: facts a second at 10,000 and at 100,000."""

import time
from datetime import timedelta

from benchmarks.append import case
from benchmarks.store import START, Figure, found_store, scaled
from onrecord.ledger.actions import append, rebuild
from onrecord.ledger.gateway.clock import playing

BATCH = 500
LINEAR = 1.5


def run() -> list[Figure]:
    """Append in batches of 500 in one transaction each; then rebuild; at two sizes, to see whether it stays linear."""
    found_store()
    figures, sizes = [], (scaled(10_000), scaled(100_000))
    bulk, again = {}, {}
    done = 0
    for size in sizes:
        start, first = time.process_time(), done
        with playing(START + timedelta(hours=1)):
            while done < size:
                sayings = [saying for number in range(done // 5, (done + BATCH) // 5) for saying in case(number)]
                append(sayings)
                done += len(sayings)
        bulk[size] = (done - first) / (time.process_time() - start)
        start = time.process_time()
        assert all(rebuild(check=True).values())
        again[size] = done / (time.process_time() - start)
        figures.append(_figure(f"facts appended in bulk up to {size:,}, CPU", bulk[size]))
        figures.append(_figure(f"facts rebuilt at {size:,}, CPU", again[size]))
    for name, found in (("bulk", bulk), ("rebuild", again)):
        slower = found[sizes[0]] / found[sizes[1]]
        words = f"{name}: time a fact, ten times the size"
        figures.append(Figure(words, round(slower, 2), "times", f"under {LINEAR}", slower < LINEAR))
    return figures


def _figure(name: str, speed: float) -> Figure:
    return Figure(name, round(speed), "facts/s", "1,000 or more", speed >= 1000)
