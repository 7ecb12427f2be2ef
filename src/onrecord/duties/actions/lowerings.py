"""What follows by itself once something was lowered: it is said, drawn to be read again, and counted."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import uuid5

from django.db import transaction

from onrecord.access.facts import PEERS
from onrecord.access.queries import agencies, behind_wall, first_of_each_sort, holders
from onrecord.access.rules import DECIDING, NOBODY
from onrecord.duties.actions.people import tell_outside
from onrecord.duties.facts import BulkLoweringFound, LoweringTookEffect
from onrecord.duties.queries.adopted import rulebook_in_force
from onrecord.duties.rules.fold import SPACE
from onrecord.duties.rules.lowering import ends
from onrecord.duties.rules.many import PERSON, SIGNATURE, Found, Less, children, many, span
from onrecord.duties.rules.window import last_day
from onrecord.intake.facts import DecisionMade
from onrecord.intake.queries import open_concerns
from onrecord.ledger.actions import append, hold
from onrecord.ledger.facts import Entry
from onrecord.ledger.facts.entry import LOWERING_REASONS
from onrecord.ledger.gateway.keys import drawn
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.queries import entries, last_of, lately, lines, untaken
from onrecord.ledger.rules.effect import CORRECTED, Line
from onrecord.ledger.rules.machine import machine_saying
from onrecord.ledger.rules.shape import Sort, parts
from onrecord.rulebook.facts import OUTSIDE, Many
from onrecord.rulebook.rules import local_day, value_on

ONE_IN, PUT_OFF = 20, "put_off"
MANY = "Much was lowered or ended within a few days, by one agency or one person. Sign in to see how much, and what."
BY_ONE = {PERSON: "one", SIGNATURE: "alone"}


def took_effect(made: Entry, now: datetime) -> None:
    """Say of each lowering about a child that this signature agreed to that it counts now."""
    sorts, book = agencies(), rulebook_in_force(now)
    lowering = {one.id for one in entries(made.saying.regarding) if _less(one)}
    for line in lines(made.saying.regarding):
        if line.proposed and line.mentions and line.agency in sorts:
            _say(
                line,
                _side(line.agency, sorts),
                last_day(book, line, now) if book and line.id in lowering else None,
                now,
            )


def _side(agency: str, sorts: dict[str, str]) -> str:
    """The sort of agency that answers for it: where several are of that sort, the one that decides about reports.

    A duty of a sort goes to the first agency of it, which has to learn nothing of this child.
    """
    return sorts[agency] if first_of_each_sort(sorts).get(sorts[agency]) == agency else DECIDING


def _less(made: Entry) -> bool:
    """Whether somebody lowers or puts off by it. What merely takes two may be what protects: no challenge undoes it."""
    why = made.saying.lowering
    return why is not None and (why.reason in LOWERING_REASONS.offered or why.reason == PUT_OFF)


def _say(line: Line, sort: str, until: date | None, now: datetime) -> None:
    kind = catalogue()[line.kind]
    ranked = any((options := kind.options(name)) and options.ranked for name in kind.model_fields)
    later = "yes" if kind.puts_off else None
    reread = "yes" if not later and drawn("reread", line.id, ONE_IN) else "no"
    fact = LoweringTookEffect(
        decided_by=sort,
        of_level="yes" if ranked else "no",
        reread=reread,
        put_off=later,
        ended="yes" if _ends_report(line) else None,
        until=until,
        **_reader(line, reread),
    )
    uid = untaken(uuid5(SPACE, f"lowered/{line.id}"), fact.kind)
    said = machine_saying(fact, now, uid=uid, about=line.mentions, regarding=(line.id,))
    append([replace(said, agency=line.agency)])


def _ends_report(line: Line) -> bool:
    """Whether it ends what was reported: a decision does, or what puts one right so that it does."""
    if line.kind != CORRECTED:
        return line.kind == DecisionMade.kind and ends(DecisionMade, line)
    says = line.coded.get("field"), line.coded.get("value")
    return says == DecisionMade.ends_concern and any(one.kind == DecisionMade.kind for one in lines(line.regarding))


def _reader(line: Line, reread: str) -> dict[str, str]:
    """Who reads it again: somebody in a neighbouring area, where that post is held, and it is not sealed."""
    if reread != "yes":
        return {}
    outside = [agency for agency, sort in agencies().items() if sort == OUTSIDE]
    found = [agency for role in sorted(PEERS) for agency in outside if holders(role, agency)]
    if not found or behind_wall(NOBODY, line.mentions):
        return {"read_by": "scrutineer"}
    return {"read_by": "neighbour", "reader_agency": found[0]}


def bulk_lowerings(now: datetime) -> int:
    """Where much was lowered or ended within a few days: each is told outside once, at once. How many times it was."""
    limits = _limits(now)
    if not limits or not _untold(limits, now):
        return 0
    with transaction.atomic():
        hold()
        found = _untold(limits, now)
        for one in found:
            _note(one, now)
    return len(found)


def _untold(limits: Mapping[str, Many], now: datetime) -> list[Found]:
    """What was too much at once, and was not told outside yet."""
    since = now - max(map(span, limits.values()))
    less = [*_by_two(since), *_by_one(since)]
    if not less:
        return []
    told = {one for line in last_of([BulkLoweringFound.kind]) for one in line.coded.get("entries", ())}
    return many([one for one in less if str(one.id) not in told], limits, open_concerns(), now)


def _by_two(since: datetime) -> list[Less]:
    """What two lowered since then. Another day for a meeting is not counted, that there is none is."""
    taken = list(lately([LoweringTookEffect.kind], since, proposals=False))
    proposed = {line.id: line for line in lines(target for line in taken for target in line.regarding)}
    pairs = [(proposed[line.regarding[0]], line) for line in taken]
    return [Less.of(line, made) for line, made in pairs if "put_off" not in made.coded or _for_good(line)]


def _for_good(line: Line) -> bool:
    """Whether nothing takes place any more: it names no other day."""
    return all(part.sort is not Sort.DAY for part in parts(catalogue()[line.kind]))


def _by_one(since: datetime) -> list[Less]:
    """What one person ended since then by their signature alone: said so at first, or put right to say so."""
    ending = {made.kind: made.ends_concern for made in catalogue().values() if made.ends_concern}
    known = agencies()
    said = [line for line in lately([*ending, CORRECTED], since, proposals=False) if line.agency in known]
    fixes = {line.id: line.regarding for line in said if line.kind == CORRECTED}
    fixed = {line.id: line.kind for line in lines(target for targets in fixes.values() for target in targets)}

    def put_right_to_end(line: Line) -> bool:
        says = line.coded.get("field"), line.coded.get("value")
        return any(ending.get(fixed.get(target, "")) == says for target in fixes.get(line.id, ()))

    return [Less.of(line, line) for line in said if ends(catalogue()[line.kind], line) or put_right_to_end(line)]


def _limits(now: datetime) -> dict[str, Many]:
    """From when on it is too much at once, by the edition in force: for one agency, and for one person."""
    book = rulebook_in_force(now)
    if book is None:
        return {}
    day = local_day(now, book.calendar)
    rules = [rule for rule in book.rules if rule.opens.kind == BulkLoweringFound.kind]
    found = {of: value_on(values, day) for rule in rules for of, values in rule.many.items()}
    return {of: value for of, value in found.items() if value}


def _note(found: Found, now: datetime) -> None:
    uid = untaken(uuid5(SPACE, f"many/{found.less[0].id}"), BulkLoweringFound.kind)
    if not lines([uid]):
        fact = BulkLoweringFound(
            agency=found.agency,
            sort=agencies()[found.agency],
            children=children(found.less),
            concerns=open_concerns(),
            references=tuple(sorted(one.reference for one in found.less)),
            entries=tuple(sorted(str(one.id) for one in found.less)),
            days=found.days,
            proposed_by=BY_ONE.get(found.of),
        )
        tell_outside(append([machine_saying(fact, now, uid=uid)])[0], MANY, now)
