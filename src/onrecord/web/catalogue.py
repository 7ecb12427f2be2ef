"""The catalogue, the processing record and the duties, as pages: one making for the documentation and the web."""

from collections.abc import Mapping
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onrecord.access.facts import (
    ROLES,
    AbsenceNoted,
    AddressChanged,
    ReadingRotaSet,
    RoleEnded,
    RoleHeld,
    SeatAccepted,
    SeatConfirmed,
)
from onrecord.access.rules import Viewer
from onrecord.access.views import seated
from onrecord.duties.facts import RulebookAdopted
from onrecord.duties.queries import rulebook_in_force
from onrecord.duties.rules.page import duties_page
from onrecord.ledger.facts import Fact
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.rules.catalogue_page import columns_page, facts_page, processing_page
from onrecord.ledger.rules.page import Page
from onrecord.rulebook.facts import Rulebook
from onrecord.rulebook.queries import edition

PROPOSED = "A manager of that agency or the partnership's business manager, as a proposal"
OWN_DOORS = {
    RoleHeld.kind: PROPOSED,
    RoleEnded.kind: f"{PROPOSED}. Of an outside seat it counts only if the person in it agrees",
    AddressChanged.kind: "The person it reaches, at once; for somebody inside also a manager of theirs, as a proposal",
    AbsenceNoted.kind: "The person who is away, or a manager of theirs",
    ReadingRotaSet.kind: "A manager of the front door that decides",
    SeatConfirmed.kind: "The person in the seat, and nobody for them",
    SeatAccepted.kind: "The person who was given the seat, and nobody for them",
    RulebookAdopted.kind: "A director or the partnership's business manager, by `onrecord rulebook adopt`",
}


def pages(kinds: Mapping[str, type[Fact]], rulebook: Rulebook) -> tuple[Page, ...]:
    """Every reference page, of these kinds of fact and this edition. Pure: the same arguments, the same pages."""
    facts = facts_page(kinds, ROLES.words, OWN_DOORS)
    return facts, processing_page(kinds), duties_page(rulebook, kinds), columns_page(kinds)


@seated
@require_safe
def reference(request: HttpRequest, viewer: Viewer, name: str = "facts") -> HttpResponse:
    """One of the reference pages, of the edition in force. Nothing in them is about anybody."""
    book = rulebook_in_force(now())
    if book is None:
        raise Http404
    made = _pages(book.digest)
    found = next((page for page in made if page.name == name), None)
    if found is None:
        raise Http404
    return render(request, "onrecord/reference.html", {"page": found, "pages": made})


@lru_cache(maxsize=4)
def _pages(digest: str) -> tuple[Page, ...]:
    return pages(catalogue(), edition(digest))
