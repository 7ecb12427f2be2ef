"""Who is trained for what they say, and who says that somebody is."""

from datetime import datetime, timedelta

from onrecord.access.facts import TrainingHeld
from onrecord.access.queries import trained, viewer_of
from onrecord.access.rules import Denied, Viewer, may_propose
from onrecord.ledger.facts import Fact
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.facts.wrong import Refused, Wrong

A_YEAR = timedelta(days=366)
NOT_TRAINED = (
    "“{title}” is for people who were trained to answer children, with the training on record and not run out. "
    "A manager proposes it, and a second person of another agency agrees."
)
NOT_YOURS = "Training is proposed by a manager of the agency in which the person works, and never of oneself."
TOO_LATE = "Choose a day that is still to come, and at most a year from now."


def check_training(viewer: Viewer, fact: Fact, now: datetime) -> None:
    """Raise Denied where whoever does what is said does not hold the training for it; Refused for a wrong day."""
    who = str(getattr(fact, fact.hands_to)) if fact.hands_to else viewer.user
    if fact.trained and not trained(who, fact.trained, now):
        raise Denied(NOT_TRAINED.format(title=fact.title))
    if not isinstance(fact, TrainingHeld):
        return
    held = viewer_of(fact.user)
    if held is None or fact.user == viewer.user or not any(may_propose(viewer, one.agency) for one in held.holdings):
        raise Denied(NOT_YOURS)
    today = now.astimezone(HERE).date()
    if not today <= fact.until <= today + A_YEAR:
        raise Refused((Wrong("until", fact.until.isoformat(), TOO_LATE, "within a year"),))
