"""What people at work say of themselves, so that a report that names them never reaches them; and who reads it."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from onrecord.access.facts import StaffDetailsGiven
from onrecord.access.queries import names, viewer_of
from onrecord.access.rules import Denied, Viewer, can_decide_sealed, check_record
from onrecord.access.views import seated
from onrecord.duties.actions import IdTaken, Unanswerable
from onrecord.duties.actions.details import check_officer, open_details
from onrecord.duties.actions.details_back import open_parts, take_back
from onrecord.duties.forms import SENT_BEFORE, Sheet
from onrecord.duties.queries.details import everybody, is_old, last_given
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.forms import Ask
from onrecord.ledger.gateway.clock import now

ASK = Ask(
    names=("names", "phones", "plates", "employers", "relatives", "postcode"),
    labels={
        "names": "Other names you use or used",
        "phones": "Your phone numbers",
        "plates": "Cars you drive",
        "employers": "Who else you work for",
        "relatives": "Close relatives at agencies here",
        "postcode": "Postcode of your home (optional)",
    },
)
PROPOSED = "Proposed. It is compared until a second person, of another agency, agrees that it is taken back."


class WhyForm(forms.Form):
    """Why somebody opens what another person gave."""

    why = forms.CharField(
        label="Why do you need to see them?",
        help_text="Your reason is kept, and read by others. Do not say what is in a report.",
        max_length=300,
        error_messages={"required": "Say in a sentence why you need to see them."},
    )


class PartForm(forms.Form):
    """Which part of somebody's details is taken back, and why."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    part = forms.ChoiceField(
        label="What is to be taken back?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is to be taken back.", "invalid_choice": "Choose one of these."},
    )
    why = forms.CharField(
        label="Why is it wrong?",
        help_text="Whoever agrees as the second person reads it.",
        max_length=20_000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Say in a sentence how you know that it is wrong."},
    )

    def __init__(self, parts: dict[str, str], *args: Any, **kwargs: Any) -> None:
        """Take the parts, each in words, and Django's arguments."""
        super().__init__(*args, **kwargs)
        self.fields["part"].choices = list(parts.items())  # type: ignore[attr-defined]


@seated
def my_details(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """One's own details: given, or confirmed by sending nothing new. What was given before is not shown here."""
    check_record(viewer)
    moment = now()
    sheet = Sheet(request, viewer, StaffDetailsGiven, moment, name="details", ask=ASK, also={"user": viewer.user})
    if sheet.recorded:
        messages.success(request, "Recorded, and kept sealed. You are asked again in a year.")
        return redirect("my-details")
    last = last_given(moment).get(viewer.user)
    context = {"sheet": sheet, "form": sheet.form, "last": last, "old": is_old(last, moment)}
    return render(request, "duties/my_details.html", context)


@seated
@require_safe
def staff_details(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Who has given their details and when, for the designated officer; not what they gave."""
    check_officer(viewer)
    found = everybody(viewer, now())
    missing = sum(one.old for one in found)
    return render(request, "duties/staff_details.html", {"people": found, "missing": missing})


@seated
def details_of(request: HttpRequest, viewer: Viewer, user: str) -> HttpResponse:
    """What one person gave, for the designated officer and with a reason, which is noted first."""
    check_officer(viewer)
    if viewer_of(user) is None:
        raise Http404
    why = WhyForm(request.POST if request.method == "POST" else None)
    given = open_details(viewer, user, why.cleaned_data["why"], now()) if why.is_valid() else None
    context = {"name": names([user]).get(user, user), "user": user, "why": why, "form": why, "given": given}
    return render(request, "duties/details_of.html", context)


@seated
def details_back(request: HttpRequest, viewer: Viewer, user: str, uid: UUID) -> HttpResponse:
    """Propose that a part of somebody's details is taken back. It is noted that they are opened for that."""
    moment = now()
    parts = open_parts(viewer, user, uid, moment) if can_decide_sealed(viewer) else []
    if not parts:
        raise Http404
    spoken = {key: f"{label}: {said}" for key, label, said in parts}
    form = PartForm(spoken, request.POST if request.method == "POST" else None)
    if form.is_valid() and _taken(form, viewer, uid, moment):
        messages.success(request, PROPOSED)
        return redirect("staff-details")
    context = {"name": names([user]).get(user, user), "user": user, "form": form}
    return render(request, "duties/details_back.html", context)


def _taken(form: PartForm, viewer: Viewer, uid: UUID, moment: Any) -> bool:
    """Whether it was proposed; if not, what is wrong stands on the form."""
    said = form.cleaned_data
    try:
        take_back(viewer, uid, said["part"], said["why"], said["id"], moment)
    except IdTaken:
        form.data = {**form.data.dict(), "id": str(uuid4())} if isinstance(form.data, QueryDict) else form.data
        form.add_error(None, SENT_BEFORE)
        return False
    except (Denied, Unanswerable, Refused) as why:
        form.add_error(None, str(why))
        return False
    return True
