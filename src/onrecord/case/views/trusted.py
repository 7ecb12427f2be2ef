"""Whom a child trusts: naming somebody, putting somebody else in their place, and a service that ends."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from onrecord.access.facts import TrustedSignInEnded, TrustedSignInGiven
from onrecord.access.rules import Denied, Viewer, check_work_cases
from onrecord.access.views import seated
from onrecord.case.actions import IdTaken, end_service, open_trusted
from onrecord.case.facts import (
    ServiceEnded,
    TrustedAdultNamed,
    TrustedAdultReplaced,
    TrustedAdultSees,
    TrustedAdultTold,
)
from onrecord.case.queries.trusted import Trusted
from onrecord.duties.actions.doors import invite
from onrecord.duties.forms import SENT_BEFORE, Sheet
from onrecord.ledger.facts import Fact
from onrecord.ledger.forms import FactForm, form_for
from onrecord.ledger.gateway.clock import now

EndForm = form_for(ServiceEnded, with_when=False)


@seated
def trusted(request: HttpRequest, viewer: Viewer, mention: UUID) -> HttpResponse:
    """Whom a child trusts. To name somebody is one person's; to put somebody else in their place takes two."""
    moment = now()
    found = open_trusted(viewer, mention, moment)
    said: dict[str, Any] = {"about": (mention,)}
    name = Sheet(request, viewer, TrustedAdultNamed, moment, name="name", **said)
    link = _link(request, viewer, mention, found, moment)
    if link is not None:
        return link
    adults = [_sheets(request, viewer, one, place, said, moment) for place, one in enumerate(found)]
    sheets = [name, *(sheet for one in adults for sheet in one.values())]
    done = next((sheet for sheet in sheets if sheet.recorded), None)
    if done and done.recorded:
        proposed = done.recorded.entry.proposed
        words = ASKED if done.title == TrustedSignInGiven.title else PROPOSED
        messages.success(request, words if proposed else f"Recorded: {done.title}.")
        return redirect("trusted-adult", mention)
    context = {
        "reference": str(mention)[:8],
        "mention": mention,
        "name": name,
        "adults": [(_said(viewer, one), one_of) for one, one_of in zip(found, adults, strict=True)],
        "form": next((sheet.form for sheet in sheets if sheet.form.errors), None),
    }
    return render(request, "case/trusted.html", context)


@seated
def service_end(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """A service ends. Of each child who trusts somebody there it is asked who holds this child now."""
    check_work_cases(viewer)
    form: FactForm = EndForm(request.POST or None, initial={"id": str(uuid4())})
    moment = now()
    fact = form.hear(moment) if request.method == "POST" else None
    if isinstance(fact, ServiceEnded):
        try:
            end_service(viewer, fact, form.coming, moment)
        except Denied as why:
            form.add_error("agency", str(why))
        except IdTaken:
            form.typed["id"] = str(uuid4())
            form.add_error(None, SENT_BEFORE)
        else:
            messages.success(request, ENDED)
            return redirect("my-duties")
    return render(request, "case/service_end.html", {"form": form})


def _sheets(
    request: HttpRequest, viewer: Viewer, one: Trusted, place: int, said: dict[str, Any], moment: datetime
) -> dict[str, Sheet]:
    """What can be said of one adult: that somebody takes their place; that they sign in; and to those who do, more."""
    kinds: dict[str, tuple[type[Fact], UUID]] = {}
    if one.signs_in:
        kinds["told"] = (TrustedAdultTold, one.id)
        kinds["sees"] = (TrustedAdultSees, one.id)
        kinds["end"] = (TrustedSignInEnded, one.signs_in[0])
    elif not one.asked_for:
        kinds["give"] = (TrustedSignInGiven, one.id)
    kinds["replace"] = (TrustedAdultReplaced, one.id)
    return {
        name: Sheet(request, viewer, fact, moment, name=f"{name}{place}", regarding=(uid,), **said)
        for name, (fact, uid) in kinds.items()
    }


def _link(
    request: HttpRequest, viewer: Viewer, mention: UUID, found: list[Trusted], moment: datetime
) -> HttpResponse | None:
    """The link by which an adult sets their password, made by whoever proposed their sign-in; shown once."""
    wanted = {f"link{place}": one.signs_in[1] for place, one in enumerate(found) if one.signs_in}
    user = wanted.get(request.POST.get("form", ""))
    if user is None:
        return None
    address = reverse("invitation-link", args=[invite(viewer, user, moment)])
    context = {"user": user, "link": request.build_absolute_uri(address), "mention": mention}
    return render(request, "case/trusted_link.html", context)


def _said(viewer: Viewer, one: Trusted) -> dict[str, Any]:
    fact = one.made.entry.saying.fact
    said = {name: fact.spoken(name) for name in ("who", "agency", "judged", "reach")}
    name = one.signs_in[1] if one.signs_in else ""
    can = {"signs_in": name, "asked_for": one.asked_for, "link": one.link_by == viewer.user}
    return said | can | {"first": one.made.first_sentence, "waits": one.waits}


PROPOSED = "Recorded as a proposal. Whom the child trusts stays until a second person, from another agency, agrees."
ASKED = "Proposed. They can sign in once a second person, from another agency, agrees and you have made the link."
ENDED = "Recorded: Service ended. Of each child who trusted somebody there it is asked who holds this child now."
