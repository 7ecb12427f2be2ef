"""How the record stands: what was signed, what was checked, and the newest entries without a word of them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onrecord.access.queries import called, names
from onrecord.access.rules import Viewer, check_see_all_duties
from onrecord.access.views import seated
from onrecord.duties.queries import last_beat
from onrecord.duties.queries.walls import own_and_routed
from onrecord.intake.queries import hidden_among
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.queries import (
    above_numbered,
    heard_last,
    last_verified,
    newest_checkpoint,
    signed_and_held,
    size,
)
from onrecord.ledger.rules.effect import Line
from onrecord.ledger.rules.machine import MACHINE
from onrecord.web.health import WATCH_SILENT_AFTER

PAGE = 50
SIGNED = 5
"""How many checkpoints are listed."""


@seated
@require_safe
def ledger(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The record as those see it who answer for it, or look at it from outside. Who and when, never what was said."""
    check_see_all_duties(viewer)
    held, moment = signed_and_held(SIGNED), now()
    page = Paginator(range(held.entries), PAGE).get_page(request.GET.get("page"))
    context = {
        "size": held.entries,
        "reads": size("reads"),
        "signed": held.signed,
        "signed_reads": newest_checkpoint("reads"),
        "verified": last_verified(),
        "witnesses": [(one.name, one.known(moment), one.asked(), one.stale(moment)) for one in heard_last()],
        "faults": _faults(moment, held.waiting),
        "rows": _rows(viewer, page, held.entries),
        "page": page,
    }
    return render(request, "onrecord/ledger.html", context)


def _faults(moment: datetime, waiting: int) -> list[str]:
    """What is wrong now, as far as it can be known without reading everything."""
    beat = last_beat(moment)
    found = []
    if beat is None:
        found.append("The watch has not looked yet: nothing climbs by itself, and nothing is signed.")
    elif moment - beat.at > WATCH_SILENT_AFTER:
        found.append("The watch is silent: nothing climbs by itself, and nothing is signed.")
    if beat and beat.frozen:
        found.append(f"Nothing is signed any more. {beat.frozen}")
    if waiting:
        found.append(f"{waiting} entries are not in every table yet. The watch mends that at its next look.")
    return found


def _rows(viewer: Viewer, page: "Page[int]", entries: int) -> list[dict[str, Any]]:
    """The entries of a page, newest first. A number at which nothing stands is said to be missing."""
    last = entries - 1 - (page.number - 1) * PAGE
    numbers = range(last, max(last - PAGE, -1), -1)
    every = above_numbered(numbers[-1], last) if numbers else []
    found = {row.seq: row for row in every if row.seq in numbers}
    closed = hidden_among(viewer, every)
    closed -= own_and_routed(viewer, every) if closed else set()
    people = names(row.by for row in found.values())
    return [_row(number, found.get(number), closed, people) for number in numbers]


def _row(number: int, row: Line | None, closed: set[UUID], people: dict[str, str]) -> dict[str, Any]:
    if row is None:
        return {"number": number, "missing": True}
    if row.id in closed:
        return {"number": number, "sealed": True}
    made = {"number": number, "at": row.recorded_at, "kind": catalogue()[row.kind].title, "proposed": row.proposed}
    if row.by == MACHINE:
        return made | {"who": "The watch", "agency": ""}
    return made | {"who": people.get(row.by, row.by), "agency": called(row.agency)}
