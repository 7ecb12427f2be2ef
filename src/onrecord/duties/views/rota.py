"""The rota of the front door: who reads, set by a manager there."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import get_default_timezone

from onrecord.access.queries import agency_of, holders, names, next_reading_time, reading_times
from onrecord.access.rules import DECIDING, Denied, Viewer, can_set_rota
from onrecord.access.views import seated
from onrecord.duties.actions import IdTaken, record
from onrecord.duties.forms import SENT_BEFORE, RotaForm
from onrecord.ledger.facts.declare import Refused
from onrecord.ledger.gateway.clock import now

MOST = 50


@seated
def rota(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Put somebody on the rota."""
    if not can_set_rota(viewer):
        raise Denied("The rota is set by a manager of the front door that decides.")
    readers = names(holders("front_door", agency_of(DECIDING) or ""))
    form = RotaForm(readers, request.POST if request.method == "POST" else None, initial={"id": str(uuid4())})
    if request.method == "POST" and _recorded(viewer, form):
        messages.success(request, "Recorded. They are on the rota.")
        return redirect("people")
    return render(request, "duties/rota.html", {"form": form, "reading": _times(readers)})


def _times(readers: dict[str, str]) -> list[dict[str, Any]]:
    times = reading_times(now(), agency_of(DECIDING) or "")[:MOST]
    return [{"name": readers[one.user], "start": one.start, "end": one.end} for one in times]


def reading_now(viewer: Viewer) -> str:
    """Who reads the front door now, or next, in words for its page."""
    agency = next((held.agency for held in viewer.holdings if held.sort == DECIDING), "")
    found = next_reading_time(now(), agency)
    if found is None:
        return "Nobody is on the rota to read this."
    name = names([found.user]).get(found.user, found.user)
    local = found.start.astimezone(get_default_timezone())
    return (
        f"Reading now: {name}" if found.start <= now() else f"Nobody reads now. Next: {name}, {local:%A %-d %B, %H:%M}"
    )


def _recorded(viewer: Viewer, form: RotaForm) -> bool:
    fact = form.hear(get_default_timezone())
    if fact is None:
        return False
    try:
        record(viewer, fact, uid=_coming(form), now=now())
    except Refused as refused:
        for fault in refused.faults:
            form.add_error(fault.field if fault.field in form.fields else "ends", fault.message)
    except IdTaken:
        form.add_error(None, SENT_BEFORE)
    return not form.errors


def _coming(form: RotaForm) -> UUID:
    """The id that the page carried; a new one where it was lost."""
    try:
        return UUID(str(form["id"].value()))
    except ValueError:
        return uuid4()
