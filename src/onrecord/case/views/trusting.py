"""The page of an adult whom a child trusts. Nobody who works here has it, and it leads to no page of theirs."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from onrecord.access.rules import TrustedAdult
from onrecord.access.views.trusted import trusted_only
from onrecord.case.actions import IdTaken
from onrecord.case.actions.trusting import disagree, open_trusting, report_worry, side_of
from onrecord.case.queries.trusting import Trusting, child_of
from onrecord.case.views.meeting_page import sort_words
from onrecord.duties.facts import DisagreementRaised
from onrecord.duties.forms import SENT_BEFORE
from onrecord.intake.facts import ReportReceived
from onrecord.ledger.forms import Ask, FactForm, form_for
from onrecord.ledger.gateway.clock import now

DISAGREE = Ask(names=("different", "why"), hints={"different": "In your own words."})
WORRY = Ask(
    names=("words", "concern", "danger_now", "positions"),
    labels={"words": "What has happened?", "concern": "What is it about?"},
    hints={"words": "Say when and where you last saw or heard from the child, if you know it."},
)
Disagree = form_for(DisagreementRaised, ask=DISAGREE, with_when=False)
Worry = form_for(ReportReceived, ask=WORRY, with_when=False)
SAID = {
    "disagree": "Sent. Somebody answers it, and if they do not agree it goes on to somebody else, and at last outside.",
    "worry": "Sent. The front door reads it. If a child is in danger now, call 999.",
}


@trusted_only
def trusting(request: HttpRequest, adult: TrustedAdult) -> HttpResponse:
    """Messages, what is owed to the child, meetings with a seat for them, and two things that they can say."""
    moment = now()
    page = open_trusting(adult, moment)
    forms = {"disagree": Disagree, "worry": Worry}
    sheets: dict[str, FactForm] = {
        name: made(request.POST if request.POST.get("form") == name else None, prefix=name, initial=_fresh())
        for name, made in forms.items()
    }
    name = str(request.POST.get("form", ""))
    if name in sheets and _sent(adult, page, name, sheets[name]):
        messages.success(request, SAID[name])
        return redirect("trusting")
    context = {
        "page": page,
        "meetings": [(sort_words(sort), day) for sort, day in page.meetings],
        "sheets": sheets,
        "form": sheets[name] if name in sheets and sheets[name].errors else None,
        "adult": adult,
    }
    return render(request, "case/trusting.html", context)


def _fresh() -> dict[str, str]:
    return {"id": str(uuid4())}


def _sent(adult: TrustedAdult, page: Trusting, name: str, form: FactForm) -> bool:
    """Whether it was recorded; if not, what is wrong stands beside each field."""
    moment = now()
    child = child_of(page.found, moment) if name == "worry" else None
    also: dict[str, Any] = {"child": child.model_dump(mode="json")} if child else side_of(page)
    fact = form.hear(moment, also)
    try:
        if isinstance(fact, DisagreementRaised):
            disagree(adult, page, fact, form.coming, moment)
        elif isinstance(fact, ReportReceived):
            report_worry(adult, fact, form.coming, moment)
    except IdTaken:
        form.typed["id"] = str(uuid4())
        form.add_error(None, SENT_BEFORE)
        return False
    return fact is not None
