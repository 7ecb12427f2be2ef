"""A model that people's judgements taught, as a file and as a card: what changed, and how both do on the rest."""

from collections.abc import Mapping
from datetime import datetime
from html import escape
from typing import Any

from onrecord.linkage.rules.card import framed, table
from onrecord.linkage.rules.lessons import Measured, Taught
from onrecord.linkage.rules.levels import COMPARISONS

LEAST = 0.05
"""A correction of less is not worth a line on the card."""


def model_of(shipped: Mapping[str, Any], made: Taught, at: datetime) -> dict[str, Any]:
    """The shipped model with the corrections beside each level, and how it was measured."""
    comparisons = [
        {**one, "levels": [{**level, "judged": found} for level, found in zip(one["levels"], judged, strict=True)]}
        for one, judged in zip(shipped["comparisons"], made.corrections, strict=True)
    ]
    said = {
        "at": at.isoformat(),
        "judgements": made.learnt_from,
        "held_out": made.held_out,
        "before": _counts(made.before),
        "after": _counts(made.after),
        "shown_no_more": made.dropped,
        "worse": list(made.worse),
    }
    return {**shipped, "comparisons": comparisons, "taught": said}


def card(made: Taught, at: datetime) -> str:
    """The card as one HTML page. No value of any record stands on it."""
    rows = [
        (words, f"{before}", f"{after}")
        for words, before, after in (
            ("Right, of those held to be one child", *(f"{one.precision:.1%}" for one in (made.before, made.after))),
            ("Found, of those that are one child", *(f"{one.recall:.1%}" for one in (made.before, made.after))),
            ("Cost of an answer (the less the better)", *(f"{one.loss:.3f}" for one in (made.before, made.after))),
        )
    ]
    changed = [
        (level.words, f"{found:+.2f}")
        for one, judged in zip(COMPARISONS, made.corrections, strict=True)
        for level, found in zip(one.levels, judged, strict=True)
        if abs(found) >= LEAST
    ]
    names = [(one.name, f"{one.pairs:,}", f"{one.precision:.1%}", f"{one.recall:.1%}") for one in made.after.traditions]
    verdict = [f"<p>{escape(words)}</p>" for words in made.worse] or ["<p>In nothing measured is it worse.</p>"]
    parts = [
        "<h1>What people's judgements taught</h1>",
        f"<p>On {at:%d %B %Y} the weights were taught by {made.learnt_from:,} judgements and measured by "
        f"{made.held_out:,} others, of other children: {made.after.same:,} pairs of one child, "
        f"{made.held_out - made.after.same:,} of two.</p>",
        table(("By the judgements it was not taught by", "In use", "Taught"), rows),
        *verdict,
        f"<p>Shown now, and shown no more: {made.dropped:,} pairs.</p>",
        "<h2>What changed</h2>",
        "<p>Each step doubles the odds. What is not listed hardly moved.</p>",
        table(("Agreement", "Correction"), changed),
        "<h2>Fair to names</h2>",
        table(("Naming tradition", "Pairs", "Precision", "Recall"), names)
        if names
        else "<p>Too few pairs were judged to tell. So two people have to agree.</p>",
    ]
    return framed("What people's judgements taught", parts)


def _counts(one: Measured) -> dict[str, Any]:
    return {"same": one.same, "found": one.found, "linked": one.linked, "loss": round(one.loss, 4)}
