"""What duties add to other stages' pages: the promise on a receipt, from the ladder that is really in force."""

from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.timezone import get_default_timezone

from onrecord.access.rules import Viewer
from onrecord.duties.queries import DECISION, DutyView, climbed, last_beat, owed_for
from onrecord.duties.queries.authors import told_rung, told_steps
from onrecord.duties.rules.spoken import by_when, checked, sourced
from onrecord.duties.rules.window import still
from onrecord.duties.views.shown import seats, told_words
from onrecord.ledger.rules.effect import answered_in, author_asked
from onrecord.ledger.rules.seen import Seen


def promise(viewer: Viewer, seen: Seen, now: datetime) -> str:
    """By when a report is decided, to whom it goes if not, and what has come of that so far."""
    found = _decision(seen, now)
    return render_to_string("duties/promise.html", _promise(found, seen, now)) if found else ""


def put_right(viewer: Viewer, seen: Seen, now: datetime) -> str:
    """That somebody else proposes to put a report right, which its author agrees to or not; "" where nobody does."""
    answered = answered_in(seen.thread)
    asked = [line for line in seen.thread if author_asked(line) or line.coded.get("agrees")]
    waiting = [(line.id, bool(author_asked(line))) for line in asked if line.id not in answered]
    return render_to_string("duties/put_right.html", {"waiting": waiting}) if waiting else ""


def can_challenge(viewer: Viewer, seen: Seen, now: datetime) -> str:
    """Until when the author of a report can challenge, with effect, that it was ended; "" where nothing is to say."""
    found = still(seen.thread, now.astimezone(get_default_timezone()).date(), now)
    return render_to_string("duties/can_challenge.html", {"found": found[-1:], "uid": seen.root}) if found else ""


def promise_text(viewer: Viewer, seen: Seen, now: datetime) -> str:
    """The promise in one line of plain text."""
    found = _decision(seen, now)
    return f"Decision by: {by_when(found.due_at, get_default_timezone())}" if found else ""


def _decision(seen: Seen, now: datetime) -> DutyView | None:
    if DECISION not in seen.shared:
        owed = owed_for([seen.root], now).get(seen.root, [])
        seen.shared[DECISION] = next((view for view in owed if view.rule.id == DECISION), None)
    found: DutyView | None = seen.shared[DECISION]
    return found


def _promise(view: DutyView, seen: Seen, now: datetime) -> dict[str, Any]:
    inside, outside = seats(view)
    beat = last_beat(now)
    looked = beat.at if beat else None
    steps = told_steps(view, climbed(seen.lines).get(view.key, []), looked)
    return {
        "by": by_when(view.due_at, get_default_timezone()),
        "waits": view.waits,
        "late": view.state in ("late", "met_late"),
        "inside": inside,
        "outside": outside,
        "source": sourced(view.value),
        "source_url": view.value.source.url if view.value and view.value.source else "",
        "checked": checked(view.value),
        "more": told_rung(view, looked) < len(view.rule.ladder),
        "told": [told_words(told) for told in steps],
    }
