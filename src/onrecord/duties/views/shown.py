"""Duties in the words of pages."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from django.utils.timezone import get_default_timezone

from onrecord.access.facts import ROLES
from onrecord.access.queries import called, post
from onrecord.access.rules import CASE_ROLES, Viewer
from onrecord.duties.facts import CannotInTime
from onrecord.duties.queries import DutyView, Told
from onrecord.duties.rules.spoken import by_when, checked, sourced
from onrecord.duties.rules.walls import is_outside
from onrecord.rulebook.facts import NOT_COMMENCED, OWING, Rule, Seat, Value
from onrecord.rulebook.rules import spoken, spoken_seat


def role_words(role: str) -> str:
    """A role inside a sentence: "team manager"."""
    said = ROLES.words.get(role, role.replace("_", " "))
    return said[0].lower() + said[1:]


def seats(view: DutyView) -> tuple[list[str], list[str]]:
    """To whom a report's duty goes while it is not met, as its author is told: inside, then outside, each in order."""
    inside = [role_words(step.role) for step in view.promised if not step.outside]
    outside = [role_words(step.role) for step in view.promised if step.outside]
    return inside, outside


def told_words(told: Told) -> dict[str, Any]:
    """A step that was taken, as a reader meets it. An empty seat is said to be empty."""
    return {"at": told.at, "who": post(told.role, told.agency), "outside": told.outside, "anybody": told.anybody}


def why(view: DutyView) -> dict[str, Any]:
    """Why a duty is somebody's: for `web/drawn/why.jinja`."""
    zone = get_default_timezone()
    source = view.value.source if view.value else None
    return {
        "title": view.rule.title,
        "meaning": view.rule.meaning,
        "role": f"Owed by: {post(view.role, view.agency)}.",
        "ladder": [
            f"{_seat(step.role, step.of, view)}: {by_when(step.at, zone)}" + (" (outside)" if step.outside else "")
            for step in view.ladder
        ],
        "source": sourced(view.value),
        "source_url": source.url if source else "",
        "checked": checked(view.value),
    }


def row(view: DutyView, viewer: Viewer, child: str = "") -> dict[str, Any]:
    """A duty in a list. Why it is somebody's is worked out where a page shows it."""
    return {
        "view": view,
        "child": child,
        "file": view.mention if child and view.role in CASE_ROLES else None,
        "why": partial(why, view),
        "raised": raised_words(view.raised),
        "mine": view.owed_by(viewer),
        "owed_by": post(view.role, view.agency),
        "climbed": climbed_to(view),
    }


def raised_words(code: str) -> str:
    """What stands in the way, in words; "" where nobody said so."""
    options = CannotInTime.options("reason")
    return options.words[code] if options and code else ""


def climbed_to(view: DutyView, rung: int | None = None) -> str:
    """To whom it went last; "" while it has gone to nobody. `rung` is how many steps a reader is told of."""
    taken = view.rung if rung is None else rung
    if not taken:
        return ""
    step = view.rule.ladder[taken - 1]
    return f"{_seat(step.to.role, step.to.of, view)}{', outside' if is_outside(step) else ''}"


def limit(rule: Rule, value: Value | None) -> dict[str, Any]:
    """A rule as the page of rules shows it."""
    waits = value is None and rule.within[-1].start == NOT_COMMENCED
    value = rule.within[-1] if waits else value
    within = spoken(value.term) if value else "not in force"
    status = value.source.status if value and value.source else "ours"
    return {
        "rule": rule,
        "within": f"not in force yet, no day is set; then {within}" if waits else within,
        "status": STATUS_TAGS[status],
        "sure": status == "confirmed",
        "source": sourced(value),
        "source_url": value.source.url if value and value.source else "",
        "checked": checked(value),
        "owed_by": _spoken_seat(rule.owed_by),
        "ladder": [_spoken_seat(rung.to) + f", {_after(spoken(rung.after))}" for rung in rule.ladder],
    }


STATUS_TAGS = {
    "confirmed": "Source read",
    "local": "One area's procedure",
    "unchecked": "Not checked",
    "ours": "Our default",
}


def counts(pairs: Iterable[tuple[int | str, str, bool]]) -> list[dict[str, Any]]:
    """The strip of counts over a list: number, words, and whether it is about lateness."""
    return [{"number": number, "text": text, "late": late} for number, text, late in pairs]


def due_today(due: datetime, now: datetime) -> bool:
    """Whether something that is not late falls due on the local day of `now`. Midnight ends the day before."""
    return now < due <= day_ends(now)


def day_ends(now: datetime) -> datetime:
    """The midnight with which the local day of `now` ends."""
    zone = get_default_timezone()
    return datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time(), zone)


def _seat(role: str, of: str, view: DutyView) -> str:
    agency = called(view.agency) if of == OWING else ""
    return ROLES.words.get(role, role) + (f", {agency}" if agency else "")


def _spoken_seat(seat: Seat) -> str:
    said = spoken_seat(seat)
    return said[0].upper() + said[1:]


def _after(term: str) -> str:
    return "as soon as it is late" if term == "no time at all" else f"{term} later"
