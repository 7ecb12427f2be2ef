"""Answering a child: what was written, what is owed, and the forms by which somebody trained writes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from onrecord.access.queries import all_trained, names
from onrecord.access.rules import Viewer, can_decide
from onrecord.access.views import seated
from onrecord.access.views.handing import not_handed_out
from onrecord.duties.forms import Sheet
from onrecord.duties.views.shown import row
from onrecord.intake.facts import ReportSetAside
from onrecord.ledger.facts import Fact, mention_of
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.files import FileSpoilt, NoFile
from onrecord.mailbox.actions import open_file_sent, open_identity, open_messages
from onrecord.mailbox.facts import (
    AddedWeighed,
    IdentityOpened,
    MessageWritten,
    OffenceClear,
    ReaderChanged,
    WayFound,
)
from onrecord.mailbox.facts.another import TRAINED
from onrecord.mailbox.queries import Talk, to_answer
from onrecord.mailbox.rules import hints

KINDS: dict[str, type[Fact]] = {
    "write": MessageWritten,
    "offence": OffenceClear,
    "way": WayFound,
    "reader": ReaderChanged,
    "added": AddedWeighed,
    "open": IdentityOpened,
    "aside": ReportSetAside,
}
WRITE, AS_IT_IS = "write", "as_it_is"
HAND_OUT = "application/octet-stream"


@seated
def messages_page(request: HttpRequest, viewer: Viewer, uid: UUID) -> HttpResponse:
    """What was written in a mailbox, and what can be said there now."""
    moment = now()
    found = open_messages(viewer, uid, moment)
    hinted = _hinted(request)
    sheets = {name: _sheet(request, viewer, name, found, moment, quiet=bool(hinted)) for name in _asked(found)}
    done = next((sheet for sheet in sheets.values() if sheet.recorded), None)
    if done and done.recorded:
        proposed = done.recorded.entry.proposed
        messages.success(request, "Proposed. A second person decides." if proposed else f"Recorded: {done.title}.")
        return redirect("messages", uid)
    return render(request, "mailbox/messages.html", _page(viewer, found, sheets, hinted, moment))


@seated
@require_safe
def sent_file(request: HttpRequest, viewer: Viewer, uid: UUID, file: UUID) -> HttpResponse:
    """A file that a child sent, handed out under a name that says nothing, and never drawn on a page."""
    try:
        _, data = open_file_sent(viewer, uid, file, now())
    except (NoFile, FileSpoilt) as gone:
        return not_handed_out(request, gone)
    made = HttpResponse(data, content_type=HAND_OUT)
    made["Content-Disposition"] = f'attachment; filename="sent-{str(file)[:8]}.bin"'
    return made


@seated
@require_safe
def who_reported(request: HttpRequest, viewer: Viewer, uid: UUID) -> HttpResponse:
    """Who reported, for the two who agreed to open it."""
    kept = open_identity(viewer, uid, now())
    said = [("Name", kept.who), ("Where they work", kept.of), ("How to reach them", kept.reach)]
    context = {"uid": uid, "said": [(label, words) for label, words in said if words]}
    return render(request, "mailbox/who.html", context)


def _asked(found: Talk) -> list[str]:
    """The forms of the page, as it stands now."""
    kinds = {match.kind for view in found.waits for match in view.rule.discharged_by}
    shown = {
        "write": found.of_child and not found.watched and not found.no_words,
        "offence": found.of_child and not found.clear,
        "way": found.watched,
        "reader": ReaderChanged.kind in kinds,
        "added": found.decided and not found.proposed.issuperset(to_answer(found, AddedWeighed.kind)),
        "open": found.identity is not None and not found.identity_opened,
        "aside": not found.decided,
    }
    return [name for name, fits in shown.items() if fits]


def _sheet(request: HttpRequest, viewer: Viewer, name: str, found: Talk, moment: datetime, *, quiet: bool) -> Sheet:
    """One form. A message with a hint is shown again first, as typed; pressed once more it is sent as it is."""
    fact, uid = KINDS[name], found.made.id
    opened = [found.identity] if fact is IdentityOpened and found.identity is not None else []
    said: dict[str, Any] = {"about": (mention_of(uid, "child"),)}
    said["regarding"] = (*opened, uid)  # whoever signs second sees for which report it is asked
    said["waiting"] = to_answer(found, fact.kind) if fact.response else ()
    return _Hinted(request, viewer, fact, moment, name=name, quiet=quiet, **said)


class _Hinted(Sheet):
    """A form that is shown with a hint before it is sent."""

    def __init__(self, *given: Any, quiet: bool, **more: Any) -> None:
        self._quiet = quiet
        super().__init__(*given, **more)

    def _record(self, viewer: Viewer, now: datetime, also: Any) -> Any:
        return None if self._quiet and self.name == WRITE else super()._record(viewer, now, also)


def _hinted(request: HttpRequest) -> list[Any]:
    """What in a message suggests its answer, the first time it is sent; nothing once its author wants it as it is."""
    if request.POST.get("form") != WRITE or AS_IT_IS in request.POST:
        return []
    return hints(request.POST.get(f"{WRITE}-words", ""))


def _page(viewer: Viewer, found: Talk, sheets: dict[str, Sheet], hinted: list[Any], moment: datetime) -> dict[str, Any]:
    able = all_trained(TRAINED, moment)
    if "reader" in sheets:
        called = names(able - found.aside)
        sheets["reader"].form.fields["reader"].widget = forms.Select(choices=[("", "Choose one"), *called.items()])
    return {
        "talk": found,
        "back": "front-door-report" if can_decide(viewer) else "sealed-report",
        "uid": found.made.id,
        "reference": str(found.made.id)[:8],
        "sheets": sheets,
        "hints": hinted,
        "as_it_is": AS_IT_IS,
        "trained": viewer.user in able,
        "aside": viewer.user in found.aside,
        "owed": [row(view, viewer) for view in found.waits],
        "form": next((sheet.form for sheet in sheets.values() if sheet.form.errors), None),
        "now": moment,
    }
