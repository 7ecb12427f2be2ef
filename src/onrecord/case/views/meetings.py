"""Meetings: the list, one meeting with all that was said of it, calling one, and what anybody may know of them."""

import re
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from onrecord.access.queries import called, names
from onrecord.access.rules import Denied, Viewer
from onrecord.access.views import seated
from onrecord.case.actions import MeetingPage, list_meetings, open_meeting
from onrecord.case.actions.meetings import check_meets, list_to_check, open_met
from onrecord.case.facts import AttendanceChecked, MeetingCalled, MeetingHeld
from onrecord.case.queries.again import decides_again
from onrecord.case.queries.meetings import Meeting, Opened
from onrecord.case.queries.met import MetOpened
from onrecord.case.queries.opening import open_to
from onrecord.case.queries.unrecorded import bodies
from onrecord.case.rules import published
from onrecord.case.rules.steps import STEPS, Step, answered, may_say
from onrecord.case.views.meeting_page import is_own, named_in, page_of, sort_words, speaks_for, state_words
from onrecord.duties.forms import Sheet
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import NoSuchEntry
from onrecord.ledger.rules.sentence import sentence

NUMBER = re.compile(r"[0-9]{1,15}")


@seated
@require_safe
def meetings(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The meetings that somebody may know of: asked, came, recorded, or about a child they work with."""
    moment = now()
    asked = request.GET.get("before", "")
    before = int(asked) if NUMBER.fullmatch(asked) else None
    found, older = list_meetings(viewer, moment, before)
    coming = [one for one in found if one.meeting.to_come and one.meeting.day >= localtime(moment).date()]
    past = [one for one in found if one not in coming]
    context = {
        "to_check": [_to_check(one) for one in list_to_check(viewer, moment)],
        "coming": _listing("To come", coming[::-1], moment, "No meeting is called that you may know of."),
        "past": _listing("Held, called off, or their day is over", past, moment, "None yet."),
        "newest": {"href": request.path, "text": "Newest"} if before is not None else None,
        "older": {"href": f"?before={older}", "text": "Older"} if older is not None else None,
        "now": moment,
    }
    return render(request, "case/meetings.html", context)


@seated
def meeting_new(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Call a meeting, about the children named in the address, as far as their files are open to this person."""
    check_meets(viewer)
    moment = now()
    wanted = [UUID(one) for one in request.GET.getlist("child") if _is_id(one)]
    children = tuple(one for one in wanted if one in open_to(viewer, wanted))
    sheet = Sheet(request, viewer, MeetingCalled, moment, name="call", about=children)
    if sheet.recorded:
        messages.success(request, "Recorded: Meeting called.")
        return redirect("meeting", sheet.recorded.entry.id)
    return render(request, "case/meeting_new.html", {"sheet": sheet, "form": sheet.form, "count": len(children)})


@seated
@require_safe
def meeting(request: HttpRequest, viewer: Viewer, uid: UUID) -> HttpResponse:
    """One meeting: who was asked and came, what was decided, who disagreed, what is owed, how its minutes stand."""
    moment = now()
    return render(request, "case/meeting.html", page_of(viewer, open_meeting(viewer, uid, moment), moment))


@seated
def meeting_say(request: HttpRequest, viewer: Viewer, uid: UUID, what: str) -> HttpResponse:
    """Say one thing of a meeting: that it was held, who disagrees, what somebody does by when, and so on."""
    moment = now()
    page = open_meeting(viewer, uid, moment)
    step, on = _step(viewer, page, what, request.GET.get("on", ""))
    whom = request.POST.get("whom", "")
    about = (UUID(whom),) if _is_id(whom) and UUID(whom) in page.names else ()
    again = decides_again(viewer, page.meeting, moment) if step.fact is MeetingHeld else []
    said: dict[str, Any] = {"name": "say", "about": about, "regarding": (on, *again), "with_when": step.past}
    sheet = Sheet(request, viewer, step.fact, moment, **said)
    if sheet.recorded:
        messages.success(request, _done(sheet))
        return redirect("meeting", uid)
    asks = step.fact.of_some and step.of_meeting and len(page.meeting.root.mentions) > 1
    context = {"sheet": sheet, "form": sheet.form, "uid": uid, "group": page.opened.group, "whom": whom}
    named = named_in(page) if step.fact is AttendanceChecked else {}
    return render(request, "case/meeting_say.html", context | named | {"names": page.names if asks else {}})


def _step(viewer: Viewer, page: MeetingPage, what: str, on: str) -> tuple[Step, UUID]:
    """What is said, and of which entry. Raises NoSuchEntry, and Denied where it is not theirs to say."""
    step, found = STEPS.get(what), page.meeting
    target = answered(step, found.lines, UUID(on) if _is_id(on) else None) if step else None
    if step is None or target is None:
        raise NoSuchEntry(f"There is nothing in the meeting {found.root.id} of which this can be said.")
    theirs = may_say(step, target, found.lines, speaks_for(viewer), viewer.roles, found.raw)
    if not theirs or not is_own(page, step, target, names([viewer.user]).get(viewer.user, "")):
        raise Denied(NOT_THEIRS)
    return step, target


@seated
def met(request: HttpRequest, viewer: Viewer, uid: UUID) -> HttpResponse:
    """Say whether one's agency was at a discussion, a conference or a core group, and whether that was decided."""
    moment = now()
    found = open_met(viewer, uid, moment)
    sheet = Sheet(request, viewer, AttendanceChecked, moment, name="met", regarding=(uid,))
    if sheet.recorded:
        messages.success(request, _done(sheet))
        return redirect("meetings")
    context = _to_check(found) | {"sheet": sheet, "form": sheet.form, "checked": found.met.checked}
    return render(request, "case/met.html", context)


def _to_check(one: MetOpened) -> dict[str, Any]:
    made = one.right.entry
    return {
        "uid": made.id,
        "reference": str(made.id)[:8],
        "title": made.saying.fact.title,
        "day": _day(localtime(one.met.line.happened_at).date()),
        "said": sentence(made),
        "first": one.right.first_sentence,
        "by": called(made.saying.agency),
        "names": one.names,
    }


@require_safe
def meetings_unrecorded(request: HttpRequest) -> HttpResponse:
    """For anybody: which bodies met and left no record, in counts that tell nobody apart."""
    found, first, last = bodies(now())
    rows = [[_body(*one.body), published(one.held), published(one.without)] for one in found]
    listing = {
        "caption": "Meetings by body",
        "caption_hidden": True,
        "head": ["Body", "Meetings held", "Without a record"],
        "rows": rows,
        "empty": "No meeting was held in this time.",
    }
    return render(request, "case/unrecorded.html", {"listing": listing, "first": first, "last": last})


def _listing(caption: str, found: list[Opened], moment: datetime, empty: str) -> dict[str, Any]:
    return {
        "caption": caption,
        "head": ["Day", "Meeting", "How it stands", "Children"],
        "rows": [_row(one, moment) for one in found],
        "empty": empty,
    }


def _row(one: Opened, moment: datetime) -> list[Any]:
    made = one.meeting
    url = reverse("meeting", args=[made.root.id])
    return [
        _day(made.day),
        {"text": one.group, "url": url, "note": f"{sort_words(made.sort)}, called by {called(made.root.agency)}"},
        {"text": state_words(made, moment)},
        {"text": _children(made)},
    ]


NOT_THEIRS = "This is for others to say: the chair or a manager, those who came, or the agency that took the action on."


def _children(made: Meeting) -> str:
    ours, every = len(made.open_to), len(made.root.mentions)
    if not every:
        return "None named"
    return f"{ours} of yours" + (f", and {every - ours} other{'s'[: every - ours - 1]}" if every > ours else "")


def _day(day: date) -> str:
    return date_format(day, "l j F Y")


def _body(agency: str, sort: str) -> str:
    return f"{sort_words(sort)}, {called(agency)}"


def _is_id(said: str) -> bool:
    try:
        return bool(UUID(said))
    except ValueError:
        return False


def _done(sheet: Sheet) -> str:
    if sheet.recorded and sheet.recorded.entry.proposed:
        return "Recorded as a proposal. It counts when a second person, of another agency, agrees."
    return f"Recorded: {sheet.title}."
