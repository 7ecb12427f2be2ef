"""What an agency owes, for those who lead it: who holds each duty, what is late first, who is away."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onrecord.access.queries import Post, called, people_and_cover
from onrecord.access.rules import Viewer, check_lead, led_by
from onrecord.access.views import seated
from onrecord.duties.queries import Asked, DutyView, Load, agency_duties, loads
from onrecord.duties.queries.agency import Member
from onrecord.duties.views.opened import named_children
from onrecord.duties.views.shown import counts, row
from onrecord.ledger.gateway.clock import now
from onrecord.rulebook.queries import edition

PAGE = 50
Away = Mapping[str, tuple[str, date]]
"""By sign-in name: who covers, and the last day of being away."""


@seated
@require_safe
def of_agency(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every open duty of the agencies that somebody leads, fifty on a page, by person and rule where asked."""
    check_lead(viewer)
    moment, asked = now(), asked_of(request)
    here = [one for one in people_and_cover(moment) if one.agency in led_by(viewer)]
    members = [one[:4] for one in here]
    owed = loads(viewer, members, asked.person, moment)
    page = Paginator(range(many_of(owed, asked)), PAGE).get_page(request.GET.get("page"))
    views = agency_duties(viewer, members, asked, moment, (page.number - 1) * PAGE, PAGE)
    context = {
        "lines": owed_lines(viewer, views, here, moment),
        "page": page,
        "counts": strip_of(owed),
        "people": options_of(asked.person, "Everybody", {user: name for user, name, _, _ in members}),
        "rules": options_of(asked.rule, "Every rule", titles_of(owed)),
        "asked": asked,
        "agencies": [called(agency) for agency in sorted(led_by(viewer))],
        "now": moment,
    }
    return render(request, "duties/agency.html", context)


def asked_of(request: HttpRequest) -> Asked:
    """What the list is narrowed to."""
    given = request.GET
    return Asked(given.get("person", ""), given.get("rule", ""), given.get("late") == "yes")


def many_of(owed: list[Load], asked: Asked) -> int:
    """How many duties are in the list, by what each rule asks."""
    wanted = [load for load in owed if asked.rule in ("", load.rule)]
    return sum(load.late if asked.late else load.open for load in wanted)


def strip_of(owed: list[Load]) -> list[dict[str, Any]]:
    """The counts at the head of the list."""
    late, raised = sum(load.late for load in owed), sum(load.raised for load in owed)
    many = sum(load.open for load in owed)
    return counts([(late, "late", True), (many - late, "in time", False), (raised, "said to be impossible", False)])


def titles_of(owed: list[Load]) -> dict[str, str]:
    """The rules of which something is owed, with how many; an older edition's rule by its id."""
    titles = {rule.id: rule.title for load in owed[:1] for rule in edition(load.force).rules}
    return {load.rule: f"{titles.get(load.rule, load.rule)} ({load.open})" for load in owed}


def options_of(picked: str, everything: str, found: Mapping[str, str]) -> list[dict[str, Any]]:
    """What a list may be narrowed to, everything first."""
    rest = sorted(found.items(), key=lambda one: (one[1], one[0]))
    return [{"value": code, "text": text, "selected": code == picked} for code, text in [("", everything), *rest]]


def owed_lines(viewer: Viewer, views: list[DutyView], here: list[Post], moment: datetime) -> list[dict[str, Any]]:
    """What is owed, as a list shows it: by whom, and whether they are here."""
    named = named_children(viewer, views, moment)
    away = {one.user: (one.cover, one.until) for one in here if one.until}
    members = [one[:4] for one in here]
    names = {user: name for user, name, _, _ in members}
    made = []
    for view in views:
        holders = [_holder(user, names, away) for user in _holders(view, members)]
        line = row(view, viewer, named.get(view.mention, "") if view.mention else "")
        made.append(line | {"holders": holders, "nobody_here": all(one["away"] for one in holders)})
    return made


def _holders(view: DutyView, members: list[Member]) -> list[str]:
    """Whoever took it over; else everybody in the role that owes it."""
    return [view.holder] if view.holder else [user for user, _, *seat in members if seat == [view.role, view.agency]]


def _holder(user: str, names: Mapping[str, str], away: Away) -> dict[str, Any]:
    cover, until = away.get(user, ("", None))
    return {"name": names.get(user, user), "away": until, "cover": names.get(cover, cover)}
