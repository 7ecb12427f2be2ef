"""Saying something of a child on her file: an assessment with the earlier ones beside it, a crisis, contact lost."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from onrecord.access.rules import Denied, Viewer, check_work_cases
from onrecord.access.views import seated
from onrecord.case.actions import NotTheirs
from onrecord.case.actions.parts import check_works
from onrecord.case.actions.saying import open_to_say
from onrecord.case.facts import ExploitationAssessed, LanguageChallenged, MarkedSignificant
from onrecord.case.forms import ASSESS, WORDING
from onrecord.duties.forms import Sheet
from onrecord.duties.views.saying import owed_now
from onrecord.ledger.facts import Fact
from onrecord.ledger.facts.declare import Door
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.queries import NoSuchEntry

ASKS = {ExploitationAssessed.kind: ASSESS, LanguageChallenged.kind: WORDING}
CLOSED = "None of your agencies works with this child. If you need the file, open it and say why."
PROPOSED = "Recorded as a proposal. Nothing changes until a second person, from another agency, agrees."


@seated
def say_of_child(request: HttpRequest, viewer: Viewer, mention: UUID, said: str) -> HttpResponse:
    """Record something of a child, with what was judged before beside it."""
    check_work_cases(viewer)
    fact = {in_address(made): made for made in sayable(viewer)}.get(said)
    if fact is None:
        raise Http404
    return _say(request, viewer, mention, fact)


@seated
def challenge_wording(request: HttpRequest, viewer: Viewer, mention: UUID, entry: UUID) -> HttpResponse:
    """Challenge how somebody at work put something in an entry of a child's file."""
    return _say(request, viewer, mention, LanguageChallenged, entry)


@seated
def mark_significant(request: HttpRequest, viewer: Viewer, mention: UUID, entry: UUID) -> HttpResponse:
    """Put an entry of a child's file among the significant events, or take it out again."""
    check_works(viewer, mention)
    return _say(request, viewer, mention, MarkedSignificant, entry)


def sayable(viewer: Viewer) -> list[type[Fact]]:
    """What this person may record on a child's file of their own accord."""
    sorts = {held.sort for held in viewer.holdings}
    return [
        made
        for made in catalogue().values()
        if (made.on_file or made is ExploitationAssessed)
        and made.door is Door.STAFF
        and (not made.roles or made.roles & viewer.roles)
        and (not made.sorts or made.sorts & sorts)
    ]


def in_address(made: type[Fact]) -> str:
    """A kind as it stands in an address."""
    return made.kind.replace(".", "-")


def _say(
    request: HttpRequest, viewer: Viewer, mention: UUID, fact: type[Fact], entry: UUID | None = None
) -> HttpResponse:
    moment = now()
    try:
        page = open_to_say(viewer, mention, fact, moment, entry)
    except (NotTheirs, NoSuchEntry):
        raise Denied(CLOSED) from None
    about = page.found.named_in(entry) if entry and fact.of_some else (mention,)
    more: dict[str, Any] = {"about": about, "regarding": (entry,) if entry else page.regarding}
    sheet = Sheet(request, viewer, fact, moment, name="say", ask=ASKS.get(fact.kind), with_when=entry is None, **more)
    if sheet.recorded:
        made = sheet.recorded.entry
        messages.success(request, PROPOSED if made.proposed else owed_now(made, moment))
        return redirect("child-file", mention)
    context = {"page": page, "sheet": sheet, "form": sheet.form, "mention": mention}
    return render(request, "case/say.html", context)
