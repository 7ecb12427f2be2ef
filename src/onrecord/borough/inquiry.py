"""The inquiry: rows of the failure list, each played in a store of its own, and what the record made of it."""

import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from typing import Protocol, cast

from onrecord.access.facts import SeatConfirmed
from onrecord.borough import rows
from onrecord.borough.play import Play
from onrecord.borough.raised import Raised, agency_names, raised, seat
from onrecord.borough.store import fresh_store, template
from onrecord.duties.facts import LoweringReread
from onrecord.ledger.facts import Entry
from onrecord.ledger.queries import every
from onrecord.ledger.rules.machine import MACHINE
from onrecord.ledger.rules.sentence import sentence

ORIGIN = "demo.inquiry.onrecord.example"
START = datetime(2026, 10, 5, 8, tzinfo=UTC)
"""A Monday. Fixed, so that a story played again says the same, byte for byte."""
UNPLAYED = frozenset({SeatConfirmed.kind, LoweringReread.kind})
"""What the people outside say by themselves: that they are still there, and what they read again."""
OF = 94
"""The rows of the failure list."""


class Scenario(Protocol):
    """A row's story: what fails, and how the same is done properly."""

    ROW: int
    TITLE: str

    def story(self, play: Play, enacted: bool) -> None:
        """Play it: with the failure if `enacted`, else done properly."""


@dataclass(frozen=True)
class Recorded:
    """Something that was recorded, or tried and refused: when, by whom, in a sentence."""

    at: datetime
    by: str
    words: str


@dataclass(frozen=True)
class Played:
    """A row that was played."""

    row: int
    title: str
    recorded: tuple[Recorded, ...]
    raised: tuple[Raised, ...]

    @property
    def caught(self) -> bool:
        """Whether the failure was raised, and somebody outside was told."""
        return any(told.outside for item in self.raised for told in item.told)


def scenarios() -> dict[int, Scenario]:
    """Every row that can be played, by its number."""
    names = [found.name for found in pkgutil.iter_modules(rows.__path__)]
    made = [cast(Scenario, import_module(f"{rows.__name__}.{name}")) for name in names]
    return {scenario.ROW: scenario for scenario in sorted(made, key=lambda scenario: scenario.ROW)}


def play_rows(
    wanted: Sequence[int],
    *,
    enacted: bool = True,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> list[Played]:
    """Play these rows, each in a fresh store. Raises KeyError for a row that has no story."""
    stories = [scenarios()[row] for row in wanted]
    found = []
    with template(ORIGIN, START) as made:
        for done, story in enumerate(stories, start=1):
            with fresh_store(made):
                found.append(play_one(story, enacted))
            progress(done, len(stories))
    return found


def play_one(story: Scenario, enacted: bool) -> Played:
    """Play one story in the store that stands ready, and read from the record what was raised."""
    play = Play(f"inquiry/{story.ROW}/{enacted}", START)
    story.story(play, enacted)
    play.look()
    return Played(story.ROW, story.TITLE, tuple(_recorded(play)), tuple(raised(play.at)))


def _recorded(play: Play) -> list[Recorded]:
    """What people said in the story, and what they tried, in order; but what the people outside say of themselves."""
    names = agency_names()
    said = [
        Recorded(entry.recorded_at, seat(entry.saying.role, entry.saying.agency, names), _words(entry))
        for batch in every()
        for entry in batch
        if entry.saying.by != MACHINE and entry.recorded_at > START and entry.kind not in UNPLAYED
    ]
    tried = [Recorded(at, play.seat(user, names), f"Refused. {words}") for at, user, words in play.refused]
    return sorted([*tried, *said], key=lambda made: made.at)


def _words(entry: Entry) -> str:
    """The entry in a sentence; a proposal says that it is one."""
    said = " ".join(sentence(entry).split())
    return f"Proposed, without effect until a second person agrees: {said}" if entry.proposed else said
