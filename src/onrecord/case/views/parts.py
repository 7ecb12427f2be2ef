"""The parts of a child's file: assessments over time, the plan, documents, who may know what, and paper."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST, require_safe

from onrecord.access.queries import called, post
from onrecord.access.rules import Viewer, can_see_reads
from onrecord.access.views import handed_out, sealed_file, seated
from onrecord.case.actions import IdTaken
from onrecord.case.actions.parts import keep_document, open_document, open_part, print_file, who_knows
from onrecord.case.facts import ActionAgreed, ActionDone, ActionNotDone
from onrecord.case.forms import DocumentSheet
from onrecord.case.queries.documents import documents, waiting_to_move
from onrecord.case.queries.parts import Part, actions, assessments
from onrecord.case.rules import GLASS_HOURS
from onrecord.case.views.picture import picture_of
from onrecord.case.views.printing import PDF, told_while_made
from onrecord.duties.forms import SENT_BEFORE
from onrecord.duties.queries import DutyView
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.files import FileTaken
from onrecord.ledger.rules.corrections import PutRight


@seated
@require_safe
def file_assessments(request: HttpRequest, viewer: Viewer, mention: UUID) -> HttpResponse:
    """Every exploitation assessment of a child: as a picture of levels over time, and in words."""
    moment = now()
    found = open_part(viewer, mention, assessments, moment)
    return render(request, "case/assessments.html", _frame(found, "assessments") | picture_of(found, moment))


@seated
@require_safe
def file_plan(request: HttpRequest, viewer: Viewer, mention: UUID) -> HttpResponse:
    """What was agreed and what is owed to a child: by whom, by when, done, late."""
    moment = now()
    found = open_part(viewer, mention, actions, moment)
    context = _frame(found, "plan") | {"agreed": _agreed(found), "duties": _duties(found), "now": moment}
    return render(request, "case/plan.html", context)


@seated
def file_documents(request: HttpRequest, viewer: Viewer, mention: UUID) -> HttpResponse:
    """The documents on a child's file: handed out, never shown; and a form to keep another."""
    moment = now()
    found = open_part(viewer, mention, documents, moment)
    sheet = DocumentSheet(request)
    old = next((uid for uid in found.wanted if str(uid) == request.GET.get("replaces")), None)
    if sheet.sent and _kept(sheet, viewer, mention, old, moment):
        messages.success(request, "Kept sealed. Nobody here looks into it; who may open the file can download it.")
        return redirect("file-documents", mention)
    moving = waiting_to_move(found.found)
    kept = [_document(found, uid) | {"moving": uid in moving} for uid in found.wanted]
    context = _frame(found, "documents") | {"kept": kept, "sheet": sheet, "form": sheet.faulty}
    context["old"] = next((one for one in kept if one["uid"] == old), None)
    return render(request, "case/documents.html", context)


@seated
@require_safe
def document(request: HttpRequest, viewer: Viewer, uid: UUID) -> HttpResponse:
    """A document, handed out as a file and never shown."""
    return sealed_file(request, lambda: open_document(viewer, uid, now()))


@seated
@require_safe
def file_who(request: HttpRequest, viewer: Viewer, mention: UUID) -> HttpResponse:
    """Which agencies work with a child and why, what is sealed, and to the business manager who opened by reason."""
    found = who_knows(viewer, mention, now())
    agencies = {
        "caption": "Agencies that work with this child",
        "head": ["Agency", "Why"],
        "rows": sorted([called(agency), ", ".join(why)] for agency, why in found.agencies.items()),
        "empty": "None.",
    }
    context = {"mention": mention, "reference": found.reference, "agencies": agencies, "sealed": found.sealed}
    context |= {
        "here": "who",
        "works": found.works,
        "manager": can_see_reads(viewer),
        "glass": _glass(found.opened),
        "hours": GLASS_HOURS,
    }
    return render(request, "case/who.html", context)


@seated
@require_POST
def file_print(request: HttpRequest, viewer: Viewer, mention: UUID) -> HttpResponseBase:
    """A child's file as one PDF, without sealed fields, with the name of whoever prints it."""
    made, name = print_file(viewer, mention, now()), f"childs-file-{str(mention)[:8]}.pdf"
    if made.long:
        return told_while_made(request, made, mention, name)
    return handed_out(made.paper(), name, PDF)


def _frame(found: Part, here: str) -> dict[str, Any]:
    """What stands on every part of a file."""
    made = {"mention": found.found.mention, "reference": found.reference, "child": found.child}
    return made | {"here": here, "works": found.works}


def _kept(sheet: DocumentSheet, viewer: Viewer, mention: UUID, old: UUID | None, moment: datetime) -> bool:
    """Whether the document was kept; if not, what is wrong stands beside each field, and all that was typed stays."""
    fact = sheet.hear(moment)
    if fact is None:
        return False
    try:
        keep_document(viewer, mention, fact, sheet.data, sheet.form.coming, moment, old)
    except OSError:
        sheet.came.add_error("file", "The file could not be kept. Try again.")
        return False
    except (IdTaken, FileTaken):
        sheet.form.typed["id"] = str(uuid4())
        sheet.form.add_error(None, SENT_BEFORE)
        return False
    return True


def _document(found: Part, uid: UUID) -> dict[str, Any]:
    made = found.right[uid]
    fact = made.entry.saying.fact
    said = {name: fact.spoken(name) for name in ("what", "from_whom", "dated", "name", "size")}
    newer = next((one for one in found.wanted if uid in found.right[one].first.saying.regarding), None)
    return said | {
        "uid": uid,
        "by": found.by(uid),
        "at": made.first.recorded_at,
        "first": made.first_sentence,
        "replaced": found.right[newer].first.recorded_at if newer else None,
    }


def _agreed(found: Part) -> list[dict[str, Any]]:
    """What meetings agreed, in the order in which they did: by whom, by when, and what came of it."""
    lines = [found.right[uid] for uid in found.wanted if found.right[uid].first.kind == ActionAgreed.kind]
    return [_action(found, made) for made in lines]


def _action(found: Part, made: PutRight) -> dict[str, Any]:
    fact, uid = made.entry.saying.fact, made.first.id
    since = [found.right[one] for one in found.wanted if uid in found.right[one].first.saying.regarding]
    said = {name: fact.spoken(name) for name in ("what", "owner", "by_day")}
    return said | {
        "duty": next((view for view in found.owed if view.opening == uid), None),
        "since": [_since(one.entry.saying.fact, one.first.recorded_at) for one in since],
        "first": made.first_sentence,
    }


def _since(fact: Any, at: datetime) -> str:
    day = date_format(localtime(at), "j F Y")
    match fact:
        case ActionDone():
            return f"Done, said on {day}: {fact.how}"
        case ActionNotDone():
            return f"Not done yet, said on {day}: {fact.why}"
    return ""


def _duties(found: Part) -> dict[str, Any]:
    """Everything owed to the child but for what meetings agreed: what waits first, the soonest first."""
    agreed = {uid for uid in found.wanted if found.right[uid].first.kind == ActionAgreed.kind}
    owed = sorted((view for view in found.owed if view.opening not in agreed), key=lambda view: not view.waits)
    return {
        "caption": "Owed to the child",
        "head": ["What", "By whom", "By when"],
        "rows": [_duty(view) for view in owed],
        "empty": "Nothing is owed.",
    }


def _duty(view: DutyView) -> list[Any]:
    clock: Any = {"due": view.due_at, "done": view.done_at} if view.waits or view.done_at else "No longer owed"
    return [view.rule.title, post(view.role, view.agency), clock]


def _glass(found: Part | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "caption": "Opened without working with the child",
        "head": ["When", "Who", "Why"],
        "rows": [_opening(found, uid) for uid in found.wanted],
        "empty": "Nobody did.",
    }


def _opening(found: Part, uid: UUID) -> list[Any]:
    made = found.right[uid].entry
    at = date_format(localtime(made.recorded_at), "j F Y, H:i")
    return [at, found.by(uid), {"text": made.saying.fact.spoken("why"), "note": made.saying.fact.spoken("reason")}]
