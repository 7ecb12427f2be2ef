"""People at work: who holds what, what is proposed and waits, and the forms by which any of it is said."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.paginator import Page, Paginator
from django.forms.utils import ErrorList
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime

from onrecord.access.facts import (
    OUTSIDE_ROLES,
    PARTS,
    ROLES,
    AbsenceNoted,
    AddressChanged,
    RoleEnded,
    RoleHeld,
    SecondStepEnded,
    TeamJoined,
    TeamLeft,
    TrainingHeld,
)
from onrecord.access.queries import (
    Proposed,
    absences,
    all_teams,
    called,
    names,
    people,
    post,
    proposals,
)
from onrecord.access.rules import Denied, Viewer, can_see_people, can_set_rota, check_record, may_propose
from onrecord.access.views import seated
from onrecord.duties.actions.people import may_sign
from onrecord.duties.forms import Sheet
from onrecord.duties.views.picks import (
    Item,
    Person,
    Pick,
    absent,
    agencies_of,
    holdings_of,
    in_teams,
    locked_out,
    reached,
    taught,
    to_be_in_a_team,
)
from onrecord.ledger.facts import Fact
from onrecord.ledger.forms import Ask
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import lines as ledger_lines

MOST = 50


class Form(NamedTuple):
    """One thing that can be said of people: the fact, what is picked and what is typed, and what is said after."""

    title: str
    intro: str
    fact: type[Fact]
    ask: Ask
    picks: Callable[[Viewer], list[Pick]]
    done: str


@seated
def people_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Who holds what, what is proposed, who is away and who reads; for those who propose and those who sign."""
    if not can_see_people(viewer):
        raise Denied("People are listed for the managers who propose roles, and for those who sign.")
    moment = now()
    everybody = people()
    page = Paginator(proposals(), MOST).get_page(request.GET.get("page"))
    lines = _lines(request, viewer, page, everybody, moment)
    done = next((line["sheet"] for line in lines if line["sheet"].recorded), None)
    if done:
        messages.success(request, f"Recorded: {done.recorded.entry.saying.fact.title}.")
        return redirect("people")
    seen = [one for one in everybody if may_propose(viewer, one[3]) or not _proposes(viewer)]
    context = {
        "lines": lines,
        "page": page,
        "agencies": _by_agency(seen),
        "proposes": _proposes(viewer),
        "teams": _by_team(seen),
        "invites": _proposes(viewer) or bool(viewer.roles & OUTSIDE_ROLES),
        "sets_rota": can_set_rota(viewer),
        "form": next((line["sheet"].form for line in lines if line["sheet"].form.errors), None),
        "now": moment,
    }
    return render(request, "duties/people.html", context)


@seated
def say_of_people(request: HttpRequest, viewer: Viewer, what: str) -> HttpResponse:
    """One form: propose somebody for a role, propose an end, change an address, note an absence."""
    check_record(viewer)
    made = FORMS.get(what)
    if made is None:
        raise Http404
    picks = made.picks(viewer)
    if not all(pick.items for pick in picks):
        raise Denied("A role is proposed by a manager of that agency, or by the partnership's business manager.")
    also: dict[str, str] = {}
    for pick in picks:
        also |= _picked(pick, request.POST.get(pick.name, ""))
    sheet = Sheet(request, viewer, made.fact, now(), name=what, ask=made.ask, also=also)
    if sheet.recorded:
        messages.success(request, WAITS if sheet.recorded.entry.proposed else made.done)
        return redirect("people" if can_see_people(viewer) else "my-duties")
    missing = [pick.missing for pick in picks if sheet.form.errors and not pick.picked]
    if missing:
        sheet.form.errors[NON_FIELD_ERRORS] = ErrorList(missing)
    away = _away(picks[0].items, now()) if what == "away" else []
    see = can_see_people(viewer)
    context = {
        "made": made,
        "picks": picks,
        "sheet": sheet,
        "form": sheet.form,
        "see": see,
        "away": away,
        "missing": missing,
    }
    return render(request, "duties/say_of_people.html", context)


def _picked(pick: Pick, value: str) -> dict[str, str]:
    """What was picked, as fields of the fact; it stays picked when the page comes back."""
    found: dict[str, str] = {}
    for item in pick.items:
        item["selected"] = item["value"] == value
        if item["selected"] and value:
            found = dict(zip(PICKED.get(pick.name, (pick.name,)), value.split("/"), strict=True))
    return found


def _lines(
    request: HttpRequest, viewer: Viewer, page: Page[Proposed], everybody: list[Person], moment: datetime
) -> list[dict[str, Any]]:
    """The proposals of a page, each with the form to agree or not for those who may sign it now."""
    found = list(page)
    said = {line.id: line for line in ledger_lines(one.id for one in found)}
    named, posts = _named(found, everybody), {user: post(role, agency) for user, _, role, agency in everybody}
    return [
        {
            "who": one.name or named.get(one.user, one.user),
            "by": named.get(one.by, one.by),
            "one": one,
            "post": post(one.role, one.agency) if one.role else posts.get(one.user, ""),
            "outside": one.role in OUTSIDE_ROLES,
            "asked": may_sign(viewer, said[one.id], moment),
            "sheet": _sheet(request, viewer, one, moment),
        }
        for one in found
    ]


def _sheet(request: HttpRequest, viewer: Viewer, one: Proposed, moment: datetime) -> Sheet:
    return Sheet(request, viewer, None, moment, name=f"sign{str(one.id)[:8]}", regarding=(one.id,))


def _named(found: list[Proposed], everybody: list[Person]) -> dict[str, str]:
    """The names of those who propose and of those it is about."""
    known = {user: name for user, name, _, _ in everybody}
    return known | names({user for one in found for user in ("" if one.name else one.user, one.by)} - {"", *known})


def _proposes(viewer: Viewer) -> bool:
    return any(may_propose(viewer, held.agency) for held in viewer.holdings)


def _by_agency(seen: list[Person]) -> list[tuple[str, list[tuple[str, str]]]]:
    ordered = sorted(seen, key=lambda one: (called(one[3]), one[1]))
    return [
        (called(agency), [(name, ROLES.words.get(role, role)) for _, name, role, _ in members])
        for agency, members in groupby(ordered, key=lambda one: one[3])
    ]


def _by_team(seen: list[Person]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The teams of the agencies seen, each with who is in it."""
    known = {user: name for user, name, _, _ in seen}
    there = all_teams({agency for *_, agency in seen})
    return [
        (f"{team.spoken}, {called(team.agency)}", [(known.get(user, user), PARTS.words[part]) for _, user, part in who])
        for team, who in groupby(there, key=lambda one: one[0])
    ]


def _away(chosen: list[Item], moment: datetime) -> list[dict[str, Any]]:
    """Who of these is or will be away, and who covers."""
    found = absences([one["value"] for one in chosen], moment)
    known = names(user for away in found for user in away[:2])
    return [
        {"name": known.get(user, user), "cover": known.get(cover, cover), "first": first, "last": last}
        for user, cover, first, last in found
    ]


def until_day(due: datetime) -> datetime:
    """The last local day before something falls due at midnight."""
    return localtime(due - timedelta(microseconds=1))


PICKED = {"held": ("user", "role", "agency"), "member": ("user", "agency"), "belongs": ("user", "agency", "team")}
"""Questions of which one answer fills several fields."""
WAITS = "Proposed. It counts when a second person, from another agency, agrees."
WHY = {"why": "Why?"}
FORMS = {
    "propose": Form(
        "Propose somebody for a role",
        "The role is theirs when a second person, from another agency, agrees. They can sign in only then.",
        RoleHeld,
        Ask(names=("user", "name", "role", "since", "why"), labels=WHY),
        agencies_of,
        WAITS,
    ),
    "end": Form(
        "Propose that a role ends",
        "It ends when a second person, from another agency, agrees. What was handed to them goes back to the role, and "
        "no clock moves. An outside seat ends only if the person in it agrees.",
        RoleEnded,
        Ask(names=("why",), labels=WHY),
        holdings_of,
        WAITS,
    ),
    "begin-anew": Form(
        "Propose that a sign-in begins anew",
        "For somebody who lost their phone or passkey, and has no recovery code left. When a second person, from "
        "another agency, agrees, their second step and their password are taken away and they are signed out "
        "everywhere. Then make them a link to set a password. They and their manager are told. For somebody in an "
        "outside seat, only the other person outside can agree.",
        SecondStepEnded,
        Ask(names=("why",)),
        locked_out,
        WAITS,
    ),
    "training": Form(
        "Propose that somebody is trained to answer children",
        "Only people with this training write to a child who reported. It counts when a second person, from another "
        "agency, agrees, and until the day on which it is looked at again.",
        TrainingHeld,
        Ask(names=("sort", "until", "why")),
        taught,
        WAITS,
    ),
    "away": Form(
        "Say who is away and who covers",
        "While somebody is away, the person who covers sees the duties that were handed to them. Nothing moves, and "
        "no clock stops.",
        AbsenceNoted,
        Ask(names=("first", "last")),
        absent,
        "Recorded. No clock stops.",
    ),
    "address": Form(
        "Change an address for notices",
        "Your own changes at once. For somebody else it is a proposal that a second person agrees to. Nobody changes "
        "the address of an outside contact but they themselves.",
        AddressChanged,
        Ask(names=("address", "why"), labels={"why": "Why, if it is not your own?"}),
        reached,
        "Recorded. Notices go to the new address from now on.",
    ),
    "team": Form(
        "Put somebody in a team",
        "The team sees what its people took over, and what is owed to the children with whom they work. It opens "
        "nothing that their agency does not open to them already, and no clock moves.",
        TeamJoined,
        Ask(names=("team", "part")),
        to_be_in_a_team,
        "Recorded. They see what the team owes from now on.",
    ),
    "leave-team": Form(
        "Take somebody out of a team",
        "They no longer see what the team owes. What they recorded stays, and the children stay with the team.",
        TeamLeft,
        Ask(names=()),
        in_teams,
        "Recorded. They are no longer in the team.",
    ),
}
