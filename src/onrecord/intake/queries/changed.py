"""What came to a report after it was compared with those who work here, so that it is compared again."""

from uuid import UUID

from onrecord.intake.facts import OriginalKept
from onrecord.ledger.facts import Corrected, Door
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.queries import since


def changed(after: int, most: int) -> list[tuple[int, UUID]]:
    """What puts an entry right, is kept with one or was added to it, after a number: its number, and that entry."""
    later = (made.kind for made in catalogue().values() if made.door is Door.PUBLIC and made.told_us)
    rows = since([Corrected.kind, OriginalKept.kind, *later], after, most)
    return [(row.seq, row.regarding[0]) for row in rows]
