"""The rules in force, each with its source and how sure we are of it: all of them, and those that can fall on one."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onrecord.access.queries import called
from onrecord.access.rules import Viewer, led_by
from onrecord.access.views import seated
from onrecord.duties.actions.adopt import ADOPTERS
from onrecord.duties.queries import Load, agency_loads, my_loads, rulebook_in_force
from onrecord.duties.rules.falls import falls_on, falls_within
from onrecord.duties.views.shown import limit, role_words
from onrecord.ledger.gateway.clock import now
from onrecord.rulebook.facts import Rule, Rulebook
from onrecord.rulebook.rules import local_day, value_on

SEALED = "Such a report names somebody who works here, or says so. Nobody whom it names sees it."


@seated
@require_safe
def rules(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every duty the law, guidance or we ourselves set, with the limit that holds today."""
    moment = now()
    book = rulebook_in_force(moment)
    context = {"limits": _limits(book, moment, lambda rule: True), "may_propose": bool(viewer.roles & ADOPTERS)}
    return render(request, "duties/rules.html", context | {"book": book})


@seated
@require_safe
def my_rules(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every rule in force that can put a duty on somebody's role or on the agency they lead, and how many are open."""
    moment = now()
    book = rulebook_in_force(moment)
    posts = [f"{role_words(held.role)} at {called(held.agency)}" for held in viewer.holdings]
    context = {"posts": posts, "parts": _parts(viewer, book, moment), "book": book}
    return render(request, "duties/my_rules.html", context)


def _parts(viewer: Viewer, book: Rulebook | None, moment: datetime) -> list[dict[str, Any]]:
    """One's own rules; those that are one's own only where a report is sealed; those of others in one's agency."""
    mine, ours = my_loads(viewer, moment), agency_loads(viewer, moment)
    sorts = {held.sort for held in viewer.holdings if held.agency in led_by(viewer)}

    def own(rule: Rule) -> bool:
        return any(falls_on(rule, held.role, held.sort) for held in viewer.holdings)

    def sealed(rule: Rule) -> bool:
        return any(falls_on(rule, held.role, held.sort, sealed=True) for held in viewer.holdings) and not own(rule)

    def others(rule: Rule) -> bool:
        return any(falls_within(rule, sort) for sort in sorts) and not own(rule) and not sealed(rule)

    made = (
        ("What you owe", "", _limits(book, moment, own, mine)),
        ("Only where a report is sealed", SEALED, _limits(book, moment, sealed, mine)),
        ("What others in your agency owe", "", _limits(book, moment, others, ours)),
    )
    found = [
        {"title": title, "hint": hint, "limits": limits, "heading": "h3"} for title, hint, limits in made if limits
    ]
    return found if len(found) != 1 or found[0]["hint"] else [found[0] | {"title": "", "heading": "h2"}]


def _limits(
    book: Rulebook | None,
    moment: datetime,
    wanted: Callable[[Rule], bool],
    owed: Mapping[str, Load] | None = None,
) -> list[dict[str, Any]]:
    day = local_day(moment, book.calendar) if book else None
    chosen = [rule for rule in book.rules if wanted(rule)] if book else []
    shown = [limit(rule, value_on(rule.within, day)) for rule in chosen if day]
    return shown if owed is None else [one | {"load": _spoken(owed.get(one["rule"].id))} for one in shown]


def _spoken(load: Load | None) -> str:
    """How much of a rule is owed now: "3 open now, 1 of them late"."""
    if load is None:
        return "None open now"
    late = f", {load.late} of them late" if load.late else ", none late"
    return f"{load.open} open now{late}"
