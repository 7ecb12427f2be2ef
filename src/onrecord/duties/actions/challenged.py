"""A challenge that is raised in time sets a lowering aside; once it has ended without agreement, that counts again."""

from dataclasses import replace
from datetime import datetime
from uuid import uuid5

from onrecord.duties.facts import DisagreementContinued, DisagreementRaised, DisagreementSettled, StageAnswered
from onrecord.duties.queries.adopted import adopted
from onrecord.duties.rules.fold import SPACE
from onrecord.duties.rules.window import Window, moves
from onrecord.ledger.actions import append
from onrecord.ledger.facts import CountsAgain, Entry, SetAside
from onrecord.ledger.queries import above, lines, threads, untaken
from onrecord.ledger.rules.machine import machine_saying

MOVES = frozenset({one.kind for one in (DisagreementRaised, DisagreementContinued, DisagreementSettled, StageAnswered)})
"""What can change how a challenge stands."""


def follow_challenge(made: Entry, now: datetime) -> None:
    """Set aside, or let count again, every lowering whose challenge this entry raises, goes on with, or ends."""
    if made.kind not in MOVES:
        return
    raised = [line for line in above([made.id]) if line.kind == DisagreementRaised.kind]
    about = [target for line in raised for target in line.regarding]
    over = [target for line in lines(about) for target in line.regarding]
    for window, aside in moves(threads([*about, *over]), adopted(), now):
        _say(window, made, aside=aside, now=now)


def _say(window: Window, made: Entry, *, aside: bool, now: datetime) -> None:
    fact = SetAside(why="challenged") if aside else CountsAgain(why="ended")
    uid = untaken(uuid5(SPACE, f"{fact.kind}/{window.proposal}/{made.id}"), fact.kind)
    said = machine_saying(fact, now, uid=uid, about=window.taken.mentions, regarding=(window.proposal,))
    append([replace(said, agency=window.taken.agency)])
