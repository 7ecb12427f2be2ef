"""What a challenge lets stand again: by when it is due, once what had answered it is without effect. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

from onrecord.duties.rules.law import Values
from onrecord.ledger.facts import SetAside
from onrecord.ledger.rules.effect import SETTING_ASIDE, Line, set_aside, standing


class Move(NamedTuple):
    """An answer that came to count at a moment, or that counted no more from it on."""

    at: datetime
    seq: int
    line: Line
    counts: bool


def moves(mattering: Sequence[Line], known_at: datetime) -> Mapping[int, list[Move]]:
    """By the number of the id of what it answers: how everything came to count that is without effect now, in order."""
    aside = set_aside(mattering, known_at)
    if not aside:
        return {}
    counted = standing([line for line in mattering if line.kind not in SETTING_ASIDE], known_at)
    answers = {line.id: Move(since, line.seq, line, counts=True) for line, since in counted if line.id in aside}
    found: dict[int, list[Move]] = defaultdict(list)
    for move in answers.values():
        for target in move.line.regarding:
            found[target.int].append(move)
    for line in mattering:
        for answer in (answers[uid] for uid in line.regarding if line.kind in SETTING_ASIDE and uid in answers):
            for target in answer.line.regarding:
                found[target.int].append(Move(line.recorded_at, line.seq, answer.line, line.kind != SetAside.kind))
    return {target: sorted(made, key=attrgetter("at", "seq")) for target, made in found.items()}


def due_again(limit: Values, due: datetime, moved: Iterable[Move], *, named: bool) -> datetime:
    """When it is due: in the time that was left when it was answered. While it was answered nobody was late."""
    counting: set[int] = set()
    closed = due
    for at, _, line, counts in moved:
        was = bool(counting)
        counting = counting | {line.seq} if counts else counting - {line.seq}
        if counting and not was:
            closed = at
        elif was and not counting:
            due = max(due, limit.again(closed, due, at, named=named))
    return due
