"""How a child's file is restricted now: by whom, why, who opens it, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from onrecord.access.facts import FileRestricted, RestrictionLifted, RestrictionReviewed
from onrecord.access.queries import called, names
from onrecord.duties.queries.thread import by_whom
from onrecord.ledger.queries import entries
from onrecord.ledger.rules.effect import Line, answered_in, standing


@dataclass(frozen=True)
class Restricted:
    """A restriction in force. `waits` where it is proposed to lift it."""

    entry: UUID
    fact: FileRestricted
    by: str
    agency: str
    at: datetime
    users: tuple[str, ...]
    until: date
    waits: bool


def restrictions(known: Sequence[Line], now: datetime) -> list[Restricted]:
    """Every restriction in force of a child's file, the oldest first. `known` are the lines of the file."""
    counting = [line for line, _ in standing(known, now)]
    lifted = {target for line in counting if line.kind == RestrictionLifted.kind for target in line.regarding}
    sources = [line.id for line in counting if line.kind == FileRestricted.kind and line.id not in lifted]
    made = entries(sources) if sources else []
    users = {user for one in made for user in (*getattr(one.saying.fact, "users", ()), one.saying.by)}
    spoken = names(users) if users else {}
    return [
        Restricted(
            entry=one.id,
            fact=fact,
            by=by_whom(one, spoken),
            agency=called(one.saying.agency),
            at=one.recorded_at,
            users=tuple(spoken.get(user, user) for user in fact.users),
            until=_until([line for line in known if one.id in line.regarding], fact.until, now),
            waits=_waits(known, one.id),
        )
        for one in made
        if isinstance(fact := one.saying.fact, FileRestricted)
    ]


def _until(answers: Sequence[Line], first: date, now: datetime) -> date:
    """By which day it is looked at again: the one that was said last."""
    reviews = [line for line, _ in standing(answers, now) if line.kind == RestrictionReviewed.kind]
    return date.fromisoformat(str(reviews[-1].coded["until"])) if reviews else first


def _waits(known: Sequence[Line], uid: UUID) -> bool:
    """Whether it is proposed to lift it, and nobody has answered."""
    answered = answered_in(known)
    lifts = [line for line in known if line.kind == RestrictionLifted.kind and uid in line.regarding]
    return any(line.id not in answered for line in lifts)
