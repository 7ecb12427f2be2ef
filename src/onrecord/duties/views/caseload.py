"""How many children each worker holds, what waits undecided, and who holds one child's case."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from onrecord.access.queries import called, names, people, tied
from onrecord.access.rules import CASE_ROLES, Viewer, can_work_cases, led_by
from onrecord.access.views import seated
from onrecord.duties.facts import CaseHandedOver, CaseHeld
from onrecord.duties.forms import Sheet
from onrecord.duties.queries.caseload import Caseload, Holds, caseloads, undecided, who_holds
from onrecord.duties.queries.restricted import kept_from
from onrecord.duties.queries.walls import closed_to
from onrecord.duties.rules.caseload import THRESHOLD
from onrecord.ledger.forms import Ask
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import makers
from onrecord.linkage.queries import cluster

HOLD = Ask(names=("part",))
HAND = Ask(names=("to", "why"))


@seated
@require_safe
def caseload(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Children by worker, and undecided reports by age. A worker is named to those who lead their agency only."""
    moment = now()
    found = caseloads(viewer, moment)
    most = max([THRESHOLD * 5 // 4, *(one.children for one in found)])
    waiting = undecided(moment)
    longest = max([1, *(many for _, many in waiting)])
    context = {
        "lines": [_bar(one, viewer, most) for one in found],
        "teams": _teams(found),
        "over": sum(one.children > THRESHOLD for one in found),
        "threshold": THRESHOLD,
        "mark": 100 * THRESHOLD // most,
        "waiting": [{"text": words, "number": many, "width": 100 * many // longest} for words, many in waiting],
        "undecided": sum(many for _, many in waiting),
        "now": moment,
    }
    return render(request, "duties/caseload.html", context)


@seated
def case_worker(request: HttpRequest, viewer: Viewer, mention: UUID) -> HttpResponse:
    """Who holds a child's case: somebody takes it, or hands it over. No child is named here."""
    moment = now()
    opened = makers([mention]).get(mention)
    if opened is None or closed_to(viewer, mention) or not _works(viewer, mention):
        raise Http404
    workers = _workers(viewer)
    holds = who_holds(viewer, mention, moment)
    take = _take(request, viewer, mention, opened, workers, moment)
    hand = [_hand(request, viewer, mention, one, workers, moment) for one in holds]
    if any(sheet.recorded for sheet in (take, *hand)):
        messages.success(request, _done([take, *hand]))
        return redirect("case-worker", mention)
    called_by = names(one.worker for one in holds)
    errors = next((sheet.form for sheet in (take, *hand) if sheet.form.errors), None)
    context = {
        "mention": mention,
        "reference": str(mention)[:8],
        "take": take,
        "holds": [
            {"one": one, "name": called_by.get(one.worker, one.worker), "part": _part(one.part), "sheet": sheet}
            for one, sheet in zip(holds, hand, strict=True)
        ],
        "workers": _options(workers, request.POST.get("worker", "")),
        "form": errors,
        "now": moment,
    }
    return render(request, "duties/case_worker.html", context)


def _works(viewer: Viewer, mention: UUID) -> bool:
    people = cluster(mention)
    works = can_work_cases(viewer) and bool(tied(viewer, people))
    return works and not kept_from(viewer, [mention], {mention: people})


def _bar(one: Caseload, viewer: Viewer, most: int) -> dict[str, Any]:
    named = bool(led_by(viewer) & set(one.agencies))
    return {
        "name": one.name if named else "A worker",
        "agencies": ", ".join(called(agency) for agency in one.agencies),
        "number": one.children,
        "width": 100 * one.children // most,
        "over": one.children > THRESHOLD,
    }


def _teams(found: list[Caseload]) -> list[tuple[str, int]]:
    """Children by agency. A child whom two workers hold counts for each of them."""
    sums: dict[str, int] = {}
    for one in found:
        for agency in one.agencies[:1]:
            sums[called(agency)] = sums.get(called(agency), 0) + one.children
    return sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))


def _workers(viewer: Viewer) -> dict[str, str]:
    """Those who work with children in the agencies of this person, by sign-in name."""
    ours = {held.agency for held in viewer.holdings}
    return {user: name for user, name, role, agency in people() if agency in ours and role in CASE_ROLES}


def _options(workers: dict[str, str], picked: str) -> list[dict[str, Any]]:
    first = {"value": "", "text": "Choose one", "selected": picked == ""}
    return [first, *({"value": user, "text": name, "selected": user == picked} for user, name in workers.items())]


def _take(
    request: HttpRequest, viewer: Viewer, mention: UUID, opened: UUID, workers: dict[str, str], moment: datetime
) -> Sheet:
    picked = request.POST.get("worker", "")
    also = {"worker": picked} if picked in workers else {}
    more: dict[str, Any] = {"about": (mention,), "regarding": (opened,), "ask": HOLD, "also": also}
    return Sheet(request, viewer, CaseHeld, moment, name="take", **more)


def _hand(
    request: HttpRequest, viewer: Viewer, mention: UUID, one: Holds, workers: dict[str, str], moment: datetime
) -> Sheet:
    name = f"hand{str(one.last)[:8]}"
    picked = request.POST.get("worker", "")
    to_one = request.POST.get(f"{name}-to") == "worker"
    also = {"worker": picked} if to_one and picked in workers else {}
    regarding = tuple(dict.fromkeys((one.first, one.last)))
    more: dict[str, Any] = {"about": (mention,), "regarding": regarding, "ask": HAND, "also": also}
    return Sheet(request, viewer, CaseHandedOver, moment, name=name, **more)


def _part(code: str) -> str:
    options = CaseHeld.options("part")
    return options.words[code] if options else code


def _done(sheets: list[Sheet]) -> str:
    made = next(sheet.recorded.entry for sheet in sheets if sheet.recorded)
    waits = " It waits for a second person from another agency." if made.proposed else ""
    return f"Recorded: {made.saying.fact.title}.{waits}"
