"""Links by which people set a password, and the keys of other systems: made, listed, taken back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from onrecord.access.actions import TakesTwo
from onrecord.access.facts import InvitationProposed
from onrecord.access.queries import Key, everybody, keys_seen, keys_waiting, links_agreed, names
from onrecord.access.rules import Denied, Viewer, link_takes_two, may_end_key, may_invite, same_agency
from onrecord.access.views import seated
from onrecord.duties.actions import record
from onrecord.duties.actions.doors import invite, take_back
from onrecord.duties.forms import InviteForm, Sheet, TakeBackForm
from onrecord.ledger.facts import Entry
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now

MOST = 200
PROPOSED = "Proposed. When a second person, from another agency, agrees, you make the link."
BACK = "The key was taken back. What that system sends from now on is refused."
ASKED = "Proposed. The key works until somebody of the agency whose key it is agrees."


class Row(NamedTuple):
    """A key, with the form that takes it back; or, where that is proposed, what was said and the form to answer it."""

    key: Key
    name: str
    form: TakeBackForm | None
    alone: bool
    waits: Entry | None
    by: str
    sheet: Sheet | None


@seated
def make_link(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Make a link by which somebody sets their own password, or propose one where it takes two. It is shown once."""
    moment = now()
    chosen = {other.user: other for other in everybody() if may_invite(viewer, other)}
    if not chosen:
        raise Denied("A link is made by a manager who may propose the person's role, or by somebody outside.")
    agreed = links_agreed(viewer, moment)
    labels = {user: f"{other.name}{_how(other, agreed)}" for user, other in chosen.items()}
    form = InviteForm(labels, request.POST if request.method == "POST" else None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        user = form.cleaned_data["user"]
        try:
            address = reverse("invitation-link", args=[invite(viewer, user, moment)])
        except TakesTwo:
            if _proposed(viewer, form, moment):
                messages.success(request, PROPOSED)
                return redirect("people")
        else:
            context = {"name": chosen[user].name, "link": request.build_absolute_uri(address)}
            return render(request, "duties/link.html", context)
    return render(request, "duties/invite.html", {"form": form})


def _how(other: Viewer, agreed: dict[str, Any]) -> str:
    """What stands beside the name of somebody for whom it takes two."""
    if not link_takes_two(other):
        return ""
    return " (a second person has agreed)" if other.user in agreed else " (takes two)"


def _proposed(viewer: Viewer, form: InviteForm, moment: datetime) -> bool:
    """Whether a link was proposed as asked; if not, what is wrong stands beside the field."""
    said = form.cleaned_data
    fact = InvitationProposed(user=said["user"], why=said["why"] or None)
    try:
        record(viewer, fact, uid=said["id"] or uuid4(), now=moment)
    except Refused as refused:
        for fault in refused.faults:
            form.add_error(fault.field, fault.message)
    return not form.errors


@seated
def keys(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The keys of other systems: for whom each speaks, when it was last used, and a way to take it back."""
    here, waiting = everybody(), keys_waiting()
    page = Paginator(keys_seen(viewer, here, waiting), MOST).get_page(request.GET.get("page"))
    rows = _rows(request, viewer, page, here, waiting, now())
    sent = next((row.form for row in rows if row.form and row.form.is_bound), None)
    if sent and sent.is_valid():
        made = take_back(viewer, str(sent.prefix), sent.cleaned_data["why"], now())
        messages.success(request, ASKED if made.proposed else BACK)
        return redirect("keys")
    signed = next((row.sheet for row in rows if row.sheet and row.sheet.recorded), None)
    if signed and signed.recorded:
        messages.success(request, f"Recorded: {signed.recorded.entry.saying.fact.title}.")
        return redirect("keys")
    faulty = next((row.sheet.form for row in rows if row.sheet and row.sheet.form.errors), sent)
    return render(
        request, "duties/keys.html", {"rows": rows, "page": page, "form": faulty, "back_url": reverse("mfa_index")}
    )


def _rows(
    request: HttpRequest,
    viewer: Viewer,
    page: Page[Key],
    here: Sequence[Viewer],
    waiting: Mapping[str, Entry],
    moment: datetime,
) -> list[Row]:
    """The keys of a page, with what this person can do about each."""
    found, others = list(page), {other.user: other for other in here}
    known = names([*(key.user for key in found), *(made.saying.by for made in waiting.values())])
    return [_row(request, viewer, key, others.get(key.user), waiting.get(key.mark), known, moment) for key in found]


def _row(
    request: HttpRequest,
    viewer: Viewer,
    key: Key,
    other: Viewer | None,
    waits: Entry | None,
    known: dict[str, str],
    moment: datetime,
) -> Row:
    """A key, with the form that takes it back while it stands, or that answers what is proposed."""
    waits = None if key.ended_at else waits
    typed = request.POST if request.method == "POST" and request.POST.get("form") == key.mark else None
    form = None if key.ended_at or waits else TakeBackForm(typed, prefix=key.mark)
    asked = waits and other and same_agency(viewer, other) and waits.saying.agency != viewer.seat.agency
    said: dict[str, Any] = {"name": f"sign{str(waits.id)[:8]}", "regarding": (waits.id,)} if waits else {}
    sheet = Sheet(request, viewer, None, moment, **said) if asked else None
    by = known.get(waits.saying.by, waits.saying.by) if waits else ""
    return Row(key, known.get(key.user, key.user), form, may_end_key(viewer, other), waits, by, sheet)
