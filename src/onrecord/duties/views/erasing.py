"""Erasures: what was erased and what is proposed, for everybody who answers for it; and a page to propose one.

Nothing that an entry says is shown here: fields go by their names.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime

from onrecord.access.facts import OUTSIDE_ROLES
from onrecord.access.queries import called
from onrecord.access.rules import SIGNERS, Denied, Viewer
from onrecord.access.views import seated
from onrecord.duties.actions import IdTaken
from onrecord.duties.actions.erasing import (
    OWNERS,
    answers_for,
    check_agrees_to_erase,
    effect,
    may_erase,
    propose_erasure,
    reads_to_erase,
)
from onrecord.duties.forms import Sheet
from onrecord.duties.queries.erasing import At, hidden_at, lines_at, of_proposal, of_whom, owner_of
from onrecord.duties.queries.erasing_reads import ReadsOf
from onrecord.duties.views.erased import (
    changed,
    choices_of,
    gone_ones,
    hold_words,
    read_choices,
    read_parts,
    shown_line,
    spoken_parts,
)
from onrecord.intake.queries import hidden
from onrecord.ledger.facts import Erasing
from onrecord.ledger.facts.erasure import BASES, READS
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.queries import (
    NoSuchEntry,
    asked_erasures,
    backups,
    called_by,
    entries,
    holds,
    lines,
)
from onrecord.ledger.rules.backups import spoken, standing_in
from onrecord.ledger.rules.effect import Line, line_of
from onrecord.ledger.rules.erasing import targets

MOST = 50
SEE, PROPOSE = "see", "propose"
PROPOSED = "Proposed. Nothing is erased until somebody agrees who may."
SENT_BEFORE = "This was sent before, with other answers. Nothing you wrote is lost. Send it again."


class ErasureForm(forms.Form):
    """What is to go, under what law, and why."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    what = forms.MultipleChoiceField(
        label="What is to go?",
        help_text="It goes for good, from the record and from every page, print and export.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what is to go."},
    )
    basis = forms.ChoiceField(
        label="Under what law?",
        widget=forms.RadioSelect,
        choices=[(code, words[0].upper() + words[1:]) for code, words in BASES.words.items()],
        error_messages={"required": "Choose what asks for it."},
    )
    why = forms.CharField(
        label="Why does that apply?",
        help_text="Whoever has to agree reads this. Do not repeat what is to go.",
        error_messages={"required": "Say why that applies."},
        widget=forms.Textarea({"rows": 4}),
        max_length=20_000,
    )

    def __init__(self, choices: Sequence[tuple[str, str]], sent: Any = None) -> None:
        """Take what can be chosen, by its value, and what was sent."""
        super().__init__(sent)
        self.fields["what"].choices = choices  # type: ignore[attr-defined]


def may_see(viewer: Viewer) -> bool:
    """Whether they see what was erased: those who answer for records, those who sign, and the people outside."""
    return may_erase(viewer) or bool(viewer.roles & SIGNERS)


@seated
def erasures_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What was erased, what is proposed, what must be kept, and until when backups hold what is gone."""
    if not may_see(viewer):
        raise Denied("Erasures are listed for those who answer for an agency's records, and for those who sign.")
    moment = now()
    asked, gone = asked_erasures()
    waits = Paginator(asked, MOST).get_page(request.GET.get("waits"))
    went = Paginator(gone, MOST).get_page(request.GET.get("page"))
    of = {at for line in waits for at in of_proposal(line)} | {At(one.log, one.entry) for one in went}
    closed = hidden_at(viewer, of)
    known = {line.id: line for line in lines_at(of)}
    shown = [line for line in waits if closed.isdisjoint(at.uid for at in of_proposal(line))]
    waiting = _waiting(request, viewer, shown, known, moment)
    done = next((one["sheet"] for one in waiting if one["sheet"] and one["sheet"].recorded), None)
    if done:
        messages.success(request, f"Recorded: {done.recorded.entry.saying.fact.title}.")
        return redirect("erasures")
    context = {
        "waiting": waiting,
        "gone": gone_ones(list(went), known, closed, localtime(moment).date()),
        "waits": waits,
        "page": went,
        "holds": [hold_words(line) for line in holds(moment)],
        "proposes": may_erase(viewer),
        "find": request.GET.get("find", "").strip(),
        "found": _found(viewer, request.GET.get("find", "")) if may_erase(viewer) else [],
        "form": next((one["sheet"].form for one in waiting if one["sheet"] and one["sheet"].form.errors), None),
    }
    return render(request, "duties/erasures.html", context)


@seated
def erase(request: HttpRequest, viewer: Viewer, uid: UUID) -> HttpResponse:
    """Propose to erase fields of an entry, entries about a child, or the words in which people looked for the child.

    First it says what that would do.
    """
    reads = _reads(request, viewer, uid) if request.GET.get("log") == READS else None
    wanted = [line_of(one) for one in reads.found] if reads else _entries_of(viewer, uid)
    choices = read_choices(reads.found) if reads else _choices(wanted)
    form = ErasureForm(choices, request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "uid": uid, "entries": [shown_line(line) for line in wanted]}
    context |= {"reads": reads, "child": uid not in {line.id for line in wanted}}
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data["what"]
        parts = read_parts(chosen, reads.found) if reads else _parts(chosen, wanted)
        if request.POST.get("step") == PROPOSE and _proposed(request, viewer, form, parts):
            return redirect("erasures")
        context |= _seen(viewer, form, parts, wanted)
    return render(request, "duties/erase.html", context)


def _reads(request: HttpRequest, viewer: Viewer, uid: UUID) -> ReadsOf:
    """The reads of a child of which something could go; Http404 for who may propose nothing."""
    before = request.GET.get("before", "")
    try:
        return reads_to_erase(viewer, uid, int(before) if before.isdecimal() else None, now())
    except NoSuchEntry:
        raise Http404 from None


def _proposed(request: HttpRequest, viewer: Viewer, form: ErasureForm, parts: list[Erasing]) -> bool:
    """Whether it was proposed; if not, what is wrong stands beside the field."""
    said = form.cleaned_data
    try:
        propose_erasure(viewer, parts, said["basis"], said["why"], said["id"], now())
    except IdTaken:
        form.data = sent_anew(form.data)
        form.add_error(None, SENT_BEFORE)
    except (Refused, Denied):
        return False  # said by what is seen of it
    else:
        messages.success(request, PROPOSED)
    return not form.errors


def sent_anew(sent: Any) -> Any:
    """What was sent, under an id that nothing has."""
    again = sent.copy()
    again["id"] = str(uuid4())
    return again


def _seen(viewer: Viewer, form: ErasureForm, parts: list[Erasing], wanted: Sequence[Line]) -> dict[str, Any]:
    """What it would do, or why it may not be."""
    moment = now()
    try:
        changes, refused, outside = effect(viewer, parts, form.cleaned_data["basis"], moment)
    except Refused as fault:
        for wrong in fault.faults:
            form.add_error("what", wrong.message)
        return {}
    except Denied as denied:
        form.add_error(None, str(denied))
        return {}
    for words in refused:
        form.add_error(None, words)
    owner = owner_of(wanted[0])
    own = any(held.agency == owner and held.role in OWNERS for held in viewer.holdings)
    return {
        "changes": [changed(At(one.log, one.entry), one.names) for one in changes] if not refused else [],
        "outside": outside,
        "signs": "outside" if outside else "office" if own else "owner",
        "owner": called(owner),
        "backups": spoken(standing_in(backups(), [moment], localtime(moment).date())),
    }


def _waiting(
    request: HttpRequest, viewer: Viewer, shown: Sequence[Line], known: Mapping[UUID, Line], moment: datetime
) -> list[dict[str, Any]]:
    """The proposals that wait, each with the form for who may sign it."""
    opened = {made.id: made.saying.fact for made in entries(line.id for line in shown)} if shown else {}
    return [
        {
            "line": line,
            "why": opened[line.id].spoken("why"),
            "parts": spoken_parts(line, known),
            "basis": BASES.words[line.coded["basis"]],
            "by": called(line.agency),
            "owner": called(line.coded["owner"]),
            "signs": "outside"
            if line.coded.get("outside")
            else "office"
            if line.agency == line.coded["owner"]
            else "owner",
            "sheet": _sheet(request, viewer, line, moment),
        }
        for line in shown
    ]


def _sheet(request: HttpRequest, viewer: Viewer, line: Line, moment: datetime) -> Sheet | None:
    """The form by which this person answers; None for who may not."""
    if line.by == viewer.user or line.agency == viewer.seat.agency:
        return None
    if line.coded.get("outside"):
        asked = bool(viewer.roles & OUTSIDE_ROLES)
    else:
        try:
            check_agrees_to_erase(viewer, line)
            asked = True
        except Denied:
            asked = False
    name = f"sign{str(line.id)[:8]}"
    return Sheet(request, viewer, None, moment, name=name, regarding=(line.id,)) if asked else None


def _found(viewer: Viewer, reference: str) -> list[dict[str, Any]]:
    """The entries and children that people call by this reference, as far as somebody may know of them."""
    ids = sorted(called_by(reference))[:MOST] if reference.strip() else []
    closed = hidden(viewer, ids) if ids else set()
    known = {line.id: line for line in lines(ids)} if ids else {}
    shown = [uid for uid in ids if uid not in closed and (uid not in known or answers_for(viewer, known[uid]))]
    return [{"uid": uid} | (shown_line(known[uid]) if uid in known else {}) for uid in shown]


def _entries_of(viewer: Viewer, uid: UUID) -> list[Line]:
    """The entry with this id; or everything about the child with it that is the record of an agency they answer for."""
    found = lines([uid]) or of_whom(viewer, uid)
    closed = hidden(viewer, [line.id for line in found]) if found else set()
    if not (shown := [line for line in found if line.id not in closed and answers_for(viewer, line)]):
        raise Http404
    return shown


def _choices(wanted: Sequence[Line]) -> list[tuple[str, str]]:
    """Of one entry its fields; of several each entry whole."""
    if len(wanted) == 1:
        return choices_of(wanted[0])
    return [
        (str(line.id), f"{catalogue()[line.kind].title}, {line.recorded_at:%-d %B %Y}: all of it") for line in wanted
    ]


def _parts(chosen: Sequence[str], wanted: Sequence[Line]) -> list[Erasing]:
    """What was chosen, as parts of a proposal. An entry that goes whole goes field by field."""
    known, parts = {str(line.id): line for line in wanted}, []
    for value in chosen:
        entry, _, rest = value.partition(" ")
        field, _, instead = rest.partition(" ")
        whole = [one.name for one in targets(catalogue()[known[entry].kind]) if "." not in one.name]
        parts += [Erasing(entry=entry, field=name, instead=instead or None) for name in ([field] if field else whole)]
    return parts
