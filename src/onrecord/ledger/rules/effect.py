"""What counts, at a date, as known at a date.

Two questions are asked everywhere. `known_at` cuts on what was recorded; `as_at` on what had happened or taken effect.
A fact that would lower something is *proposed*: it counts only from the moment a second person's agreement was
recorded, and not while it is set aside because somebody challenges it. A correction replaces one field of one
original; the latest recorded wins; the original stays on record.

All of it is decided on lines: the coded outside of entries. No name and no word is needed to know what counts.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from onrecord.ledger.facts import Corrected, CountsAgain, Declined, Entry, Seconded, SetAside
from onrecord.ledger.facts.declare import Fact, said_of

CORRECTED = Corrected.kind
ANSWERS = (Seconded.kind, Declined.kind)
SETTING_ASIDE = frozenset({SetAside.kind, CountsAgain.kind})
"""What takes the effect from a proposal that was agreed to, and what gives it back as if it had never gone."""
HAPPENED = "happened"
BY_NUMBER, KIND, RECORDED = itemgetter(0), itemgetter(2), itemgetter(3)
SINCE = itemgetter(1)


class Line(NamedTuple):
    """The outside of an entry: ids, codes and times. Sorted by `seq`, the order of the ledger."""

    seq: int
    id: UUID
    kind: str
    recorded_at: datetime
    happened_at: datetime
    by: str
    agency: str
    proposed: bool
    coded: Mapping[str, Any]
    regarding: tuple[UUID, ...]
    mentions: tuple[UUID, ...]


class Standing(NamedTuple):
    """A line that counts, as corrected, and the moment from which it does."""

    line: Line
    effective_at: datetime


_counting: Callable[[tuple[Line, datetime]], Standing] = partial(tuple.__new__, Standing)
"""One of its two values: what is made once for each of a million lines is made without naming them."""


@dataclass(frozen=True)
class InEffect:
    """An entry that counts, as corrected; the moment from which it does; the fields that were put right."""

    entry: Entry
    effective_at: datetime
    corrected: tuple[str, ...] = ()


def line_of(entry: Entry, coded: Mapping[str, Any] | None = None) -> Line:
    """The line of an entry."""
    saying = entry.saying
    return Line(
        entry.seq,
        entry.id,
        entry.kind,
        entry.recorded_at,
        saying.happened.earliest,
        saying.by,
        saying.agency,
        entry.proposed,
        saying.fact.coded() if coded is None else coded,
        saying.regarding,
        entry.mentions,
    )


def standing(lines: Iterable[Line], known_at: datetime) -> list[Standing]:
    """The lines that count, as known at `known_at` (aware), each with the moment it took effect, in ledger order.

    The order in which lines are given makes no difference, nor do equal times: the ledger's numbers decide.
    """
    known = sorted([line for line in lines if line.recorded_at <= known_at], key=BY_NUMBER)
    proposals = {line.id: line for line in known if line.proposed}
    if not proposals:
        return _corrected(list(map(_counting, zip(known, map(RECORDED, known), strict=True))))
    answered, aside = _answered(known, proposals), set_aside(known, known_at)
    made = [
        Standing(line, since)
        for line in known
        if (since := answered.get(line.id) if line.proposed else line.recorded_at) is not None and line.id not in aside
    ]
    return _corrected(made)


def set_aside(lines: Iterable[Line], known_at: datetime) -> dict[UUID, datetime]:
    """The proposals that two agreed to and that have no effect while they are challenged, each since when."""
    moves = [line for line in lines if line.kind in SETTING_ASIDE and line.recorded_at <= known_at]
    found: dict[UUID, datetime] = {}
    for line in sorted(moves, key=BY_NUMBER):
        for target in line.regarding:
            if line.kind == SetAside.kind:
                found.setdefault(target, line.recorded_at)
            else:
                found.pop(target, None)
    return found


def in_effect(entries: Iterable[Entry], as_at: datetime, known_at: datetime) -> list[InEffect]:
    """The entries that count at `as_at`, as known at `known_at`, opened and corrected, in ledger order."""
    by_id = {entry.id: entry for entry in entries}
    counting = standing((line_of(entry) for entry in by_id.values()), known_at)
    fixes = _fixes(counting)
    found = []
    for line, since in counting:
        entry = by_id[line.id]
        effective = since if line.proposed else min(line.happened_at, since)
        if effective <= as_at:
            fact, names = corrected_fact(entry, [by_id[fix.line.id] for fix in fixes.get(line.id, [])])
            found.append(InEffect(replace(entry, saying=replace(entry.saying, fact=fact)), effective, names))
    return found


def corrected_fact(entry: Entry, corrections: Iterable[Entry]) -> tuple[Fact, tuple[str, ...]]:
    """The fact as corrected, and the names of the fields put right. Raises Refused for a value it cannot hold."""
    fact = entry.saying.fact
    fixes = [fix.saying.fact for fix in corrections]
    changes = {
        fix.field: json.loads(fix.value) for fix in fixes if isinstance(fix, Corrected) and fix.field != HAPPENED
    }
    if not changes:
        return fact, ()
    return type(fact).heard(fact.model_dump(mode="json", exclude_none=True) | changes), tuple(changes)


def _answered(known: list[Line], proposals: Mapping[UUID, Line]) -> dict[UUID, datetime | None]:
    """For each proposal that was answered: when it was agreed, or None where it was declined.

    The first answer counts, and only one that may be the second signature.
    """
    answered: dict[UUID, datetime | None] = {}
    for line in known:
        if line.kind not in ANSWERS or line.proposed:
            continue
        for target in line.regarding:
            proposal = proposals.get(target)
            if proposal and may_answer(proposal, line) and target not in answered:
                answered[target] = line.recorded_at if line.kind == Seconded.kind else None
    return answered


def answered_in(lines: Iterable[Line]) -> set[UUID]:
    """The proposals to which, among these lines, somebody who may has agreed or disagreed."""
    given = list(lines)
    stands = {line.id: line for line in given}
    said = [line for line in given if line.kind in ANSWERS and not line.proposed]
    return {
        target for line in said for target in line.regarding if target not in stands or may_answer(stands[target], line)
    }


def upward(lines: Iterable[Line], ids: Iterable[UUID]) -> set[UUID]:
    """These ids and, at any remove, everything that they answer, among the lines given."""
    regarding = {line.id: line.regarding for line in lines}
    found: set[UUID] = set()
    layer = set(ids)
    while layer:
        found |= layer
        layer = {target for uid in layer for target in regarding.get(uid, ()) if target in regarding} - found
    return found


def below(lines: Iterable[Line], root: UUID) -> list[Line]:
    """The line of an entry, first, and of everything that answers it at any remove, in ledger order."""
    return below_each(lines, [root])[0]


def below_each(lines: Iterable[Line], roots: Iterable[UUID]) -> list[list[Line]]:
    """The same for each of several entries: however many there are, the lines are gone through once."""
    by_id: dict[UUID, Line] = {}
    answering: dict[UUID, list[Line]] = {}
    for line in lines:
        by_id[line.id] = line
        for target in line.regarding:
            answering.setdefault(target, []).append(line)
    threads = []
    for root in roots:
        found: dict[int, Line] = {}
        layer = [by_id[root]] if root in by_id else answering.get(root, [])
        while layer:
            found |= {line.seq: line for line in layer}
            layer = [line for said in layer for line in answering.get(said.id, ()) if line.seq not in found]
        threads.append([found[seq] for seq in sorted(found)])
    return threads


def may_answer(proposal: Line, answer: Line) -> bool:
    """Whether a line may be the second signature of a proposal: later, by another person of another agency.

    What is about a child may also be signed for a meeting to which several sorts of agency came: one of them, at least,
    was not the proposer's. Whoever said words that a correction would put otherwise may sign that, wherever they work.
    """
    several = bool(proposal.mentions) and len(set(answer.coded.get("met", ()))) > 1
    apart = proposal.agency != answer.agency or several or author_asked(proposal) == answer.by
    return apart and proposal.seq < answer.seq and proposal.by != answer.by


def author_asked(proposal: Line) -> str:
    """Who said the words that a correction would put otherwise, and is asked first; "" where nobody is."""
    return str(proposal.coded.get("author") or "") if proposal.kind == CORRECTED else ""


def _fixes(counting: list[Standing]) -> dict[UUID, list[Standing]]:
    """Corrections that count, by the entry each one puts right, in the order they took effect."""
    found: dict[UUID, list[Standing]] = {}
    for counted in counting:
        if counted.line.kind == CORRECTED:
            for target in counted.line.regarding:
                found.setdefault(target, []).append(counted)
    return found


def _corrected(counting: list[Standing]) -> list[Standing]:
    fixes = _fixes(counting)
    if not fixes:
        return counting
    return [_fixed(counted, fixes[counted.line.id]) if counted.line.id in fixes else counted for counted in counting]


def _put(coded: dict[str, Any], fix: Mapping[str, Any]) -> None:
    """Put a corrected answer in its place; where the higher of two answers counts, that is found again."""
    field, name = fix["field"], fix.get("counts", "")
    if not name:
        coded[field] = fix["value"]
        return
    said, order = said_of(name), fix["order"]
    coded.setdefault(said, coded.get(name))
    coded[said if field == name else field] = fix["value"]
    coded[name] = max((coded[one] for one in (said, fix["beside"]) if coded.get(one)), key=order.index)


def _fixed(counted: Standing, fixes: list[Standing]) -> Standing:
    line, coded = counted.line, dict(counted.line.coded)
    for fix in sorted(fixes, key=lambda fix: (fix.effective_at, fix.line.seq)):
        if "value" not in fix.line.coded:
            continue
        if fix.line.coded["field"] == HAPPENED:
            line = line._replace(happened_at=datetime.fromisoformat(fix.line.coded["value"]["earliest"]))
        else:
            _put(coded, fix.line.coded)
    return Standing(line._replace(coded=coded), counted.effective_at)
