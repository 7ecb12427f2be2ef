"""Bundles that were asked for of a child's file, and what stands in one. It opens what is sealed; only actions ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localtime

from onrecord.access.queries import names
from onrecord.case.facts import BundleAsked
from onrecord.case.queries.file import Found
from onrecord.case.rules.bundle import opens
from onrecord.duties.queries.thread import by_whom
from onrecord.ledger.facts import Entry, Seconded
from onrecord.ledger.queries import disclosed, entries
from onrecord.ledger.rules.effect import Line, standing


@dataclass(frozen=True)
class Bundle:
    """A bundle that was asked for. `ready`: a second person agreed; `theirs`: the reader is one of the two."""

    entry: Entry
    fact: BundleAsked
    by: str
    ready: bool
    theirs: bool


def bundles(found: Found, user: str, now: datetime) -> list[Bundle]:
    """Every bundle of a file, the newest first."""
    asked = [line for line in found.lines if line.kind == BundleAsked.kind and line.recorded_at <= now]
    agreed = {line.id for line, _ in standing(found.lines, now)}
    made = entries(line.id for line in asked)
    people = names({one.saying.by for one in made}) if made else {}
    return [
        Bundle(one, fact, by_whom(one, people), one.id in agreed, user in _two(found.lines, one))
        for one in reversed(made)
        if isinstance(fact := one.saying.fact, BundleAsked)
    ]


def _two(lines: Sequence[Line], made: Entry) -> set[str]:
    seconders = {line.by for line in lines if line.kind == Seconded.kind and made.id in line.regarding}
    return {made.saying.by} | seconders


def within(found: Found, one: Bundle) -> list[UUID]:
    """The entries that a bundle holds: those that stood on the file when it was asked for, of the days asked for."""
    first, last = one.fact.since or date.min, one.fact.until or date.max
    return [
        line.id
        for line in sorted(found.lines, key=lambda line: line.seq)
        if line.seq < one.entry.seq and first <= localtime(line.happened_at).date() <= last
    ]


def shown_in(uids: Sequence[UUID], one: Bundle) -> dict[UUID, list[str]]:
    """What of each entry is opened: the lines by which it can be checked."""
    lines = disclosed(uids)
    return {
        made.id: [lines[made.id][name] for name in opens(made.saying.fact, lines[made.id], one.fact.opened)]
        for made in entries(uids)
    }
