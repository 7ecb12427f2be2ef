"""When the watch has something to look at next."""

from datetime import datetime
from typing import Any, cast

from onrecord.duties.models import Owed
from onrecord.duties.rules.fold import OPEN
from onrecord.ledger.gateway.rows import fetch

DUE = "WHERE t.state = %s AND t.look_at IS NOT NULL AND (t.look_at <= %s OR t.wall IS NOT NULL)"
LOOK_AT = [field.name for field in Owed._meta.concrete_fields].index("look_at")


def next_look(after: datetime) -> datetime | None:
    """The first moment after `after` at which a step of an open duty could be taken; None when there is none.

    What waits for a second missed duty or for the weekly digest stands at an earlier moment and is not told here.
    """
    found = fetch(Owed, "WHERE t.state = %s AND t.look_at > %s ORDER BY t.look_at LIMIT 1", [OPEN, after])
    return found[0][LOOK_AT] if found else None


def to_look_at(now: datetime) -> list[Owed]:
    """The open duties whose next step could be due, and those behind a wall, which nobody may be there to answer."""
    rows = fetch(Owed, f"{DUE} ORDER BY t.look_at, t.key", [OPEN, now])
    return [Owed(*cast("Any", row)) for row in rows]
