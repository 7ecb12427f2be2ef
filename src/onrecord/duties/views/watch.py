"""What is late everywhere, for the people outside and the partnership's manager. No child is named here."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from onrecord.access.actions import accept_seat
from onrecord.access.facts import OUTSIDE_ROLES, ROLES, SeatConfirmed
from onrecord.access.queries import called, post, seats_to_accept
from onrecord.access.rules import Denied, Viewer
from onrecord.access.views import seated
from onrecord.duties.actions import record
from onrecord.duties.queries import Late, Standing, last_beat, shown_late, standing, vacant_seats, watched
from onrecord.duties.queries.monday import monday
from onrecord.duties.queries.seats import contact_until, outside_seats
from onrecord.duties.views.people import until_day
from onrecord.duties.views.shown import counts, row
from onrecord.intake.queries import sealed_by_month
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import newest_checkpoint

PAGE = 25


@seated
@require_safe
def watch(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Everything that is late, what went outside first; who owes it, and to whom it has climbed."""
    moment = now()
    late, stands, outside = watched(viewer, moment), standing(viewer, moment), outside_seats(viewer)
    page = Paginator(late, PAGE).get_page(request.GET.get("page"))
    context = {
        "lines": [row(view, viewer) for view in shown_late(page, moment)],
        "page": page,
        "groups": _groups(stands),
        "counts": _summary(stands, late),
        "accept": [(role, ROLES.words[role]) for role in seats_to_accept(viewer)],
        "contact": [(ROLES.words[role], until_day(due), due <= moment) for role, due in outside.mine],
        "vacant": [ROLES.words.get(role, role) for role in outside.vacant],
        "sealed": sealed_by_month(viewer),
        "pointers": stands.pointers,
        "beat": last_beat(moment),
        "checkpoint": newest_checkpoint(),
        "now": moment,
    }
    return render(request, "duties/watch.html", context)


@seated
@require_safe
def week(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What stands beside what is late: what was lowered, who said nothing, who was told in vain."""
    moment = now()
    found = monday(viewer, watched(viewer, moment), moment)
    told = [(post(role, agency), many) for role, agency, many in found.told]
    context = {"monday": found, "told": told, "look_backs": standing(viewer, moment).look_backs}
    return render(request, "duties/week.html", context)


@seated
@require_POST
def accept(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Accept the outside seat that one was given: from now on one is told what is not answered inside."""
    role = request.POST.get("role", "")
    if role not in viewer.roles & OUTSIDE_ROLES:
        raise Denied("You can accept only an outside seat that you were given.")
    if role in seats_to_accept(viewer):
        accept_seat(viewer, role, now(), tuple(vacant_seats().get(role, ())))
    messages.success(request, "You hold the outside seat. What is not answered inside now reaches you.")
    return redirect("watch")


@seated
@require_POST
def confirm(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Say that one is still there, in every outside seat that one holds."""
    moment = now()
    for role, _ in contact_until(viewer):
        record(viewer, SeatConfirmed(user=viewer.user, role=role), uid=uuid4(), now=moment)
    messages.success(request, "Recorded. You will be asked again in three months.")
    return redirect("watch")


def _summary(stands: Standing, late: list[Late]) -> list[dict[str, Any]]:
    found = stands.counts
    outside = sum(one.outside for one in late)
    return counts(
        [
            (found["late"], "late", True),
            (outside, "went outside", True),
            (found["open"], "open, in time", False),
            (found["met"] + found["met late"], "answered", False),
        ]
    )


def _groups(stands: Standing) -> list[dict[str, Any]]:
    """How many are late, by agency and rule."""
    return [{"agency": called(agency), "rule": stands.titles[rule], "late": many} for agency, rule, many in stands.late]
