"""When the watch has something to look at next."""

from datetime import datetime

from onrecord.duties.models import Owed
from onrecord.duties.rules.fold import OPEN


def next_look(after: datetime) -> datetime | None:
    """The first moment after `after` at which a step of an open duty could be taken; None when there is none.

    What waits for a second missed duty or for the weekly digest stands at an earlier moment and is not told here.
    """
    rows = Owed.objects.filter(state=OPEN, look_at__gt=after).order_by("look_at")
    return rows.values_list("look_at", flat=True).first()
