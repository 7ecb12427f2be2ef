"""Who was known to whom: counts beside one another, never added up, for those who watch over the record."""

from datetime import date, datetime, time, timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import get_default_timezone
from django.views.decorators.http import require_safe

from onrecord.access.rules import Viewer
from onrecord.access.views import seated
from onrecord.ledger.forms import DayWidget
from onrecord.ledger.gateway.clock import now
from onrecord.mailbox.queries import known_to_whom

HEAD = ("List", "Children", "Known to whom", "For what")
NO_DAY = "Give a real date, for example 27 3 2026."


class BeforeForm(forms.Form):
    """Before which day; nothing means up to now."""

    before = forms.DateField(
        label="Before which day?",
        help_text="Leave it blank for all that is known now.",
        required=False,
        widget=DayWidget(),
        error_messages={"invalid": NO_DAY},
    )


@seated
@require_safe
def known_to_whom_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """How many children were known before a day, by each list with its own definition."""
    form = BeforeForm(request.GET if request.GET else None)
    day = form.cleaned_data["before"] if form.is_bound and form.is_valid() else None
    counted = known_to_whom(viewer, _begins(day) if day else now())
    rows = [
        [{"text": one.title}, {"text": str(one.children)}, {"text": one.to_whom}, {"text": one.for_what}]
        for one in counted
    ]
    caption = f"Before {day:%-d %B %Y}" if day else "Up to now"
    listing = {"caption": caption, "head": HEAD, "rows": rows}
    return render(request, "mailbox/counts.html", {"form": form, "listing": listing, "now": now()})


def _begins(day: date) -> datetime:
    """The beginning of a day here; the last day there is counts as the day before it."""
    return datetime.combine(min(day, date.max - timedelta(days=1)), time(), get_default_timezone())
