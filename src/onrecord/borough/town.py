"""The invented borough in play: its story, its chance, what is still to happen, and working hours."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from random import Random

from onrecord.borough.agenda import Agenda
from onrecord.borough.children import Children
from onrecord.borough.play import Play
from onrecord.ledger.facts.fields import HERE

OPENS, CLOSES, SATURDAY = 8, 18, 5


@dataclass
class Town:
    """A borough that is being played up to `now`. `scale` is its size; 100 is the whole borough."""

    play: Play
    chance: Random
    children: Children
    now: datetime
    scale: int = 100
    agenda: Agenda = field(default_factory=Agenda)

    def many(self, number: int) -> int:
        """How many of something a borough of this size has; at least one."""
        return max(1, number * self.scale // 100)

    def some(self, percent: int) -> bool:
        """Yes in so many cases of a hundred."""
        return self.chance.randrange(100) < percent

    def at(self, moment: datetime, event: Callable[..., object], *given: object) -> None:
        """Put down what happens at a moment; a moment that has passed is refused."""
        if moment < self.play.at:
            raise ValueError(f"{moment} is before {self.play.at}")
        self.agenda.put(moment, partial(event, *given))

    def after(self, least: float, most: float, event: Callable[..., object], *given: object) -> None:
        """Put down what happens in working hours, between `least` and `most` hours from now on."""
        span = timedelta(minutes=self.chance.randrange(int(least * 60), int(most * 60)))
        self.at(self.working(self.play.at + span), event, *given)

    def working(self, moment: datetime) -> datetime:
        """The moment itself in working hours, else one in the next working morning."""
        local = moment.astimezone(HERE)
        if local.hour < OPENS or local.hour >= CLOSES or local.weekday() >= SATURDAY:
            day = local.date() + timedelta(days=local.hour >= CLOSES)
            while day.weekday() >= SATURDAY:
                day += timedelta(days=1)
            minutes = timedelta(minutes=self.chance.randrange(15, 180))
            local = datetime(day.year, day.month, day.day, OPENS, tzinfo=HERE) + minutes
        return max(moment, local.astimezone(moment.tzinfo))

    def run(self, progress: Callable[[datetime], None]) -> None:
        """Let everything happen that comes before `now`, with the watch looking in between."""
        while (following := self.agenda.next(self.now)) is not None:
            moment, event = following
            self.play.until(moment)
            event()
            progress(moment)
        self.play.until(self.now)
