"""Recording what creates duties besides a report: a meeting, a child who came back, a young person leaving care."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import get_default_timezone
from django.views.decorators.http import require_safe

from onrecord.access.rules import Viewer, check_record
from onrecord.access.views import seated
from onrecord.duties.forms import Sheet
from onrecord.duties.queries import owed_for, rulebook_in_force
from onrecord.duties.rules.spoken import by_when
from onrecord.intake.facts import ReportReceived
from onrecord.ledger.facts import Entry, Fact, HoldPlaced
from onrecord.ledger.facts.declare import Door
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.registry import catalogue
from onrecord.rulebook.facts import Rule, Rulebook
from onrecord.rulebook.rules import local_day, value_on

OWED_NOTHING = frozenset({HoldPlaced.kind})
"""What is recorded of one's own accord, though no duty follows."""


@seated
@require_safe
def something_else(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What may be recorded by itself, with the duties that follow."""
    check_record(viewer)
    book = rulebook_in_force(now())
    kinds = _kinds(now())
    follows = {kind: [rule.title for rule in book.rules if rule.opens.kind == kind] for kind in kinds} if book else {}
    lines = [(kind, made.title, follows.get(kind, [])) for kind, made in kinds.items()]
    return render(request, "duties/else.html", {"lines": lines})


@seated
def record_kind(request: HttpRequest, viewer: Viewer, kind: str) -> HttpResponse:
    """Record one of them; what is owed now is said at once."""
    check_record(viewer)
    moment = now()
    fact = _kinds(moment).get(kind)
    if fact is None:
        raise Http404
    sheet = Sheet(request, viewer, fact, moment, name="record", with_when=True)
    if sheet.recorded:
        messages.success(request, owed_now(sheet.recorded.entry, moment))
        return redirect("record-else")
    return render(request, "duties/record.html", {"sheet": sheet, "form": sheet.form})


def _kinds(moment: datetime) -> dict[str, type[Fact]]:
    """The kinds that staff record of their own accord: those that open a duty, need answer nothing, and no report."""
    book = rulebook_in_force(moment)
    opening = {rule.opens.kind for rule in _holding(book, moment)} if book else set()
    return {
        kind: made
        for kind, made in catalogue().items()
        if kind in opening | OWED_NOTHING and made.door is Door.STAFF and _of_itself(made)
    }


def _holding(book: Rulebook, moment: datetime) -> list[Rule]:
    """The rules about what is in effect that hold on the day: what waits for its first day opens nothing."""
    day = local_day(moment, book.calendar)
    return [rule for rule in book.rules if rule.opens.standing == "in_effect" and value_on(rule.within, day)]


def _of_itself(made: type[Fact]) -> bool:
    elsewhere = made is ReportReceived or made.on_file or made.of_an_entry
    return not elsewhere and (made.stands_alone or not made.response)


def owed_now(made: Entry, moment: datetime) -> str:
    """What whoever recorded something reads: that it is recorded, and what is owed because of it, by when."""
    owed = owed_for([made.id], moment).get(made.id, [])
    zone = get_default_timezone()
    duties = "; ".join(f"{view.rule.title.lower()}, by {by_when(view.due_at, zone)}" for view in owed)
    return f"Recorded: {made.saying.fact.title}." + (f" Owed now: {duties}." if duties else "")
