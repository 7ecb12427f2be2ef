"""When the watch has something to look at next."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from onrecord.duties.models import Owed
from onrecord.duties.queries.adopted import rulebook_in_force
from onrecord.duties.rules.fold import OPEN
from onrecord.ledger.gateway.rows import as_models, fetch, marks

DUE = f"WHERE t.state = '{OPEN}' AND t.look_at IS NOT NULL AND (t.look_at <= %s OR t.wall IS NOT NULL)"
LOOK_AT = [field.name for field in Owed._meta.concrete_fields].index("look_at")


def open_from(openings: Collection[UUID]) -> list[Owed]:
    """The open duties that these facts opened."""
    known = list(dict.fromkeys(openings))
    return as_models(Owed, f"WHERE t.opening IN ({marks(known)}) AND t.state = '{OPEN}'", known) if known else []


def waits_for_a_word(now: datetime) -> list[UUID]:
    """What opened each open duty that another agency's word may end: that people met as it is written down."""
    book = rulebook_in_force(now)
    asked = [rule.id for rule in (book.rules if book else ()) if any(match.vouched for match in rule.discharged_by)]
    rows = as_models(Owed, f"WHERE t.rule IN ({marks(asked)}) AND t.state = '{OPEN}'", asked) if asked else []
    return [row.opening for row in rows]


def next_look(after: datetime) -> datetime | None:
    """The first moment after `after` at which a step of an open duty could be taken; None when there is none.

    What waits for a second missed duty or for the weekly digest stands at an earlier moment and is not told here.
    """
    rows = fetch(Owed, f"WHERE t.state = '{OPEN}' AND t.look_at > %s ORDER BY t.look_at LIMIT 1", [after])
    return rows[0][LOOK_AT] if rows else None


def to_look_at(now: datetime) -> list[Owed]:
    """The open duties whose next step could be due, and those behind a wall, which nobody may be there to answer."""
    return as_models(Owed, f"{DUE} ORDER BY t.look_at, t.key", [now])


def due_about(mentions: Collection[UUID], alarm: str, now: datetime) -> list[Owed]:
    """What was due about these people by now, open or not, of one class of alarm."""
    known = list(dict.fromkeys(mentions))
    tail = f"WHERE t.mention IN ({marks(known)}) AND t.alarm = %s AND t.due_at <= %s"
    return as_models(Owed, tail, [*known, alarm, now]) if known else []
