"""What every page knows: who asks, whether this is a demonstration, and the way to the other pages."""

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from django.db import connection
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse

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
    led_by,
)
from onrecord.access.views import viewer_for
from onrecord.case.rules import MEETS
from onrecord.duties.queries import waiting
from onrecord.duties.views.erasing import may_see as may_see_erasures
from onrecord.duties.views.joint import CHAIRS, SIGNERS
from onrecord.ledger.facts import Begun
from onrecord.ledger.gateway.clock import is_demo, now
from onrecord.ledger.queries import envelopes
from onrecord.web.demo import STEPS
from onrecord.web.languages import spoken


class Way(NamedTuple):
    """A page in the menu: its address by name, its title, who sees it, what waits there, and pages that lie behind it.

    What lies behind is named by the beginning of its address; where nothing is said, by the page's own.
    """

    name: str
    title: str
    seen_by: Callable[[Viewer], bool]
    waits: str = ""
    behind: tuple[str, ...] | None = None


WAYS = (
    Way("front-door", "Front door", can_decide, "decisions"),
    Way("sealed-reports", "Sealed reports", can_read_sealed, "sealed"),
    Way("joint-list", "Joint list", lambda viewer: bool(viewer.roles & SIGNERS), "signatures"),
    Way("joint-list", "Joint list", lambda viewer: bool(viewer.roles & CHAIRS) and not viewer.roles & SIGNERS),
    Way("watch", "What is late", can_see_all_duties, "late"),
    Way("ledger", "Ledger", can_see_all_duties),
    Way("known-to-whom", "Known to whom", can_see_all_duties),
    Way("report", "Report", can_record, behind=()),
    Way("take-in", "Take in", can_record),
    Way("phone-note", "Note a call", can_decide),
    Way("my-reports", "My reports", can_record, behind=("/my-reports", "/report/")),
    Way("search", "Search", can_work_cases, behind=("/search", "/children/", "/case-worker/")),
    Way("meetings", "Meetings", lambda viewer: bool(viewer.roles & MEETS), behind=("/meetings/", "/calendar")),
    Way("people", "People", can_see_people),
    Way("my-duties", "My duties", lambda viewer: True, "mine"),
    Way("agency-duties", "Agency duties", lambda viewer: bool(led_by(viewer))),
    Way("caseload", "Caseload", lambda viewer: can_see_all_duties(viewer) or bool(led_by(viewer))),
    Way("record-else", "Record", can_record, behind=("/record/",)),
    Way("raised", "What I raised", can_record, behind=("/raised/", "/disagree/")),
    Way("told", "Who was told", lambda viewer: can_record(viewer) or can_see_all_duties(viewer)),
    Way("searches", "Searches", can_see_reads),
    Way("reads", "Reads", can_see_reads),
    Way("erasures", "Erasures", may_see_erasures),
    Way("notices", "Notices", lambda viewer: True),
)


def page(request: HttpRequest) -> dict[str, Any]:
    """The context of every page."""
    viewer = viewer_for(request) if hasattr(request, "user") else None
    context: dict[str, Any] = spoken()
    context |= {"demo": is_demo(), "partnership": _partnership(str(connection.settings_dict["NAME"]))}
    if context["demo"]:
        context |= {"demo_now": now(), "demo_steps": list(STEPS.items())}
    if viewer is None:
        return context
    seat = viewer.seat
    ways = [(_url(way.name, get_script_prefix()), way) for way in WAYS if way.seen_by(viewer)]
    counted = getattr(request, "onrecord_waiting", None) or waiting(viewer, now(), {way.waits for _, way in ways})
    current = _current(request.path, ways)
    nav = [(url, way.title, current.get(url, ""), counted.get(way.waits, 0)) for url, way in ways]
    context["may_record"] = can_record(viewer)
    return context | {"viewer": {"name": viewer.name, "post": post(seat.role, seat.agency)}, "nav": nav}


@cache
def _url(name: str, prefix: str) -> str:
    """The address of a page of the menu, which no page need look up again."""
    return reverse(name)


def _current(path: str, ways: list[tuple[str, Way]]) -> dict[str, str]:
    """Where in the menu a page lies: "page" for the page itself, "true" for the nearest one that it lies behind."""
    if any(url == path for url, _ in ways):
        return {path: "page"}
    behind = [(start, url) for url, way in ways for start in _behind(url, way) if path.startswith(start)]
    return {max(behind)[1]: "true"} if behind else {}


def _behind(url: str, way: Way) -> tuple[str, ...]:
    return (f"{url}/",) if way.behind is None else way.behind


_begun: dict[str, str] = {}


def _partnership(database: str) -> str:
    """Whose record this is, as its first entry says. It never changes; while there is none, it is asked again."""
    found = _begun.get(database) or next((str(row.coded["partnership"]) for row in envelopes([Begun.kind])), "")
    if found:
        _begun[database] = found
    return found
