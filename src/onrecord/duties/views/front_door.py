"""The front door: the reports that wait, and one report with what is known and what is decided."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from onrecord.access.queries import called
from onrecord.access.rules import Viewer, check_decide
from onrecord.access.views import seated
from onrecord.duties.actions.opening import note_listed, open_at_the_door
from onrecord.duties.actions.record import NOT_ALONE
from onrecord.duties.forms import Sheet
from onrecord.duties.queries.judged_by import in_words
from onrecord.duties.queries.lists import at_the_door
from onrecord.duties.queries.report import OpenedReport
from onrecord.duties.queries.thread import by_whom
from onrecord.duties.rules.challenge import disputed
from onrecord.duties.views.batches import folded
from onrecord.duties.views.copies import copied, for_whom
from onrecord.duties.views.rota import reading_now
from onrecord.duties.views.shown import counts, due_today, raised_words, row
from onrecord.intake.facts import DecisionMade, ReferrerTold, ReportAcknowledged, ReportReceived
from onrecord.intake.queries import Waiting, spoken_outcome, waiting
from onrecord.intake.queries.aside import how_many_aside, set_aside
from onrecord.ledger.facts import Entry, Fact, Person, mention_of
from onrecord.ledger.forms import Ask, WhyForm
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.registry import panels
from onrecord.ledger.rules.answers import answers
from onrecord.ledger.rules.machine import PUBLIC
from onrecord.ledger.rules.places import quiet_both
from onrecord.linkage.facts import KnownBeforeAnswered, LinkJudged
from onrecord.linkage.queries import KnownBefore

PAGE = 50
SHOWN = 10
"""So many earlier mentions are compared on one page, the surest first; so many reports are listed as added to."""
FIRST_WORDS = 160
NO_WORDS = "(Nothing was written here.)"
WORDS = next(said.label for name, _, said, _ in ReportReceived.fields() if name == "words")
BORN = Ask(names=tuple(name for name in DecisionMade.model_fields if name != "under_13"))
"""How a decision is asked for where the birth date is on record: the age is not asked."""
JUDGE = Ask(labels={"verdict": "Is this the same child?", "why": "What did you compare?"})


@seated
@require_safe
def front_door(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every report without a decision: danger first, then the oldest. Opening the list is noted as one read."""
    check_decide(viewer)
    moment, (clocks, added), aside = now(), at_the_door(), "set-aside" in request.GET
    many = how_many_aside() if aside else len(clocks)
    page = Paginator(range(many), PAGE).get_page(request.GET.get("page"))
    found = (set_aside if aside else waiting)(viewer, moment, (page.number - 1) * PAGE, PAGE)
    due = {opening: until for opening, _, until in clocks}
    note_listed(viewer, {one.row.uid: children_in(one.said.first, one.said.entry) for one in found}, moment)
    listing = [line_of(one, due.get(one.row.uid)) for one in found]
    context = {"lines": listing, "groups": list(folded(listing, moment)), "page": page, "now": moment}
    context |= {"counts": summary(clocks, moment), "reading": reading_now(viewer)} | {
        "aside": aside,
        "many": many,
        "added": [{"uid": uid, "reference": str(uid)[:8], "due": until} for uid, until in [*added.items()][:SHOWN]],
        "more_added": max(0, len(added) - SHOWN),
    }
    return render(request, "duties/front_door.html", context)


@seated
def front_door_report(request: HttpRequest, viewer: Viewer, uid: UUID) -> HttpResponse:
    """One report: what was said, who was known before, and what happens next."""
    moment = now()
    look = WhyForm.heard(request.POST, "look")
    report = open_at_the_door(viewer, uid, moment, look.said)
    sheets = sheets_of(request, viewer, report, moment)
    done = next((sheet for sheet in sheets.values() if sheet.recorded), None)
    if done and done.recorded:
        messages.success(request, done_words(done.recorded.entry))
        return redirect("front-door-report", uid)
    return render(request, "duties/report.html", page_of(viewer, report, sheets, moment) | {"look": look})


def children_in(*told: Entry) -> list[Person]:
    """How the child of a report is called, as it was said first and as it was put right."""
    return [made.saying.fact.child for made in told if isinstance(made.saying.fact, ReportReceived)]


def line_of(one: Waiting, due: datetime | None) -> dict[str, Any]:
    """A report in the list, the reporter's own words first. A duty's row says when; without one nothing is shown."""
    fact = one.said.entry.saying.fact
    if not isinstance(fact, ReportReceived):
        raise TypeError(f"{one.row.uid} is no report")
    first = (fact.words or NO_WORDS).strip().partition("\n")[0]
    flags = (
        ("Danger now", fact.danger_now == "yes"),
        ("Somebody must not find out", bool(fact.must_not_know)),
        ("Somebody works with children, police, council or taxis", fact.positions == "yes"),
    )
    return {
        "uid": one.row.uid,
        "batch": "" if "yes" in (one.row.danger_now, fact.danger_now) else one.row.batch,
        "due": due,
        "child": fact.child.spoken(),
        "words": first if len(first) <= FIRST_WORDS else first[:FIRST_WORDS].rsplit(" ", 1)[0] + " …",
        "first": one.said.first_sentence,
        "received_at": one.row.received_at,
        "unsigned": one.row.agency == PUBLIC,
        "agency": called(one.row.agency),
        "earlier": one.earlier,
        "ended": one.earlier_without_action,
        "proposed": spoken_outcome(one.row.proposed),
        "flags": [said for said, applies in flags if applies],
    }


def summary(clocks: list[tuple[UUID, datetime, datetime]], moment: datetime) -> list[dict[str, Any]]:
    late = sum(until <= moment for _, _, until in clocks)
    today = sum(due_today(until, moment) for _, _, until in clocks)
    oldest = max((moment - since for _, since, _ in clocks), default=None)
    hours = int(oldest.total_seconds() // 3600) if oldest is not None else 0
    age = "–" if oldest is None else f"{hours} h" if hours < 72 else f"{hours // 24} days"
    return counts([(today, "due today", False), (late, "late", True), (age, "oldest", False)])


def sheets_of(request: HttpRequest, viewer: Viewer, report: OpenedReport, moment: datetime) -> dict[str, Sheet]:
    """The forms of the page, by name."""
    uid, child = report.seen.root, mention_of(report.seen.root, "child")
    kinds: dict[str, type[Fact]] = {
        "decide": DecisionMade,
        "known": KnownBeforeAnswered,
        "told": ReferrerTold,
        "read": ReportAcknowledged,
    }
    later = tuple({view.opening: None for view in report.owed if view.opening not in (uid, *report.added)})
    more: dict[str, dict[str, Any]] = {"decide": {"waiting": report.added}, "told": {"waiting": later}}
    if report.child and report.child.born:
        more["decide"]["ask"] = BORN
    sheets = {
        name: Sheet(request, viewer, fact, moment, name=name, about=(child,), regarding=(uid,), **more.get(name, {}))
        for name, fact in kinds.items()
    }
    for place, one in enumerate(report.known[:SHOWN]):
        name, pair = f"same{place}", (child, one.mention)
        sheets[name] = Sheet(request, viewer, LinkJudged, moment, name=name, about=pair, ask=JUDGE)
    return sheets


def page_of(viewer: Viewer, report: OpenedReport, sheets: dict[str, Sheet], moment: datetime) -> dict[str, Any]:
    right, known, row_ = quiet_both(report.made), report.known, report.row
    made = right.entry
    fact = made.saying.fact
    return {
        "made": made,
        "first": right.first_said,
        "panels": [panel(viewer, report.seen, moment) for panel in panels("front_door_report")],
        "reference": str(made.id)[:8],
        "disputed": min(disputed(report.seen.thread, moment).values(), default=None),
        "child": fact.child.spoken() if isinstance(fact, ReportReceived) else "",
        "said": [(label, said) for label, said in answers(fact) if label != WORDS],
        "by": f"{by_whom(made, report.people)}{for_whom(made)}",
        "row": row_,
        "outcome": spoken_outcome(row_.outcome),
        "proposed": spoken_outcome(row_.proposed),
        "not_alone": bool(sheets) and viewer.user in report.ended_by,
        "known": [(_known(report, one), sheets[f"same{place}"]) for place, one in enumerate(known[:SHOWN])],
        "more_known": max(0, len(known) - SHOWN),
        "sheets": sheets,
        "looked_up": report.looked_up,
        "open": {kind for view in report.owed if view.waits for kind in _answering(view.rule.discharged_by)},
        "owed": [row(view, viewer) for view in report.owed],
        "raised": [raised_words(view.raised) for view in report.owed if view.raised],
        "items": report.items,
        "copy": copied(made, row_, report.told),
        "form": next((sheet.form for sheet in sheets.values() if sheet.form.errors), None),
        "now": moment,
    }


def _known(report: OpenedReport, one: KnownBefore) -> dict[str, Any]:
    """Somebody known before, with who judged whether it is the same child."""
    last, apart = report.judges.last.get(one.mention), report.judges.apart.get(one.mention)
    words = {"judged_by": in_words(last, report.people), "apart_by": in_words(apart, report.people)}
    return {"one": one, "source": called(one.source), "judged": last, "apart": apart} | words


def _answering(matches: Any) -> list[str]:
    return [match.kind.partition(".")[2] for match in matches]


def done_words(entry: Entry) -> str:
    if entry.saying.lowering == NOT_ALONE:
        return "Recorded as a proposal: you ended the last one. It counts when somebody of another agency agrees."
    if entry.proposed:
        return "Recorded as a proposal. Nothing is lowered until a second person, from another agency, agrees."
    return f"Recorded: {entry.saying.fact.title}."
