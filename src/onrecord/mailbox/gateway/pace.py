"""An even pace: an answer about words leaves at the same beat, whatever was found."""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager

BEAT = 0.25
"""Seconds. Longer than opening a full box takes; so right, wrong and second words are answered at the same moment."""


@contextmanager
def evenly() -> Iterator[None]:
    """What is done inside ends at the next beat. It waits and refuses nobody: who has the right words is never shut
    out by others who guess.
    """
    began = time.monotonic()
    try:
        yield
    finally:
        spent = time.monotonic() - began
        time.sleep(math.ceil(spent / BEAT or 1) * BEAT - spent)
