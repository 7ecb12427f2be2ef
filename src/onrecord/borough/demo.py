"""The invented borough: eight months of a partnership's life, up to the present moment, played in seconds.

Everything goes through the actions of real use, in the order of time, with the watch looking in between. The same
`now` and seed give the same borough.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction

from onrecord.borough import lately, lives, meetings, objections, year
from onrecord.borough.cast import set_up
from onrecord.borough.children import Children
from onrecord.borough.play import Play
from onrecord.borough.town import Town
from onrecord.ledger.gateway.collector import paused
from onrecord.ledger.gateway.rows import one_connection
from onrecord.ledger.queries import size

SEED = 20261120
MONTHS = 8
SPAN = timedelta(days=243)
CHILDREN, LISTED, KNOWN, REPEATED, MISSING, LEAVERS = 95, 168, 50, 10, 26, 14
SECOND_LIST = 75
LATE = 2
"""The first children are decided late in a borough of any size; of all others chance decides."""
FATES = ("forgotten", "left")
"""What becomes of the first care leavers; the plans of all others are reviewed."""


def populate(
    now: datetime,
    progress: Callable[[int, int], None] = lambda done, of: None,
    *,
    scale: int = 100,
    seed: int = SEED,
) -> None:
    """Play the borough up to `now` (aware) in an empty record with tables and a demonstration's origin.

    `scale` is its size in per cent; 100 has more than 300 children and 2,000 facts. `progress` hears days done and
    days in all. All or nothing: an interrupted one leaves the record empty. Raises ValueError where it is not empty.
    """
    if size():
        raise ValueError("The borough is invented in an empty record, and this one holds facts.")
    now = now.astimezone(UTC)
    start = (now - SPAN).replace(hour=8, minute=0, second=0, microsecond=0)
    chance = Random(seed)  # noqa: S311  # invention, not secrecy: the same seed must give the same borough
    town = Town(Play(f"borough/{seed}", start, often=False), chance, Children(chance, now.date()), now, scale)
    with paused(), one_connection("default"), transaction.atomic(), transaction.atomic(using="reads"):
        set_up(start)
        _plan(town, start)
        town.run(lambda moment: progress((moment - start).days, SPAN.days))
    town.play.look()
    progress(SPAN.days, SPAN.days)


def _plan(town: Town, start: datetime) -> None:
    """Put down what begins in the year; what follows from it is put down as it happens."""
    children = [town.children.child() for _ in range(town.many(CHILDREN))]
    known = children[: town.many(KNOWN)]
    strangers = [town.children.child() for _ in range(town.many(LISTED - KNOWN))]
    town.at(start + timedelta(hours=2), year.census, town, known + strangers, "Children in Need census, first return")
    later = [town.children.child() for _ in range(town.many(SECOND_LIST))]
    town.at(town.now - timedelta(days=45), year.census, town, later, "Children in Need census, second return")
    for number, child in enumerate(children):
        town.at(_moment(town, start, 3), lives.life, town, child, "", "late" if number < LATE else "")
    for child in town.chance.sample(children, town.many(REPEATED)):
        for _ in range(town.chance.choice((1, 1, 2))):
            town.at(_moment(town, start, 3), lives.life, town, child)
    _plan_year(town, start, children)
    objections.plan(town, start)
    lately.plan(town, children)


def _plan_year(town: Town, start: datetime, children: list[dict[str, Any]]) -> None:
    """Meetings every month, children who come back from being missing, young people who leave care."""
    for month in range(MONTHS):
        town.at(town.working(start + timedelta(days=9 + 30 * month, hours=3)), meetings.panel, town)
    for _ in range(town.many(MISSING)):
        moment = start + timedelta(hours=town.chance.randrange(100, SPAN.days * 24 - 200))
        town.at(moment, year.returned, town, town.chance.choice(children))
    for number in range(max(3, town.many(LEAVERS))):
        young = town.children.child() | {"born": town.children.born(18, 18)}
        fate = FATES[number] if number < len(FATES) else "reviewed"
        town.at(_moment(town, start, 200), year.leaver, town, young, fate)


def _moment(town: Town, start: datetime, least_days_ago: int) -> datetime:
    """A working moment of the year, at least so many days ago."""
    hours = town.chance.randrange(30, (SPAN.days - least_days_ago) * 24)
    return town.working(start + timedelta(hours=hours))
