"""The rules in force, each with its source and how sure we are of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onrecord.access.rules import Viewer
from onrecord.access.views import seated
from onrecord.duties.queries import rulebook_in_force
from onrecord.duties.views.shown import limit
from onrecord.ledger.gateway.clock import now
from onrecord.rulebook.rules import local_day, value_on


@seated
@require_safe
def rules(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every duty the law, guidance or we ourselves set, with the limit that holds today."""
    moment = now()
    book = rulebook_in_force(moment)
    day = local_day(moment, book.calendar) if book else None
    shown = [limit(rule, value_on(rule.within, day)) for rule in book.rules] if book and day else []
    return render(request, "duties/rules.html", {"limits": shown, "book": book})
