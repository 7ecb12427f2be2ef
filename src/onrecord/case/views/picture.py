"""Assessed levels over time: a drawing, and beside it the table that says the same."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime

from onrecord.case.facts.assessment import LEVELS
from onrecord.case.queries.judged import judgements, reviewed_by
from onrecord.case.queries.parts import Part
from onrecord.case.rules.picture import WIDTH, Judged, drawn, height
from onrecord.ledger.rules.copied import copied
from onrecord.ledger.rules.effect import standing

RANKS = list(LEVELS)
MARGIN = 130
"""How much room the names of the levels have."""


def picture_of(found: Part, now: datetime) -> dict[str, Any]:
    """The drawing and the table. What is only proposed stands in the table, and is not drawn."""
    lines = judgements(standing(found.found.lines, now))
    judged = [Judged(RANKS.index(str(one.coded["level"])), one.happened_at, reviewed_by(one)) for one in lines]
    judged.sort(key=lambda one: one.since)
    stretches, rises = drawn(judged, now, len(RANKS) - 1)
    return {
        "stretches": [_line(one.x, one.x + one.width, one.y, one.y) | {"stale": one.stale} for one in stretches],
        "rises": [_line(one.x, one.x, one.y, one.y + one.height) for one in rises],
        "levels": [(LEVELS[code], height(place)) for place, code in enumerate(reversed(RANKS))],
        "wide": WIDTH + MARGIN + 10,
        "high": height(len(RANKS) - 1) + 40,
        "bottom": height(len(RANKS) - 1) + 30,
        "margin": MARGIN,
        "right": WIDTH + MARGIN,
        "first": _day(judged[0].since) if judged else "",
        "last": _day(now),
        "rows": [_row(found, uid, now) for uid in found.wanted],
    }


def _row(found: Part, uid: UUID, now: datetime) -> dict[str, Any]:
    made, one = found.right[uid], found.listed[uid]
    fact, review = made.entry.saying.fact, reviewed_by(one.line)
    return {
        "at": one.line.happened_at,
        "level": fact.spoken("level"),
        "review": fact.spoken("review_on"),
        "over": review is not None and review <= now,
        "state": one.state,
        "plain": one.declined,
        "first": made.first_said,
        "by": found.by(uid),
        "copy": copied(made.entry, one.line.happened_at, found.by(uid), one.state),
    }


def _line(left: int, right: int, top: int, bottom: int) -> dict[str, Any]:
    return {"x1": left + MARGIN, "x2": right + MARGIN, "y1": top, "y2": bottom}


def _day(at: datetime) -> str:
    return date_format(localtime(at), "j F Y")
