"""What would be lowered by saying something: what it is weighed among is folded before and after."""

from collections.abc import Iterable
from datetime import datetime

from onrecord.access.queries import agencies
from onrecord.duties.actions.among import Among
from onrecord.duties.actions.informed import sooner_grown
from onrecord.duties.actions.links import apart
from onrecord.duties.queries.adopted import law
from onrecord.duties.rules import Lowered, State, fold, lowered
from onrecord.duties.rules.law import Law
from onrecord.duties.rules.lowering import state_of
from onrecord.duties.rules.restated import brings_less, restated
from onrecord.ledger.facts import Corrected, Saying
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.queries import coded
from onrecord.ledger.rules.effect import Line, standing
from onrecord.linkage.facts import LinkJudged


def what_lowers(found: Among, saying: Saying, now: datetime) -> list[Lowered]:
    """Everything that recording this would lower, were it to take effect now; as far as somebody may know."""
    if isinstance(saying.fact, LinkJudged):
        return apart(found, law(), now) if found.whom.moved else []
    known = found.lines
    line = as_line(saying, max([now, *(line.recorded_at for line in known)]), known)
    line = line._replace(mentions=tuple(found.whom.people))  # who is judged to be the same child is one child here
    adopted = law()
    before, after = _state(known, line, adopted), _state([*known, line], line, adopted)
    less = [*lowered(before, after), *_restated(known, line, after, adopted)]
    return [*less, *sooner_grown(found, saying, now)]


def _restated(known: list[Line], line: Line, after: State, adopted: Law) -> list[Lowered]:
    """What less would be owed by saying something again otherwise than what it answers does; or by putting that so."""
    kinds, at = catalogue(), line.recorded_at
    answered = [one for one, _ in standing(known, at) if one.id in line.regarding]
    others = [one for one in known if one.id != line.id]
    found = [
        made.words
        for made in restated(line, answered, kinds)
        if lowered(_state([*others, made.line], made.line, adopted), after)
    ]
    book = adopted.in_force(at) if line.kind == Corrected.kind else None
    if book:
        found += filter(None, (brings_less(line, one, book.rules, kinds) for one in answered))
    return [Lowered("restated", f"less would be owed than for {words}, as it was said first") for words in found[:1]]


def _state(known: list[Line], asked: Line, adopted: Law) -> State:
    at = asked.recorded_at
    return state_of(known, fold(known, adopted, at, at, asked=asked.id, sorts=agencies), at, catalogue(), asked.id)


def as_line(saying: Saying, at: datetime, known: Iterable[Line] = ()) -> Line:
    """Something that is being said, as a line. `known` are lines that were looked up, with what it answers."""
    return Line(
        2**62,
        saying.id,
        saying.fact.kind,
        at,
        saying.happened.earliest,
        saying.by,
        saying.agency,
        False,
        coded(saying.fact, saying.regarding, {line.id: line.kind for line in known}),
        saying.regarding,
        saying.about,
    )
