"""Another edition of the rulebook: brought, looked at with all that it would change, and then proposed."""

from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from onrecord.access.queries import outside_contacts, post
from onrecord.access.rules import Viewer
from onrecord.access.views import seated
from onrecord.duties.actions.adopt import ADOPTERS, Effect, RulebookUnfit, by_its_words
from onrecord.duties.actions.editions import NothingToPropose, bring, check_adopter, propose
from onrecord.duties.queries.adopted import adopted, rulebook_in_force, waiting_adoption
from onrecord.duties.queries.lists import answerable
from onrecord.duties.rules.page import kinds_in_words
from onrecord.duties.views.effects import GOING_ON, Compared, count_on, named, strip, table
from onrecord.duties.views.shown import counts
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.registry import catalogue
from onrecord.rulebook.facts import Change, Fault, Rulebook
from onrecord.rulebook.gateway import LARGEST, RulebookRefused, read_zip
from onrecord.rulebook.queries import NoSuchEdition, edition, kept_editions, shipped_edition

FIRST_FAULTS = 20
ADOPTED = "Adopted. These rules are in force from now on."
PROPOSED = "Proposed. The rules stay as they are until somebody agrees who may."


class BringForm(forms.Form):
    """Which edition: a zip file, or one that is kept here already."""

    file = forms.FileField(
        label="A folder of rules, as a zip file",
        help_text="One YAML file for each rule, and the calendar. Up to 2 megabytes.",
        required=False,
        allow_empty_file=True,
    )
    kept = forms.ChoiceField(
        label="Or one of the editions that are kept here", required=False, widget=forms.RadioSelect
    )

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        said = self.cleaned_data
        if not self.errors and bool(said.get("file")) == bool(said.get("kept")):
            both = "Choose a file or an edition that is kept here, not both."
            self.add_error("file", both if said.get("file") else "Choose a file, or an edition that is kept here.")
        if said.get("file") and said["file"].size > LARGEST:
            self.add_error("file", "The file is larger than 2 megabytes.")
        return said


class WhyForm(forms.Form):
    """Why an edition is proposed."""

    why = forms.CharField(
        label="Why should these rules be adopted?",
        help_text="Whoever has to agree reads this.",
        error_messages={"required": "Say why these rules should be adopted."},
        widget=forms.Textarea({"rows": 4}),
        max_length=20_000,
    )


@seated
def bring_edition(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Choose an edition to look at. Nothing is proposed yet."""
    check_adopter(viewer)
    form = BringForm(request.POST, request.FILES) if request.method == "POST" else BringForm()
    (own, faults), current = _shipped(), rulebook_in_force(now())
    form.fields["kept"].choices = _kept(current, own)  # type: ignore[attr-defined]
    if form.is_bound and form.is_valid():
        try:
            return redirect("edition", bring(viewer, _brought(form)))
        except (RulebookRefused, RulebookUnfit) as refused:
            faults = refused.faults
            many = "one fault" if len(faults) == 1 else f"{len(faults)} faults"
            form.add_error("file", f"These rules cannot be adopted: {many}, listed below. Nothing was kept.")
    shown = {"faults": faults[:FIRST_FAULTS], "more": max(0, len(faults) - FIRST_FAULTS), "unfit": not own}
    return render(request, "duties/bring_edition.html", {"form": form, **shown})


def _brought(form: BringForm) -> Rulebook:
    said = form.cleaned_data
    if said["file"]:
        return read_zip(said["file"].read())
    return edition(said["kept"])


def _shipped() -> tuple[str, tuple[Fault, ...]]:
    """The digest of the edition that comes with this version; "" with its faults where it cannot be adopted."""
    try:
        return shipped_edition().digest, ()
    except RulebookRefused as refused:
        return "", refused.faults


def _kept(current: Rulebook | None, own: str) -> list[tuple[str, str]]:
    """The editions that are kept here but for the one in force, each with when it was adopted last."""
    since = {made.rulebook.digest: made.at for made in adopted()}
    found = []
    for digest in sorted(kept_editions() | {own} - {""}, key=lambda digest: (digest != own, digest)):
        if current is None or digest != current.digest:
            when = f"adopted on {since[digest]:%-d %B %Y}" if digest in since else "never adopted"
            comes = "comes with this version, " if digest == own else ""
            found.append((digest, f"Edition {digest[:16]}: {comes}{when}"))
    return found


@seated
def one_edition(request: HttpRequest, viewer: Viewer, digest: str) -> HttpResponse:
    """What an edition would change, rule by rule, and for how many duties that are open; and a way to propose it."""
    moment = now()
    current, book = rulebook_in_force(moment), _edition(digest)
    if current is None or book is None:
        raise Http404
    form = WhyForm(request.POST) if request.method == "POST" else WhyForm()
    if request.method == "POST":
        check_adopter(viewer)
        if form.is_valid() and _proposed(request, viewer, digest, form, moment):
            return redirect("rulebook")
    said = count_on(request, viewer, current, book)
    context = _page(viewer, current, book, said, moment) | {"form": form}
    response = render(request, "duties/edition.html", context)
    if said and not said.done and request.method == "GET":
        response["Refresh"] = f"0; url={request.path}?{GOING_ON}=1"
    return response


def _edition(digest: str) -> Rulebook | None:
    try:
        return edition(digest)
    except (NoSuchEdition, RulebookRefused):
        return None


def _proposed(request: HttpRequest, viewer: Viewer, digest: str, form: WhyForm, moment: datetime) -> bool:
    """Whether it was proposed, or adopted; if not, what is wrong stands beside the field."""
    try:
        made = propose(viewer, digest, form.cleaned_data["why"], moment)
    except (NothingToPropose, RulebookUnfit) as why:
        form.add_error("why", str(why))
    except Refused as refused:
        for fault in refused.faults:
            form.add_error("why", fault.message)
    else:
        messages.success(request, PROPOSED if made.proposed else ADOPTED)
    return not form.errors


def _page(viewer: Viewer, current: Rulebook, book: Rulebook, said: Compared | None, moment: datetime) -> dict[str, Any]:
    """All that the page shows."""
    titles = {rule.id: rule.title for one in (current, book) for rule in one.rules}
    effect = by_its_words(current, book, moment)
    if said and said.lowered:
        effect = replace(effect, later=1, outside=True)
    waits = waiting_adoption(book.digest)
    return {
        "book": book,
        "in_force": current.digest == book.digest,
        "waits": waits,
        "answer": next((view.key for view in answerable(viewer, waits, moment)), None) if waits else None,
        "may_propose": bool(viewer.roles & ADOPTERS) and not waits and current.digest != book.digest,
        "rules": _by_rule(effect.changes, titles),
        "longer": effect.longer,
        "signs": _signs(effect),
        "contacts": [post(role, agency) for _, role, agency in outside_contacts()] if effect.outside else [],
        "compared": said,
        "counts": counts(strip(said)) if said and said.done else [],
        "table": table(said, titles) if said and said.done else {},
        "named": named(said, titles) if said and said.done else [],
        "going_on": f"?{GOING_ON}=1",
    }


def _signs(effect: Effect) -> str:
    """Who has to agree: somebody `outside`, a `second` person, or `nobody` else."""
    if effect.outside:
        return "outside"
    return "second" if effect.lowers else "nobody"


def _by_rule(changes: tuple[Change, ...], titles: dict[str, str]) -> list[dict[str, Any]]:
    """The changes, each rule's together under its title, which need not be said again in each."""
    found = []
    for rule, group in groupby(changes, key=lambda change: change.rule):
        title = titles.get(rule, "The calendar")
        words = [kinds_in_words(change.words.removeprefix(f"{title}: "), catalogue()) for change in group]
        found.append({"title": title, "words": [said[:1].upper() + said[1:] for said in words]})
    return found
