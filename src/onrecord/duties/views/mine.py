"""One's own duties: the list, the page on which a duty is answered, and what to do when it cannot be in time."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from onrecord.access.facts import StaffDetailsGiven, StaffDetailsQuestioned
from onrecord.access.queries import holders, named_in, names
from onrecord.access.rules import CASE_ROLES, Viewer, can_decide, can_decide_sealed, can_record, can_work_case, led_by
from onrecord.access.views import seated
from onrecord.duties.actions.people import may_sign
from onrecord.duties.facts import CannotInTime, DisagreementSettled, DutyReassigned
from onrecord.duties.forms import Sheet
from onrecord.duties.queries import DECISION, DutyView, came_to, climbed, duty, mine
from onrecord.duties.queries.counting import Held, held_and_waiting
from onrecord.duties.queries.in_place import asked_of
from onrecord.duties.queries.report import waits_for_decision
from onrecord.duties.queries.since import unmet
from onrecord.duties.views.opened import Opened, named_children, open_duty
from onrecord.duties.views.settled import asking, settled
from onrecord.duties.views.shown import counts, day_ends, row, told_words
from onrecord.intake.facts import DecisionMade, ReferrerTold, ReportAcknowledged, ReportReceived
from onrecord.ledger.facts import Corrected, Declined, Fact, Seconded
from onrecord.ledger.facts.declare import Door
from onrecord.ledger.forms import Ask
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.registry import catalogue, page_of_answer
from onrecord.ledger.queries import families
from onrecord.ledger.rules.effect import Line
from onrecord.linkage.facts import KnownBeforeAnswered

ELSEWHERE = frozenset({"access.seat_accepted", Seconded.kind, Declined.kind, DisagreementSettled.kind})
"""Answers with a page or a button of their own."""
IN_PLACE = frozenset({Corrected.title, StaffDetailsGiven.title})
"""What is read on a page of its own before somebody agrees to it."""
AT_THE_DOOR = frozenset({DecisionMade.kind, KnownBeforeAnswered.kind, ReferrerTold.kind, ReportAcknowledged.kind})
CANNOT = Ask(names=("reason", "words"))
HAND_OVER = Ask(names=("why",))

PAGE = 25


@seated
@require_safe
def my_duties(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What somebody owes, soonest first, and what came to them because others were late or could not."""
    moment = now()
    held, waits = held_and_waiting(viewer, moment, day_ends(moment))
    request.onrecord_waiting = waits  # type: ignore[attr-defined]  # the menu shows it too
    others = came_to(viewer, moment)
    page = Paginator(range(held.every), PAGE).get_page(request.GET.get("page"))
    came = Paginator(others, PAGE).get_page(request.GET.get("others"))
    own = mine(viewer, moment, (page.number - 1) * PAGE, PAGE)
    named = named_children(viewer, [*own, *came], moment)
    context = {
        "own": [row(view, viewer, named.get(view.mention, "") if view.mention else "") for view in own],
        "others": [row(view, viewer, named.get(view.mention, "") if view.mention else "") for view in came],
        "asked": [(line.id, True) for line in asked_of(viewer.user)],
        "page": page,
        "came": came,
        "counts": _summary(held, others),
        "may_record": can_record(viewer),
        "leads": bool(led_by(viewer)),
        "in_team": viewer.teamed,
        "now": moment,
    }
    return render(request, "duties/mine.html", context)


@seated
def one_duty(request: HttpRequest, viewer: Viewer, key: UUID) -> HttpResponse:
    """One duty: what it is, why it is somebody's, and its answer."""
    moment = now()
    view = _found(viewer, key, moment)
    known = families([view.opening])
    opened = open_duty(viewer, view, known, moment)
    sheets = _sheets(request, viewer, view, opened, _opening(view, known), moment)
    done = next((sheet for sheet in sheets if sheet.recorded), None)
    if done and done.recorded:
        waits = " It waits for a second person from another agency." if done.recorded.entry.proposed else ""
        now_said = unmet(_found(viewer, key, moment), families([view.opening]))
        short = [one.why for one in now_said if one.entry == done.recorded.entry.id]
        unmet_words = f" It does not meet what is owed: {short[0]}." if short else ""
        messages.success(request, f"Recorded: {done.recorded.entry.saying.fact.title}.{waits}{unmet_words}")
        return redirect("my-duties")
    return render(request, "duties/duty.html", _page(viewer, view, known, opened, sheets, moment))


@seated
def cannot(request: HttpRequest, viewer: Viewer, key: UUID) -> HttpResponse:
    """One tap, one reason. The clock stands; the manager is now the one who must unblock it."""
    moment = now()
    view = _owed(viewer, key, moment)
    more: dict[str, Any] = {"regarding": (view.opening,), "ask": CANNOT, "also": {"duty": str(key)}}
    sheet = Sheet(request, viewer, CannotInTime, moment, name="cannot", **more)
    if sheet.recorded:
        messages.success(request, "Recorded. The clock stands. The manager now sees that it needs to be unblocked.")
        return redirect("my-duties")
    context = {"sheet": sheet, "line": row(view, viewer), "form": sheet.form, "now": moment}
    return render(request, "duties/cannot.html", context)


@seated
def hand_over(request: HttpRequest, viewer: Viewer, key: UUID) -> HttpResponse:
    """Hand a duty to somebody else who holds the same role. No clock moves."""
    moment = now()
    view = _found(viewer, key, moment)
    if not _can_hand_over(viewer, view):
        raise Http404
    barred = named_in(view.wall) | {viewer.user} if view.wall else {viewer.user}
    others = names(user for user in holders(view.role, view.agency) if user not in barred)
    picked = request.POST.get("holder", "")
    also = {"duty": str(key)} | ({"holder": picked} if picked in others else {})
    more: dict[str, Any] = {"regarding": (view.opening,), "ask": HAND_OVER, "also": also}
    sheet = Sheet(request, viewer, DutyReassigned, moment, name="hand", **more)
    if sheet.recorded:
        messages.success(request, f"Handed to {others[picked]}. It is due when it was due before.")
        return redirect("my-duties")
    chosen = [{"value": user, "text": name, "checked": user == picked} for user, name in others.items()]
    context = {"sheet": sheet, "line": row(view, viewer), "holders": chosen, "form": sheet.form, "now": moment}
    context["can_move"] = _can_move(viewer, view)
    return render(request, "duties/hand_over.html", context)


def _found(viewer: Viewer, key: UUID, moment: datetime) -> DutyView:
    view = duty(viewer, key, moment)
    if view is None:
        raise Http404
    return view


def _owed(viewer: Viewer, key: UUID, moment: datetime) -> DutyView:
    """A duty that waits, for those who owe it or to whom it came; for everybody else there is none."""
    view = _found(viewer, key, moment)
    if not _can_move(viewer, view):
        raise Http404
    return view


def _can_move(viewer: Viewer, view: DutyView) -> bool:
    return view.waits and (view.owed_by(viewer) or view.came_to(viewer))


def _can_hand_over(viewer: Viewer, view: DutyView) -> bool:
    """Whoever leads an agency hands over too what somebody there holds who is away."""
    return _can_move(viewer, view) or (view.waits and view.agency in led_by(viewer))


def _summary(held: Held, others: list[DutyView]) -> list[dict[str, Any]]:
    unblock = [(len(others), "to unblock", True)] if others else []
    own = [(held.today, "today", False), (held.late, "late", True), (held.raised, "waiting on others", False)]
    return counts([*unblock, *own])


def _opening(view: DutyView, known: Iterable[Line]) -> Line:
    return next(line for line in known if line.id == view.opening)


def _sheets(
    request: HttpRequest, viewer: Viewer, view: DutyView, opened: Opened | None, opening: Line, moment: datetime
) -> list[Sheet]:
    """The forms that would answer a duty, for those who may."""
    if opened is None or not view.waits:
        return []
    if view.rule.opens.kind == StaffDetailsGiven.kind:
        return []
    if any(match.kind == Seconded.kind for match in view.rule.discharged_by):
        asked = may_sign(viewer, opening, moment)
        return [Sheet(request, viewer, None, moment, name="second", regarding=(view.opening,))] if asked else []
    about = (view.mention,) if view.mention else ()
    made = [_answer(kind) for kind in _kinds(view)]
    return [
        _sheet(request, viewer, view, fact, about, moment)
        for fact in made
        if fact.door is Door.STAFF and (not fact.roles or fact.roles & viewer.roles) and not _own_page(view, fact)
    ]


def _sheet(
    request: HttpRequest, viewer: Viewer, view: DutyView, fact: type[Fact], about: tuple[UUID, ...], moment: datetime
) -> Sheet:
    """The form of one answer. What the rule says of it is not asked."""
    known = settled(view.rule, fact.kind)
    unasked = (*known, *sorted(fact.from_record))
    more: dict[str, Any] = {"about": about, "regarding": (view.opening,), "also": known}
    more["ask"] = asking(fact, unasked) if unasked else None
    return Sheet(request, viewer, fact, moment, name=fact.kind.partition(".")[2], **more)


def _kinds(view: DutyView) -> list[str]:
    ending = view.rule.repeats.ended_by if view.rule.repeats else ()
    kinds = dict.fromkeys(match.kind for match in (*view.rule.discharged_by, *ending))
    door = AT_THE_DOOR if _at_the_door(view) else frozenset()
    return [kind for kind in kinds if kind not in ELSEWHERE | door]


def _at_the_door(view: DutyView) -> bool:
    """Whether it is answered on the page of a report: what is owed for one, and what a decision on one answers."""
    return view.rule.opens.kind == ReportReceived.kind or waits_for_decision(view)


def _report(view: DutyView, known: Sequence[Line]) -> UUID | None:
    """The report on whose page it is answered."""
    opening = _opening(view, known)
    reports = {line.id for line in known if line.kind == ReportReceived.kind}
    return next((uid for uid in (opening.id, *opening.regarding) if uid in reports), None)


def _own_page(view: DutyView, fact: type[Fact]) -> str:
    """Where a later stage asks for this answer about the child; "" where it is asked here."""
    page = page_of_answer(fact.kind) if view.mention else ""
    return reverse(page, args=[view.mention, fact.kind.replace(".", "-")]) if page else ""


def _pages(view: DutyView) -> list[tuple[str, str]]:
    """The title and the address of each answer that has a page of its own."""
    made = [_answer(kind) for kind in _kinds(view)]
    return [(fact.title, page) for fact in made if (page := _own_page(view, fact))]


def _answer(kind: str) -> type[Fact]:
    return catalogue()[kind]


def _page(
    viewer: Viewer,
    view: DutyView,
    known: Sequence[Line],
    opened: Opened | None,
    sheets: list[Sheet],
    moment: datetime,
) -> dict[str, Any]:
    decides = can_decide_sealed(viewer) if view.wall else can_decide(viewer)
    at_the_door = _at_the_door(view) and decides
    return {
        "line": row(view, viewer),
        "opened": opened,
        "sheets": sheets,
        "pages": _pages(view) if opened and view.waits else [],
        "report": _report(view, known) if at_the_door else None,
        "door": "sealed-report" if view.wall else "front-door-report",
        "decision": view.rule.id == DECISION,
        "agree": view.opening if opened and view.waits and opened.title in IN_PLACE else None,
        "details": _whose_details(viewer, view, _opening(view, known)) if opened else "",
        "file": view.mention if opened and view.role in CASE_ROLES and can_work_case(viewer, view.agency) else None,
        "unmet": unmet(view, known) if opened else [],
        "can_move": _can_move(viewer, view),
        "can_hand_over": _can_hand_over(viewer, view),
        "told": [told_words(told) for told in climbed(known).get(view.key, [])],
        "form": next((sheet.form for sheet in sheets if sheet.form.errors), None),
        "rereading": opened.rereading if opened else None,
        "now": moment,
    }


def _whose_details(viewer: Viewer, view: DutyView, opening: Line) -> str:
    """The sign-in name of whom the designated officer looks into; "" for any other duty."""
    if view.rule.opens.kind != StaffDetailsQuestioned.kind or not can_decide_sealed(viewer):
        return ""
    return str(opening.coded["user"])
