"""The page by which a document that stands on the wrong child's file is moved to the right one."""

from datetime import datetime
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from onrecord.access.rules import Denied, Viewer
from onrecord.access.views import seated
from onrecord.case.actions import IdTaken
from onrecord.case.actions.moving import move_document
from onrecord.case.actions.parts import open_part
from onrecord.case.facts import DocumentMoved
from onrecord.case.forms import MoveForm
from onrecord.case.queries.documents import documents
from onrecord.case.queries.parts import Part
from onrecord.case.views.saying import PROPOSED
from onrecord.duties.forms import SENT_BEFORE
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import NoSuchEntry


@seated
def document_move(request: HttpRequest, viewer: Viewer, mention: UUID, uid: UUID) -> HttpResponse:
    """Propose that a document belongs on another child's file. Where there is none that is theirs, there is no page."""
    moment = now()
    found = _theirs(viewer, mention, uid, moment)
    form = MoveForm(request.POST if request.method == "POST" else None, initial={"id": uuid4()})
    if form.is_bound and _moved(form, viewer, mention, uid, moment):
        messages.success(request, PROPOSED)
        return redirect("file-documents", mention)
    what = found.right[uid].entry.saying.fact.spoken("what")
    context = {"form": form, "mention": mention, "child": found.child, "what": what}
    return render(request, "case/document_move.html", context)


def _theirs(viewer: Viewer, mention: UUID, uid: UUID, moment: datetime) -> Part:
    """The documents of a file, opened, with this one among them. Raises NoSuchEntry for everybody else."""
    try:
        found = open_part(viewer, mention, documents, moment)
    except Denied:
        found = None
    if found is None or not found.works or uid not in found.wanted:
        raise NoSuchEntry(f"There is no document {uid} on this file.")
    return found


def _moved(form: MoveForm, viewer: Viewer, mention: UUID, uid: UUID, moment: datetime) -> bool:
    """Whether it was proposed; if not, what is wrong stands beside each field, and all that was typed stays."""
    if not form.is_valid():
        return False
    typed = form.cleaned_data
    fact = DocumentMoved(document=str(uid), into=str(typed["into"]), why=typed["why"])
    try:
        move_document(viewer, mention, fact, typed["id"] or uuid4(), moment)
    except Refused as refused:
        form.add_error("into", refused.faults[0].message)
    except (Denied, NoSuchEntry) as why:
        form.add_error("into", str(why))
    except IdTaken:
        form.add_error(None, SENT_BEFORE)
    return not form.errors
