"""The template from which each story gets a store of its own. It is made once."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from onrecord.borough.inquiry import ORIGIN, START, Played, play_one, scenarios
from onrecord.borough.store import fresh_store, template


@pytest.fixture(scope="session")
def made(django_db_blocker: object) -> Iterator[Path]:
    """A record just set up with the whole cast."""
    with django_db_blocker.unblock(), template(ORIGIN, START) as folder:  # type: ignore[attr-defined]
        yield folder


@pytest.fixture(scope="session")
def played(made: Path) -> Callable[[int, bool], Played]:
    """What a row's story came to, with the failure or done properly. Each is played once."""

    @cache
    def play(row: int, enacted: bool) -> Played:
        with fresh_store(made):
            return play_one(scenarios()[row], enacted)

    return play
