"""What whoever writes without signing in is promised, by the rules in force."""

from datetime import datetime

from django.utils.timezone import get_default_timezone

from onrecord.access.queries import holders, seat_agency
from onrecord.duties.queries.adopted import rulebook_in_force
from onrecord.rulebook.facts import OUTSIDE
from onrecord.rulebook.rules import due_at, value_on

ACKNOWLEDGE = "acknowledge-referral"
INSTRUCTION = "instruction-not-to-report"


def heard_by(now: datetime) -> datetime | None:
    """By when whoever writes at a door now is told that it was read, as the rule in force counts it; None for no rule.

    It is asked of the law and never of a child: the answer is the same whoever is written about.
    """
    return _due(ACKNOWLEDGE, now)


def looked_into_by(now: datetime) -> datetime | None:
    """By when somebody outside says what came of an instruction not to report that is said now; None for no rule."""
    return _due(INSTRUCTION, now)


def read_outside() -> list[str]:
    """Who outside reads what is said past everybody inside, by sign-in name. Nobody, while the seat is empty."""
    return holders("scrutineer", seat_agency("scrutineer", OUTSIDE) or "")


def _due(name: str, now: datetime) -> datetime | None:
    book = rulebook_in_force(now)
    rule = next((rule for rule in book.rules if rule.id == name), None) if book else None
    value = value_on(rule.within, now.astimezone(get_default_timezone()).date()) if rule else None
    return due_at(value.term, now, book.calendar) if book and value and value.term else None
