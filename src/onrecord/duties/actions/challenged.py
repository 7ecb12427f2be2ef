"""A challenge sets a lowering aside that counts already, or as soon as it does; once it has ended without agreement,
that counts again."""

from dataclasses import replace
from datetime import datetime
from uuid import uuid5

from onrecord.duties.facts import DisagreementContinued, DisagreementRaised, DisagreementSettled, StageAnswered
from onrecord.duties.queries.adopted import adopted
from onrecord.duties.rules.fold import SPACE
from onrecord.duties.rules.window import Case, Window, moves
from onrecord.ledger.actions import append
from onrecord.ledger.facts import CountsAgain, Entry, Fact, Seconded, SetAside
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.queries import above, threads_about, untaken
from onrecord.ledger.rules.machine import machine_saying
from onrecord.linkage.queries import clusters

MOVES = frozenset(
    one.kind for one in (DisagreementRaised, DisagreementContinued, DisagreementSettled, StageAnswered, Seconded)
)
"""What can change how a challenge stands, or let something count past one."""


def follow_challenge(made: Entry, now: datetime) -> None:
    """Set aside, or let count again, every lowering whose challenge this entry raises, goes on with, or ends.

    What this entry itself lets count is set aside where a challenge to it stands already.
    """
    if made.kind not in MOVES:
        return
    named = {one for line in above([made.id]) for one in line.mentions}
    people = clusters(named) if named else {}
    everybody = {one for mention, same in people.items() for one in {mention, *same}}
    known = threads_about(everybody) if everybody else []
    for window, aside in list(moves(known, adopted(), now, Case(people, *_judging()))):
        _say(window, made, aside=aside, now=now)


def _judging() -> tuple[frozenset[str], frozenset[str]]:
    """The kinds that say what the worry is, how serious it is or what is decided; and those that say how serious."""
    kinds = catalogue().values()
    ranked = frozenset(made.kind for made in kinds if _ranked(made))
    return ranked | {made.kind for made in kinds if made.opens_concern or made.ends_concern}, ranked


def _ranked(made: type[Fact]) -> bool:
    options = (made.options(name) for name in made.model_fields)
    return any(found is not None and found.ranked for found in options)


def _say(window: Window, made: Entry, *, aside: bool, now: datetime) -> None:
    fact = SetAside(why="challenged") if aside else CountsAgain(why="ended")
    uid = untaken(uuid5(SPACE, f"{fact.kind}/{window.proposal}/{made.id}"), fact.kind)
    said = machine_saying(fact, now, uid=uid, about=window.taken.mentions, regarding=(window.proposal,))
    append([replace(said, agency=window.taken.agency)])
