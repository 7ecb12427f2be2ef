"""The rota of the front door: who reads, set by a manager there."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import get_default_timezone

from onrecord.access.facts import ReadingRotaWithdrawn
from onrecord.access.queries import (
    ReadingTime,
    agency_of,
    days_unread,
    holders,
    names,
    next_reading_time,
    reading_times,
    unread,
)
from onrecord.access.rules import DECIDING, Viewer, check_set_rota
from onrecord.access.views import seated
from onrecord.duties.actions import IdTaken, record
from onrecord.duties.actions.unlocking import spoken_gap
from onrecord.duties.forms import SENT_BEFORE, RotaForm, Sheet
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.forms import Ask
from onrecord.ledger.gateway.clock import now

MOST = 50
AHEAD = 14
"""How many days ahead the page says on which nobody reads."""
ON = "Recorded. They are on the rota."
GONE = "Withdrawn. If nobody reads now or in the next 24 hours, the head of service is told."
WHY = Ask(names=("why",))


@seated
def rota(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Put somebody on the rota."""
    check_set_rota(viewer)
    moment, agency = now(), agency_of(DECIDING) or ""
    readers = names(holders("front_door", agency))
    page = Paginator(reading_times(moment, agency), MOST).get_page(request.GET.get("page"))
    reading = _lines(request, viewer, readers, page, moment)
    withdrawn = next((line["sheet"] for line in reading if line["sheet"] and line["sheet"].recorded), None)
    typed = request.POST if request.method == "POST" and not request.POST.get("form") else None
    form = RotaForm(readers, typed, initial={"id": str(uuid4())})
    if withdrawn or (typed is not None and _recorded(viewer, form)):
        messages.success(request, GONE if withdrawn else _added(agency, moment))
        return redirect("rota" if withdrawn else "people")
    faulty = next((line["sheet"].form for line in reading if line["sheet"] and line["sheet"].form.errors), form)
    unread = days_unread(moment, agency, AHEAD)
    context = {"form": faulty, "add": form, "reading": reading, "page": page, "unread": unread, "ahead": AHEAD}
    return render(request, "duties/rota.html", context)


def _lines(
    request: HttpRequest, viewer: Viewer, readers: dict[str, str], page: Page[ReadingTime], moment: datetime
) -> list[dict[str, Any]]:
    """The lines of a page, each with the form that withdraws it: once, where an absence cuts a line in two."""
    found: list[dict[str, Any]] = []
    for one in page:
        also = {"user": one.user, "line": str(one.entry)}
        first = all(line["entry"] != one.entry for line in found)
        name = f"line{str(one.entry)[:8]}"
        said: dict[str, Any] = {"name": name, "ask": WHY, "also": also, "regarding": (one.entry,)}
        sheet = Sheet(request, viewer, ReadingRotaWithdrawn, moment, **said) if first else None
        found.append({"name": readers[one.user], "time": one, "entry": one.entry, "sheet": sheet})
    return found


def _added(agency: str, moment: datetime) -> str:
    """What is said when a line was put on the rota: and when nobody reads even so."""
    gap = unread(moment, agency)
    return f"{ON} {spoken_gap(gap)}." if gap else ON


def reading_now(viewer: Viewer) -> str:
    """Who reads the front door now, or next, in words for its page."""
    agency = next((held.agency for held in viewer.holdings if held.sort == DECIDING), "")
    found = next_reading_time(now(), agency)
    if found is None:
        return "Nobody is on the rota to read this."
    if found.start <= now():
        return f"Reading now: {found.name}"
    local = found.start.astimezone(get_default_timezone())
    return f"Nobody reads now. Next: {found.name}, {local:%A %-d %B, %H:%M}"


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
