"""What people at work say of themselves, so that a report that names them never reaches them; and who reads it."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from onrecord.access.facts import StaffDetailsGiven
from onrecord.access.queries import names, viewer_of
from onrecord.access.rules import Viewer, check_record
from onrecord.access.views import seated
from onrecord.duties.actions.details import check_officer, open_details
from onrecord.duties.forms import Sheet
from onrecord.duties.queries.details import everybody, is_old, last_given
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


class WhyForm(forms.Form):
    """Why somebody opens what another person gave."""

    why = forms.CharField(
        label="Why do you need to see them?",
        help_text="Your reason is kept, and read by others. Do not say what is in a report.",
        max_length=300,
        error_messages={"required": "Say in a sentence why you need to see them."},
    )


@seated
def my_details(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """One's own details: given, or confirmed by sending nothing new. What was given before is not shown here."""
    check_record(viewer)
    moment = now()
    sheet = Sheet(request, viewer, StaffDetailsGiven, moment, name="details", ask=ASK, also={"user": viewer.user})
    if sheet.recorded:
        messages.success(request, "Recorded, and kept sealed. You are asked again in a year.")
        return redirect("my-details")
    last = last_given().get(viewer.user)
    context = {"sheet": sheet, "form": sheet.form, "last": last, "old": is_old(last, moment)}
    return render(request, "duties/my_details.html", context)


@seated
@require_safe
def staff_details(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Who has given their details and when, for the designated officer; not what they gave."""
    check_officer(viewer)
    found = everybody(now())
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
    context = {"name": names([user]).get(user, user), "why": why, "form": why, "given": given}
    return render(request, "duties/details_of.html", context)
