"""Reports that were set aside because nothing in them is about a child: counted, read and brought back."""

from datetime import datetime

from onrecord.access.rules import Viewer, check_decide
from onrecord.intake.facts import SET_ASIDE
from onrecord.intake.models import Report
from onrecord.intake.queries import Waiting, opened


def how_many_aside() -> int:
    """How many reports stand set aside now, by two people's agreement."""
    return Report.objects.filter(outcome=SET_ASIDE).count()


def set_aside(viewer: Viewer, now: datetime, first: int = 0, most: int = 100) -> list[Waiting]:
    """Reports that stand set aside, the newest first, opened: a decision on one brings it back. Raises Denied."""
    check_decide(viewer)
    rows = Report.objects.filter(outcome=SET_ASIDE, route="front_door").order_by("-seq")
    return opened(viewer, list(rows[first : first + most]), now)
