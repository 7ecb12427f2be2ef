"""What every page knows: who asks, whether this is a demonstration, and the way to the other pages."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.http import HttpRequest
from django.urls import reverse

from onrecord.access.queries import post
from onrecord.access.rules import (
    Viewer,
    can_decide,
    can_read_sealed,
    can_record,
    can_see_all_duties,
    can_see_people,
    can_see_reads,
    can_work_cases,
)
from onrecord.access.views import viewer_for
from onrecord.duties.queries import waiting
from onrecord.duties.views.joint import SIGNERS
from onrecord.ledger.facts import Begun
from onrecord.ledger.gateway.clock import is_demo, now
from onrecord.ledger.queries import envelopes
from onrecord.web.demo import STEPS


class Way(NamedTuple):
    """A page in the menu: its address by name, its title, who sees it, and what waits there."""

    name: str
    title: str
    seen_by: Callable[[Viewer], bool]
    waits: str = ""


WAYS = (
    Way("front-door", "Front door", can_decide, "decisions"),
    Way("sealed-reports", "Sealed reports", can_read_sealed, "sealed"),
    Way("joint-list", "Joint list", lambda viewer: bool(viewer.roles & SIGNERS), "signatures"),
    Way("watch", "What is late", can_see_all_duties, "late"),
    Way("report", "Report", can_record),
    Way("my-reports", "My reports", can_record),
    Way("search", "Search", can_work_cases),
    Way("people", "People", can_see_people),
    Way("my-duties", "My duties", lambda viewer: True, "mine"),
    Way("record-else", "Record", can_record),
    Way("searches", "Searches", can_see_reads),
    Way("reads", "Reads", can_see_reads),
    Way("notices", "Notices", lambda viewer: True),
)


def page(request: HttpRequest) -> dict[str, Any]:
    """The context of every page."""
    viewer = viewer_for(request) if hasattr(request, "user") else None
    context: dict[str, Any] = {"demo": is_demo(), "partnership": _partnership(str(connection.settings_dict["NAME"]))}
    if context["demo"]:
        context |= {"demo_now": now(), "demo_steps": list(STEPS.items())}
    if viewer is None:
        return context
    seat = viewer.seat
    counted = waiting(viewer, now())
    ways = [(reverse(way.name), way) for way in WAYS if way.seen_by(viewer)]
    nav = [(url, way.title, request.path == url, counted.get(way.waits, 0)) for url, way in ways]
    return context | {"viewer": {"name": viewer.name, "post": post(seat.role, seat.agency)}, "nav": nav}


@lru_cache(maxsize=8)
def _partnership(database: str) -> str:
    """Whose record this is, as its first entry says. It never changes."""
    return str(next((row.coded["partnership"] for row in envelopes([Begun.kind])), ""))
