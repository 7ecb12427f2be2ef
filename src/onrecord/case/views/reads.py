"""Who read what, searches that led to nothing, links that let somebody in: for the business manager, and no others."""

import re
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from onrecord.access.rules import Viewer
from onrecord.access.views import seated
from onrecord.case.actions import list_links, list_reads, list_unfollowed
from onrecord.case.queries import Reads, Wanted, files_called, months, readers
from onrecord.ledger.gateway.clock import now

MONTH = re.compile(r"([1-9]\d{3})-(0[1-9]|1[0-2])")
NUMBER = re.compile(r"[0-9]{1,15}")


@seated
@require_safe
def reads(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Reads by person, by month and by the reference of a child, the newest first."""
    moment, wanted = now(), _wanted(request)
    found = list_reads(viewer, wanted, moment)
    people = [_choice("", "Everybody", wanted.user), *(_choice(*one, wanted.user) for one in readers(viewer))]
    month = f"{wanted.month:%Y-%m}" if wanted.month else ""
    every = [_choice(f"{one:%Y-%m}", date_format(one, "F Y"), month) for one in months(viewer, moment)]
    files = [(uid, str(uid)[:8]) for uid in files_called(viewer, wanted.reference)]
    context: dict[str, Any] = {"people": people, "months": [_choice("", "Any month", month), *every], "files": files}
    context["child"] = wanted.reference
    return render(request, "case/reads.html", context | _page(request, found))


@seated
@require_safe
def searches(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Searches after which a week passed and nothing was recorded about a child that was found."""
    return render(request, "case/searches.html", _page(request, list_unfollowed(viewer, _wanted(request), now())))


@seated
@require_safe
def links(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Links by which an agency came to a file it had nothing to do with before."""
    before = _number(request.GET.get("before", ""))
    found = list_links(viewer, before, now())
    newest = {"href": request.path, "text": "Newest"} if before is not None else None
    older = _way(request, "before", found.older, "Older")
    return render(request, "case/links.html", {"found": found, "newest": newest, "older": older})


def _wanted(request: HttpRequest) -> Wanted:
    """What the address asks for. What is no month and no number asks for nothing."""
    asked = request.GET
    month = MONTH.fullmatch(asked.get("month", ""))
    return Wanted(
        user=asked.get("who", ""),
        reference=asked.get("child", "").strip(),
        month=date(int(month[1]), int(month[2]), 1) if month else None,
        before=_number(asked.get("before", "")),
        after=_number(asked.get("after", "")),
    )


def _number(said: str) -> int | None:
    return int(said) if NUMBER.fullmatch(said) else None


def _choice(value: str, text: str, chosen: str) -> dict[str, Any]:
    return {"value": value, "text": text, "selected": value == chosen}


def _page(request: HttpRequest, found: Reads) -> dict[str, Any]:
    """The reads of a page, and the ways to newer and older ones, which keep the rest of the address."""
    return {
        "found": found,
        "newer": _way(request, "after", found.newer, "Newer"),
        "older": _way(request, "before", found.older, "Older"),
    }


def _way(request: HttpRequest, name: str, number: int | None, text: str) -> dict[str, str] | None:
    if number is None:
        return None
    asked = request.GET.copy()
    for other in ("before", "after"):
        asked.pop(other, None)
    asked[name] = str(number)
    return {"href": f"?{asked.urlencode()}", "text": text}
