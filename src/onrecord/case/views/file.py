"""A child's file: safe contact first, then what is owed to her and everything on record, corrections first."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime

from onrecord.access.facts import GlassBroken
from onrecord.access.rules import Denied, Viewer
from onrecord.access.views import seated
from onrecord.case.actions import ADDS_NOTHING, IdTaken, NotTheirs, break_the_glass, open_file, open_whereabouts
from onrecord.case.facts import ExploitationAssessed, SafeContactSet
from onrecord.case.forms import SAFE, GlassForm
from onrecord.case.queries import PAGE, Asked, ChildFile, answering
from onrecord.case.rules import GLASS_HOURS
from onrecord.case.views.meeting_page import sort_words
from onrecord.case.views.saying import in_address, sayable
from onrecord.duties.forms import SENT_BEFORE, Sheet
from onrecord.duties.views.shown import row
from onrecord.ledger.forms import FactForm, WhyForm
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import NoSuchEntry


@seated
def child_file(request: HttpRequest, viewer: Viewer, mention: UUID) -> HttpResponse:
    """A child's file, noted as one read; for those who do not work with the child, the question why they need it.

    That question is also what is answered where there is no file, so that nobody learns of one without a reason given.
    """
    moment = now()
    try:
        file = open_file(viewer, mention, _asked(request), moment)
    except (NotTheirs, NoSuchEntry):
        return _glass(request, viewer, mention, moment)
    sheet = _sheet(request, viewer, file, moment)
    if sheet and sheet.recorded:
        messages.success(request, _done(sheet))
        return redirect("child-file", mention)
    why = WhyForm.heard(request.POST, "where")
    places = open_whereabouts(viewer, file, why.said, moment) if why.said else None
    return render(request, "case/file.html", _page(request, viewer, file, sheet, why, moment) | {"places": places})


def _asked(request: HttpRequest) -> Asked:
    page = request.GET.get("page", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    significant = request.GET.get("list") == "significant"
    return Asked(request.GET.get("agency", ""), request.GET.get("kind", ""), max(1, number), significant)


def _sheet(request: HttpRequest, viewer: Viewer, file: ChildFile, moment: datetime) -> Sheet | None:
    """The form for safe contact; none where a reason opened the file, which adds nothing to it."""
    if file.by_reason:
        if request.POST.get("form") == "safe":
            raise Denied(ADDS_NOTHING)
        return None
    more: dict[str, Any] = {"about": (file.found.mention,), "regarding": answering(viewer, file), "ask": SAFE}
    return Sheet(request, viewer, SafeContactSet, moment, name="safe", **more)


def _page(
    request: HttpRequest, viewer: Viewer, file: ChildFile, sheet: Sheet | None, why: WhyForm, moment: datetime
) -> dict[str, Any]:
    late = [view for view in file.owed if view.late]
    child = file.child
    return {
        "file": file,
        "works": not file.by_reason,
        "child": child.spoken() if child else "A child not named",
        "born": child.born if child else None,
        "age": _age(child.born, localtime(moment).date()) if child and child.born else None,
        "contact": file.contact,
        "how": file.contact.fact.spoken("how") if file.contact.fact else "",
        "judged": file.contact.fact.spoken("judged") if file.contact.fact else "",
        "level": _words(file.level.code) if file.level else "",
        "her": HER.get(child.sex or "", THEM) if child else THEM,
        "trusts": _trusts(file),
        "lead": file.lead.entry.saying.fact.spoken("who") if file.lead else "",
        "next": {"sort": sort_words(file.next[0].sort), "meeting": file.next[0], "group": file.next[1]}
        if file.next
        else None,
        "mention": file.found.mention,
        "here": "file",
        "owed": [row(view, viewer) for view in file.owed],
        "late": len(late),
        "page": Paginator(range(file.count), PAGE).get_page(request.GET.get("page")),
        "asked": _asked(request),
        "sheet": sheet,
        "why": why,
        "assess": in_address(ExploitationAssessed),
        "sayable": [(in_address(made), made.title) for made in sayable(viewer) if made is not ExploitationAssessed],
        "form": next((form for form in (sheet and sheet.form, why) if form and form.errors), None),
        "now": moment,
    }


class Her(NamedTuple):
    """How a child is spoken of where the name does not stand: "owed to her", "in her words", "she trusts"."""

    to: str
    own: str
    trusts: str


HER = {"F": Her("her", "her", "she trusts"), "M": Her("him", "his", "he trusts")}
THEM = Her("them", "their", "they trust")


def _trusts(file: ChildFile) -> list[dict[str, str]]:
    """Whom the child trusts: those who were named, else whom the safe contact names."""
    named = [(one.made.entry.saying.fact, one.made.first_sentence) for one in file.trusts]
    found = [{"who": fact.spoken("who"), "of": _agency(fact.spoken("agency")), "first": first} for fact, first in named]
    said = file.contact.fact.trusts if file.contact.fact else None
    return found or ([{"who": said, "of": "", "first": ""}] if said else [])


def _agency(words: str) -> str:
    return f", {words[0].lower()}{words[1:]}" if words else ""


def _age(born: Any, today: Any) -> int:
    years: int = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return years


def _words(level: str) -> str:
    options = ExploitationAssessed.options("level")
    return options.words[level].lower() if options else level


def _done(sheet: Sheet) -> str:
    if sheet.recorded and sheet.recorded.entry.proposed:
        return "Recorded as a proposal. Nothing changes until a second person, from another agency, agrees."
    return "Recorded: Safe contact."


def _glass(request: HttpRequest, viewer: Viewer, mention: UUID, moment: datetime) -> HttpResponse:
    """No child is named here. With a reason, the file opens for a day, and somebody reads the reason."""
    form = GlassForm(request.POST if request.POST.get("form") == "glass" else None, initial={"id": str(uuid4())})
    if _broken(form, viewer, mention, moment):
        messages.success(request, f"The file is open to you for {GLASS_HOURS} hours. Your reason will be read.")
        return redirect("child-file", mention)
    context = {"form": form, "hours": GLASS_HOURS, "reference": str(mention)[:8]}
    return render(request, "case/glass.html", context, status=403)


def _broken(form: FactForm, viewer: Viewer, mention: UUID, moment: datetime) -> bool:
    """Whether the reason was taken; if not, what is wrong stands beside each field."""
    fact = form.hear(moment)
    if not isinstance(fact, GlassBroken):
        return False
    try:
        break_the_glass(viewer, mention, fact, form.coming, moment)
    except IdTaken:
        form.typed["id"] = str(uuid4())
        form.add_error(None, SENT_BEFORE)
        return False
    return True
