"""What follows for a child's file: how long it stays open, and who must not know."""

from collections.abc import Iterable
from datetime import timedelta

from onrecord.case.facts import SafeContactSet
from onrecord.ledger.facts import Entry

GLASS_HOURS = 24
GLASS_LASTS = timedelta(hours=GLASS_HOURS)
"""How long a file stays open to somebody who does not work with the child."""
FOLLOWED_WITHIN = timedelta(days=7)
"""How soon after a search something should be recorded about a child that it found."""


def must_not_know(contacts: Iterable[Entry]) -> list[str]:
    """Everybody who must not know, in the order they were named. Only an agreed, shorter list leaves anybody out."""
    named: dict[str, None] = {}
    for made in contacts:
        fact = made.saying.fact
        if isinstance(fact, SafeContactSet):
            named = dict.fromkeys((*(() if made.proposed else named), *fact.must_not_know))
    return list(named)
