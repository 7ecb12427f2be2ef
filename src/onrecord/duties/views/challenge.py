"""Disagreeing with what was decided, and what somebody raised: each with its answers, until they say it is settled."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import get_default_timezone
from django.views.decorators.http import require_safe

from onrecord.access.actions import note_opened
from onrecord.access.rules import Viewer, can_record, check_record
from onrecord.access.views import seated
from onrecord.duties.actions.challenge import answering_side, may_dispute_among
from onrecord.duties.facts import DisagreementContinued, DisagreementRaised, DisagreementSettled, RequestMade
from onrecord.duties.forms import Sheet
from onrecord.duties.queries import DutyView, owed_for
from onrecord.duties.queries.challenge import Raised, ended_outside, one_raised, raised_by
from onrecord.duties.rules.challenge import ANSWERED, OPEN, OUTSIDE, SETTLED
from onrecord.duties.rules.spoken import by_when
from onrecord.duties.views.opened import described_among
from onrecord.intake.actions import note_near
from onrecord.intake.facts import ReportReceived
from onrecord.intake.queries import hidden_among, report
from onrecord.intake.queries.close import called_in
from onrecord.ledger.facts import Entry
from onrecord.ledger.forms import Ask
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import families, stand_among
from onrecord.ledger.rules.effect import Line

ASK = Ask(names=("whose", "different", "why"))
STATES = {
    OPEN: "An answer is owed",
    ANSWERED: "They say that they agree",
    SETTLED: "Settled, as said by whoever disagreed",
    OUTSIDE: "Somebody outside has written a view",
}


@seated
def disagree(request: HttpRequest, viewer: Viewer, uid: UUID) -> HttpResponse:
    """Say that somebody disagrees with an entry; who answers, and by when, is said at once."""
    moment = now()
    known = families([uid])
    line = next((one for one in known if one.id == uid), None)
    closed = hidden_among(viewer, known) if line and can_record(viewer) else set()
    if line is None or not (can_record(viewer) and may_dispute_among(viewer, uid, known, closed)):
        raise Http404
    said = described_among(line, known, moment)
    note_near(viewer, "report", (uid,), moment, called=said.called, held=())
    regarding = _regarding(line, closed)
    level, decided_by = answering_side(line)
    more: dict[str, Any] = {"regarding": regarding, "ask": ASK, "also": {"level": level, "decided_by": decided_by}}
    sheet = Sheet(request, viewer, DisagreementRaised, moment, name="disagree", **more)
    if sheet.recorded:
        messages.success(request, _answer_by(sheet.recorded.entry, moment))
        return redirect("raised")
    context = {"sheet": sheet, "form": sheet.form, "with": said, "now": moment}
    return render(request, "duties/disagree.html", context)


@seated
@require_safe
def raised(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What somebody raised, the newest first: disagreements, requests, and what they were told not to report."""
    check_record(viewer)
    moment = now()
    found = raised_by(viewer, moment)
    if found:
        note_opened(viewer, "report", tuple(one.made.id for one in found), moment)
    context = {"lines": [_line(one) for one in found], "outside": ended_outside(moment), "now": moment}
    return render(request, "duties/raised.html", context)


@seated
def one_disagreement(request: HttpRequest, viewer: Viewer, uid: UUID) -> HttpResponse:
    """One disagreement, for whoever raised it: its answers, and whether it is settled."""
    moment = now()
    known = families([uid]) if can_record(viewer) else []
    found = one_raised(uid, known, moment)
    if found is None or found.dispute is None or not _theirs(viewer, found, known):
        raise Http404
    reports = [line.id for line in known if line.kind == ReportReceived.kind]
    called = called_in(stand_among(known, reports, moment).values())
    note_near(viewer, "report", (uid,), moment, called=called, held=())
    sheets = _sheets(request, viewer, found, moment)
    if any(sheet.recorded for sheet in sheets.values()):
        messages.success(request, "Recorded, in your words.")
        return redirect("one-disagreement", uid)
    errors = next((sheet.form for sheet in sheets.values() if sheet.form.errors), None)
    context = {"line": _line(found), "sheets": sheets, "form": errors, "now": moment}
    return render(request, "duties/disagreement.html", context)


def _theirs(viewer: Viewer, found: Raised, known: Sequence[Line]) -> bool:
    """Whether they raised it; or their agency heard it from a child or a family, and they may open what it is about."""
    saying, dispute = found.made.saying, found.dispute
    if saying.by == viewer.user or dispute is None:
        return saying.by == viewer.user
    heard = dispute.whose not in ("worker", "reporter") and any(one.agency == saying.agency for one in viewer.holdings)
    if not heard:
        return False
    closed = hidden_among(viewer, known)
    return all(may_dispute_among(viewer, uid, known, closed) for uid in dispute.about)


def _sheets(request: HttpRequest, viewer: Viewer, found: Raised, moment: datetime) -> dict[str, Sheet]:
    dispute = found.dispute
    if dispute is None or dispute.state == SETTLED:
        return {}
    regarding = tuple(dict.fromkeys((dispute.id, dispute.last)))
    sheets = {"settled": Sheet(request, viewer, DisagreementSettled, moment, name="settled", regarding=regarding)}
    if dispute.state != OPEN:
        again = (dispute.id, dispute.last)
        sheets["still"] = Sheet(request, viewer, DisagreementContinued, moment, name="still", regarding=again)
    return sheets


def _regarding(line: Line, closed: Collection[UUID]) -> tuple[UUID, ...]:
    """Of one's own report also the decision, which it is about, unless that stands behind a wall."""
    row = report(line.id) if line.kind == ReportReceived.kind else None
    decision = [row.decided_by] if row and row.decided_by else []
    return (line.id, *(uid for uid in decision if uid not in closed))


def _line(one: Raised) -> dict[str, Any]:
    return {
        "one": one,
        "state": STATES[one.dispute.state] if one.dispute else "",
        "due": [by_when(view.due_at, get_default_timezone()) for view in one.owed],
        "ends": one.dispute is not None,
        "appeal": one.answers if isinstance(one.made.saying.fact, RequestMade) else (),
    }


def _answer_by(made: Entry, moment: datetime) -> str:
    owed: list[DutyView] = owed_for([made.id], moment).get(made.id, [])
    when = f" An answer is due by {by_when(owed[0].due_at, get_default_timezone())}." if owed else ""
    return f"Recorded, with the reference {str(made.id)[:8]}.{when} If there is none, somebody new is told."
