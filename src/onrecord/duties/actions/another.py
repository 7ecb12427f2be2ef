"""Somebody else was asked for: whoever answered until then does not do what those who answer do."""

from datetime import datetime

from onrecord.access.rules import Denied, Viewer
from onrecord.ledger.facts import Saying
from onrecord.ledger.queries import families
from onrecord.ledger.rules.effect import standing

ASIDE = (
    "The child asked for somebody else, and {who} answered before. “{title}” is for another person who is trained. "
    "Nobody has to say why."
)


def check_another(viewer: Viewer, saying: Saying, now: datetime) -> None:
    """Raise Denied where what is said would be done by somebody who was asked to step aside."""
    fact = saying.fact
    if not fact.steps_aside:
        return
    aside = fact.done_by(viewer.user) & _aside(saying, now)
    if aside:
        who = "you" if viewer.user in aside else "the person you name"
        raise Denied(ASIDE.format(who=who, title=fact.title))


def puts_back(saying: Saying, now: datetime) -> bool:
    """Whether this hands what was said back to somebody who was asked to step aside: it says that the child chose so.

    Nobody but the child knows that, so it is not one person's word.
    """
    fact = saying.fact
    return fact.steps_aside and bool(fact.hands_to) and getattr(fact, fact.hands_to) in _aside(saying, now)


def _aside(saying: Saying, now: datetime) -> frozenset[str]:
    """Whoever was asked to step aside, where this is said."""
    return saying.fact.barred(
        [(line.kind, line.by, line.coded) for line, _ in standing(families(saying.regarding), now)]
    )
