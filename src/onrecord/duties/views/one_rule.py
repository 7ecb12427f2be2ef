"""One rule: every limit it ever had with its source, what answers it, the failures it is for, and it at work."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onrecord.access.rules import Viewer
from onrecord.access.views import seated
from onrecord.duties.queries import rulebook_in_force
from onrecord.duties.rules.page import (
    ALARMS,
    CLOCKS,
    early_in_words,
    either_in_words,
    match_in_words,
    seat_in_words,
    until_in_words,
)
from onrecord.duties.rules.spoken import checked, sourced
from onrecord.duties.rules.stories import timeline
from onrecord.duties.views.shown import STATUS_TAGS, limit
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.registry import catalogue
from onrecord.rulebook.facts import Many, Rule, Value
from onrecord.rulebook.rules import local_day, spoken, spoken_many, spoken_start, value_on


@seated
@require_safe
def one_rule(request: HttpRequest, viewer: Viewer, rule: str) -> HttpResponse:
    """One rule of the edition in force. Nothing in it is about anybody."""
    moment = now()
    book = rulebook_in_force(moment)
    found = next((one for one in book.rules if one.id == rule), None) if book else None
    if book is None or found is None:
        raise Http404
    value = value_on(found.within, local_day(moment, book.calendar))
    context = {"limit": limit(found, value), "rule": found, "said": _said(found), "parts": _parts(found, value)}
    return render(request, "duties/rule.html", context | {"book": book, "stories": _stories(found)})


def _said(rule: Rule) -> list[tuple[str, str]]:
    """What the rule is about, label by label."""
    kinds = catalogue()
    said = [("Arises from", match_in_words(rule.opens, kinds)), ("Owed by", seat_in_words(rule.owed_by))]
    said.append(("The limit runs", CLOCKS[rule.clock]))
    if until := until_in_words(rule, kinds):
        said.append(("Sooner", f"by {until}, where that comes first"))
    said.append(("Answered only by", either_in_words(rule.discharged_by, kinds)))
    said.append(("Done", early_in_words(rule)))
    if rule.repeats:
        said.append(("Comes back until", either_in_words(rule.repeats.ended_by, kinds)))
    if rule.challenge:
        said.append(("Set aside, in time, by", match_in_words(rule.challenge.by, kinds)))
    return [*said, ("Alarm", ALARMS[rule.alarm])]


def _parts(rule: Rule, value: Value | None) -> list[dict[str, Any]]:
    """The limits of a rule, and where it comes back how long after each answer; each with its whole history."""
    parts = [{"title": "Every limit it has had", "values": _history(rule.within, value)}]
    if rule.repeats:
        parts.append({"title": "How long after each answer it comes back", "values": _history(rule.repeats.every)})
    if rule.challenge:
        values = _history(rule.challenge.within)
        parts.append({"title": "How long what was agreed can be challenged", "values": values})
    for of, limits in rule.many.items():
        parts.append({"title": f"From when on it is many at once, by one {of}", "values": _history(limits)})
    return parts


def _history(values: Sequence[Value], holds: Value | None = None) -> list[dict[str, Any]]:
    """Values, the newest first, each with where it is written and who looked when."""
    found = [
        {
            "start": spoken_start(value.start),
            "end": following.start if following else None,
            "term": spoken_many(value) if isinstance(value, Many) else spoken(value.term),
            "holds": value == holds,
            "status": STATUS_TAGS[value.source.status if value.source else "ours"],
            "sure": value.source is not None and value.source.status == "confirmed",
            "unchecked": value.source is not None and value.source.status == "unchecked",
            "source": sourced(value),
            "url": value.source.url if value.source else "",
            "checked": checked(value),
        }
        for value, following in zip_longest(values, values[1:])
    ]
    return found[::-1]


def _stories(rule: Rule) -> list[dict[str, Any]]:
    return [{"name": example.name, "steps": timeline(example, catalogue())} for example in rule.examples]
