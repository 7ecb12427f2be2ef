"""Python's cycle collector: it looks at every value that stands, again and again, and finds little.

It is paused while a million plain values are made, which hold no cycles, and looks seldom in a process that serves.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

NEW, YOUNG, OLD = 50_000, 20, 100
"""How many new values, looks at those, and looks at what outlived them it waits for. An answer makes a few thousand."""


def seldom() -> None:
    """Never look again at what stands now, the program itself, and at the rest a hundredth as often.

    A tenth of the cost of a page was to look at the program's own classes.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW, YOUNG, OLD)


@contextmanager
def paused() -> Iterator[None]:
    """Inside, no cycles are collected. Put back as it was afterwards."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
