"""The joint daily list: every proposal that waits for a second person, a line each."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from onrecord.access.actions import note_opened
from onrecord.access.rules import Denied, Viewer
from onrecord.access.views import seated
from onrecord.duties.actions.people import may_sign
from onrecord.duties.forms import Sheet
from onrecord.duties.queries import SIGNATURE, DutyView, mine
from onrecord.duties.views.opened import described
from onrecord.ledger.facts import Entry
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import entries
from onrecord.ledger.queries import lines as ledger_lines

SIGNERS = frozenset({"second_signer"})
MOST = 50


@seated
def joint_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Proposals that wait: agree, disagree, or not enough to decide. What nobody signs has no effect."""
    if not viewer.roles & SIGNERS:
        raise Denied("The joint daily list is for those who sign it.")
    moment = now()
    owed = [view for view in mine(viewer, moment) if view.rule.id == SIGNATURE]
    lines = _lines(request, viewer, owed[:MOST], moment)
    done = next((line["sheet"] for line in lines if line["sheet"].recorded), None)
    if done:
        messages.success(request, f"Recorded: {done.recorded.entry.saying.fact.title}.")
        return redirect("joint-list")
    errors = next((line["sheet"].form for line in lines if line["sheet"].form.errors), None)
    context = {"lines": lines, "waiting": len(owed), "form": errors, "now": moment}
    return render(request, "duties/joint.html", context)


def _lines(request: HttpRequest, viewer: Viewer, owed: list[DutyView], moment: datetime) -> list[dict[str, Any]]:
    """A line for each proposal. That they were opened is noted first, as one read."""
    proposals = {made.id: made for made in entries(view.opening for view in owed)}
    if proposals:
        note_opened(viewer, "report", tuple(proposals), moment)
    told = described(list(proposals.values()), moment)
    asked = {line.id for line in ledger_lines(proposals) if may_sign(viewer, line, moment)}
    return [
        {
            "view": view,
            "opened": told[view.opening],
            "sheet": _sheet(request, viewer, proposals[view.opening], moment),
            "asked": view.opening in asked,
        }
        for view in owed
    ]


def _sheet(request: HttpRequest, viewer: Viewer, proposal: Entry, moment: datetime) -> Sheet:
    name = f"sign{str(proposal.id)[:8]}"
    return Sheet(request, viewer, None, moment, name=name, regarding=(proposal.id,))
