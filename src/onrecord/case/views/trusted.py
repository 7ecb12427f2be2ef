"""Whom a child trusts: naming somebody, putting somebody else in their place, and a service that ends."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from onrecord.access.rules import Denied, Viewer, check_work_cases
from onrecord.access.views import seated
from onrecord.case.actions import IdTaken, end_service, open_trusted
from onrecord.case.facts import ServiceEnded, TrustedAdultNamed, TrustedAdultReplaced
from onrecord.case.queries.trusted import Trusted
from onrecord.duties.forms import SENT_BEFORE, Sheet
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
    replace = [
        Sheet(request, viewer, TrustedAdultReplaced, moment, name=f"replace{place}", regarding=(one.id,), **said)
        for place, one in enumerate(found)
    ]
    done = next((sheet for sheet in (name, *replace) if sheet.recorded), None)
    if done and done.recorded:
        proposed = done.recorded.entry.proposed
        messages.success(request, PROPOSED if proposed else f"Recorded: {done.title}.")
        return redirect("trusted-adult", mention)
    context = {
        "reference": str(mention)[:8],
        "mention": mention,
        "name": name,
        "adults": [(_said(one), sheet) for one, sheet in zip(found, replace, strict=True)],
        "form": next((sheet.form for sheet in (name, *replace) if sheet.form.errors), None),
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


def _said(one: Trusted) -> dict[str, Any]:
    fact = one.made.entry.saying.fact
    said = {name: fact.spoken(name) for name in ("who", "agency", "judged", "reach")}
    return said | {"first": one.made.first_sentence, "waits": one.waits}


PROPOSED = "Recorded as a proposal. Whom the child trusts stays until a second person, from another agency, agrees."
ENDED = "Recorded: Service ended. Of each child who trusted somebody there it is asked who holds this child now."
