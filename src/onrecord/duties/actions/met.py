"""What hangs on who met and about whom: to whom minutes go, that they are undisputed, at which meeting a step was."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from onrecord.access.facts import SORTS
from onrecord.duties.actions.allowed import Unanswerable
from onrecord.duties.queries.meetings import covers
from onrecord.ledger.facts import Fact, Saying
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.queries import above, lines, threads, threads_about
from onrecord.ledger.rules.effect import Line, standing
from onrecord.ledger.rules.met import who_met
from onrecord.linkage.queries import clusters

LEFT_OUT = "Everybody who came gets it. Left out: {sorts}."
UNTRUE = "“{said}” is not so: “{title}” is on record. Choose another answer."
FIRST = "“{said}” is not so yet: record “{title}” first, then say this."
OTHER_CHILD = (
    "The meeting on record was not about this child. Record this without the meeting, and write its minutes by "
    "themselves; or record the meeting at which it was."
)


def came(said: Iterable[UUID], now: datetime) -> frozenset[str]:
    """The sorts of agency that came to the meeting nearest above these entries, as first said and as put right."""
    asked = list(said)
    over = above(asked)
    right = {line.id: line for line, _ in standing(threads([line.id for line in over]), now)}
    first, stands = (who_met(some, asked, catalogue()) for some in (over, [right.get(one.id, one) for one in over]))
    return first | stands


def check_met(saying: Saying, answered: Sequence[Line], now: datetime) -> None:
    """Raise Unanswerable where a meeting was not about this child, those who came are left out, or disputed it."""
    fact = saying.fact
    if fact.attended and fact.quorum is None:
        _check_same_children(answered)
    for field in hangs_on(type(fact)):
        check_field(fact, field, saying.regarding, now)


def hangs_on(kind: type[Fact]) -> tuple[str, ...]:
    """The fields of a kind that hang on what else is on record."""
    asked = (kind.untrue_after, kind.untrue_until)
    return tuple(filter(None, (kind.reaches, *(one[0] for one in asked if one))))


def check_field(fact: Fact, field: str, regarding: Sequence[UUID], now: datetime) -> None:
    """The same of one field only: what is put right is held to it as what was said first."""
    if field == fact.reaches:
        left = came(regarding, now) - set(getattr(fact, field))
        if left:
            raise Unanswerable(LEFT_OUT.format(sorts=", ".join(SORTS.words[sort] for sort in sorted(left))))
    if fact.untrue_after and (field, fact.coded().get(field)) == fact.untrue_after[:2]:
        _check_true(fact, fact.untrue_after[2], regarding, now)
    if fact.untrue_until and (field, fact.coded().get(field)) == fact.untrue_until[:2]:
        _check_done(fact, fact.untrue_until, regarding, now)


def _check_same_children(answered: Sequence[Line]) -> None:
    """A step that was taken at a meeting is about children about whom that meeting was."""
    held = [line for line in answered if catalogue()[line.kind].quorum is not None]
    others = [line for line in answered if line not in held]
    people = clusters({mention for line in answered for mention in line.mentions}) if held else {}
    if not all(covers(meeting, other, people) for meeting in held for other in others):
        raise Unanswerable(OTHER_CHILD)


def _check_true(fact: Fact, kind: str, regarding: Sequence[UUID], now: datetime) -> None:
    counting = standing(threads([line.id for line in above(regarding)]), now)
    if any(line.kind == kind for line, _ in counting):
        said = fact.spoken((fact.untrue_after or ("",))[0])
        raise Unanswerable(UNTRUE.format(said=said, title=catalogue()[kind].title))


def _check_done(fact: Fact, needs: tuple[str, str, str], regarding: Sequence[UUID], now: datetime) -> None:
    answered = lines(regarding)
    people = {one for same in clusters({one for line in answered for one in line.mentions}).values() for one in same}
    said = [line for line, _ in standing(threads_about(people), now) if line.kind == needs[2]] if people else []
    if not any(line.seq > max(one.seq for one in answered) for line in said):
        raise Unanswerable(FIRST.format(said=fact.spoken(needs[0]), title=catalogue()[needs[2]].title))
