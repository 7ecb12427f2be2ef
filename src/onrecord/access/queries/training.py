"""Who is trained for what, today."""

from datetime import date, datetime

from onrecord.access.facts import TrainingHeld
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.queries import envelopes, threads
from onrecord.ledger.rules.effect import standing


def trained(user: str, sort: str, now: datetime) -> bool:
    """Whether somebody's training was agreed to by two, and is not to be looked at again yet."""
    return user in _held({"user": user, "sort": sort}, now)


def all_trained(sort: str, now: datetime) -> set[str]:
    """Everybody whose training was agreed to by two, and is not to be looked at again yet."""
    return _held({"sort": sort}, now)


def _held(asked: dict[str, str], now: datetime) -> set[str]:
    uids = [row.uid for row in envelopes([TrainingHeld.kind]) if asked.items() <= row.coded.items()]
    counting = standing(threads(uids), now) if uids else []
    until = {
        str(line.coded["user"]): str(line.coded["until"]) for line, _ in counting if line.kind == TrainingHeld.kind
    }
    today = now.astimezone(HERE).date()
    return {user for user, day in until.items() if today <= date.fromisoformat(day)}
