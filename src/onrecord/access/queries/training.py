"""Who is trained for what, today."""

from datetime import date, datetime

from onrecord.access.facts import TrainingHeld
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.queries import envelopes, threads
from onrecord.ledger.rules.effect import standing

ALL = 1_000_000


def trained(user: str, sort: str, now: datetime) -> bool:
    """Whether somebody's training was agreed to by two, and is not to be looked at again yet."""
    asked = {"user": user, "sort": sort}
    uids = [row.uid for row in envelopes([TrainingHeld.kind], newest=ALL) if asked.items() <= row.coded.items()]
    counting = standing(threads(uids), now) if uids else []
    last = next((line for line, _ in reversed(counting) if line.kind == TrainingHeld.kind), None)
    return last is not None and now.astimezone(HERE).date() <= date.fromisoformat(str(last.coded["until"]))
