"""What somebody proposes in somebody else's place: read, and agreed to or not."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from onrecord.access.rules import Viewer
from onrecord.access.views import seated
from onrecord.duties.actions.agreeing import open_in_place
from onrecord.duties.forms import Sheet
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import NoSuchEntry


@seated
def agree(request: HttpRequest, viewer: Viewer, uid: UUID) -> HttpResponse:
    """One proposal: what stands, what would stand, why; agree, disagree, or not enough to decide."""
    moment = now()
    try:
        proposal = open_in_place(viewer, uid, moment)
    except NoSuchEntry:
        raise Http404 from None
    sheet = Sheet(request, viewer, None, moment, name="agree", regarding=(uid,))
    if sheet.recorded:
        messages.success(request, f"Recorded: {sheet.recorded.entry.saying.fact.title}.")
        return redirect("my-duties")
    return render(request, "duties/agree.html", {"proposal": proposal, "sheet": sheet, "form": sheet.form})
