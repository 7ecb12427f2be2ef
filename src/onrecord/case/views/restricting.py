"""Restricting a child's file to some people, looking at it again, and lifting it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from onrecord.access.facts import RESTRICTING, FileRestricted, RestrictionLifted, RestrictionReviewed
from onrecord.access.rules import Viewer
from onrecord.access.views import seated
from onrecord.case.actions.restricting import open_restrictions
from onrecord.duties.forms import Sheet
from onrecord.ledger.gateway.clock import now

DONE = {
    FileRestricted.title: "The file is restricted. The people outside were told, and a day is kept to look again.",
    RestrictionReviewed.title: "Recorded. The file stays restricted.",
    RestrictionLifted.title: "Proposed. The file stays restricted until a second person, from another agency, agrees.",
}


@seated
def restricted(request: HttpRequest, viewer: Viewer, mention: UUID) -> HttpResponse:
    """Who opens this file now. To restrict it is one manager's; to look again is another's; to lift it takes two."""
    moment = now()
    found = open_restrictions(viewer, mention, moment)
    said: dict[str, Any] = {"about": (mention,)}
    says = bool(viewer.roles & RESTRICTING)
    restrict = Sheet(request, viewer, FileRestricted, moment, name="restrict", **said) if says else None
    answers = [
        (
            Sheet(request, viewer, RestrictionReviewed, moment, name=f"again{place}", regarding=(one.entry,), **said),
            Sheet(request, viewer, RestrictionLifted, moment, name=f"lift{place}", regarding=(one.entry,), **said),
        )
        for place, one in enumerate(found if says else ())
    ]
    sheets = [*([restrict] if restrict else []), *(sheet for pair in answers for sheet in pair)]
    if done := next((sheet for sheet in sheets if sheet.recorded), None):
        messages.success(request, DONE[done.title])
        return redirect("child-file", mention)
    context = {
        "reference": str(mention)[:8],
        "mention": mention,
        "found": list(zip(found, answers, strict=True)) if says else [(one, None) for one in found],
        "restrict": restrict,
        "form": next((sheet.form for sheet in sheets if sheet.form.errors), None),
    }
    return render(request, "case/restricted.html", context)
