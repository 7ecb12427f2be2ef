"""When the watch has something to look at next."""

from datetime import datetime

from onrecord.duties.models import Owed
from onrecord.duties.rules.fold import OPEN
from onrecord.ledger.gateway.rows import fetch

LOOK_AT = [field.name for field in Owed._meta.concrete_fields].index("look_at")


def next_look(after: datetime) -> datetime | None:
    """The first moment after `after` at which a step of an open duty could be taken; None when there is none.

    What waits for a second missed duty or for the weekly digest stands at an earlier moment and is not told here.
    """
    found = fetch(Owed, "WHERE t.state = %s AND t.look_at > %s ORDER BY t.look_at LIMIT 1", [OPEN, after])
    return found[0][LOOK_AT] if found else None
