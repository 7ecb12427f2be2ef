"""Whether a meeting may be a second signature: by its sort, by who came, by when it was."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any
from uuid import UUID

from onrecord.ledger.facts import Fact
from onrecord.ledger.rules.effect import Line
from onrecord.rulebook.facts import Calendar, Term
from onrecord.rulebook.rules import due_at

DISSENT, DISSENT_ANSWERED = "case.dissent_recorded", "case.dissent_answered"
SOON = Term(working_days=5)
"""How long a meeting's word is good for. Our own default: what was known then is soon not all that is known."""


def sorts_met(made: type[Fact], coded: Mapping[str, Any]) -> tuple[str, ...]:
    """The sorts of agency that came, where they made the meeting quorate and were two at least; else nothing."""
    needed = (made.quorum or {}).get(str(coded.get("sort")))
    came = frozenset(coded.get("came", ()))
    return tuple(sorted(came)) if needed is not None and needed <= came and len(came) > 1 else ()


def fresh(held: datetime, now: datetime, calendar: Calendar) -> bool:
    """Whether a meeting was held so lately that it may still sign."""
    return now < due_at(SOON, held, calendar)


def dissent_stands(lines: Iterable[Line], people: AbstractSet[UUID]) -> bool:
    """Whether somebody's dissent about these people, or about nobody by name, is among these lines unanswered."""
    given = list(lines)
    answered = {target for line in given if line.kind == DISSENT_ANSWERED for target in line.regarding}
    open_ = [line for line in given if line.kind == DISSENT and line.id not in answered]
    return any(not line.mentions or not people.isdisjoint(line.mentions) for line in open_)
