"""Lowering is decided by effect, not by class: the state before and the state after are compared.

Whatever the route (decision, correction, a new edition), a lower level, fewer children counted, fewer duties or a later
due time needs a reason and a second signature. A duty that was met is not a lowering: it was answered. That it was
never owed is one, whether or not it was met: with it goes what else was only right while it stood.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from onrecord.duties.rules.attended import NO_MEETINGS, Meetings, changed, weighed
from onrecord.duties.rules.fold import ENDED, LATE, OPEN, Duty
from onrecord.ledger.facts import Fact
from onrecord.ledger.rules.effect import CORRECTED, Line, standing

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""When something is due that is called off."""


@dataclass(frozen=True)
class State:
    """What is at stake: the level of each child by name of the level, what is counted, what is owed and until when.

    `warned` is what keeps somebody safe: an entry, the field, and how often the field was put otherwise. `gated` says
    that somebody speaks of what may be exploitation: then nobody ends by themselves that a child is counted, nor puts
    off what is owed. `put_off` are the duties that were answered by naming another day, each with the time it has now.
    """

    levels: Mapping[tuple[UUID, str], int]
    counted: frozenset[UUID]
    owed: Mapping[UUID, datetime]
    answered: frozenset[UUID]
    warned: frozenset[tuple[UUID, str, int]] = frozenset()
    gated: bool = False
    put_off: Mapping[UUID, datetime] = field(default_factory=dict)
    arisen: frozenset[UUID] = frozenset()
    """Every duty there ever was, also those that were answered or ended."""
    meetings: Meetings = NO_MEETINGS
    undone: frozenset[UUID] = frozenset()
    """The duties that were answered by what says that what is owed is never done."""
    put_right: frozenset[UUID] = frozenset()
    """The duties that were answered by something else than what is asked about."""
    over: frozenset[UUID] = frozenset()
    """The duties after which what comes back comes back no more, because two agreed to that."""


class Lowered(NamedTuple):
    """One thing that would be lowered, in words."""

    what: str
    words: str


def state_of(
    lines: Iterable[Line],
    duties: Sequence[Duty],
    known_at: datetime,
    kinds: Mapping[str, type[Fact]],
    asked: UUID | None = None,
) -> State:
    """The state these lines and duties amount to, as known at `known_at`, were `asked` to take effect among them.

    What one person says never lowers a level: said again while two had lowered it, it does not stand in the way of a
    challenge that sets theirs aside.
    """
    levels: dict[tuple[UUID, str], int] = {}
    counted: set[UUID] = set()
    counting = standing(lines, known_at)
    inside = any(gated(kinds[line.kind], line) for line, _ in counting)
    for line, _ in counting:
        made, takes = kinds[line.kind], line.proposed or line.id == asked
        for name, rank in _ranks(made, line):
            for mention in line.mentions:
                levels[mention, name] = rank if takes else max(rank, levels.get((mention, name), rank))
        if made.opens_concern:
            counted.add(line.id)
        if ends(made, line):
            counted.difference_update(line.regarding)
    owed = {duty.key: duty.due_at for duty in duties if duty.state in (OPEN, LATE)}
    answered = frozenset(duty.key for duty in duties if duty.done_at is not None and duty.state != ENDED)
    warned = frozenset(_warnings([line for line, _ in counting], kinds))
    naming = {line.id for line, _ in counting if kinds[line.kind].puts_off}
    arisen = frozenset(duty.key for duty in duties)
    later, meetings = _put_off(duties, naming), weighed(counting, kinds)
    undone = frozenset(duty.key for duty in duties if duty.undone)
    ours = _itself([line for line, _ in counting if line.id == asked], kinds)
    others = frozenset(duty.key for duty in duties if asked and duty.key in answered and duty.done_by not in ours)
    over = frozenset(duty.key for duty in duties if duty.over)
    return State(
        levels, frozenset(counted), owed, answered, warned, inside, later, arisen, meetings, undone, others, over
    )


def _itself(asked: Iterable[Line], kinds: Mapping[str, type[Fact]]) -> frozenset[UUID]:
    """What is asked about; and where those who met say how it was, also that of which they say it."""
    met = [line for line in asked if kinds[line.kind].of_those_who_met]
    return frozenset({*(line.id for line in asked), *(target for line in met for target in line.regarding)})


def _put_off(duties: Sequence[Duty], naming: AbstractSet[UUID]) -> Mapping[UUID, datetime]:
    """The duties that one of these answered, each with when it is due now: the next time round, or never again."""
    following = {(duty.rule.id, duty.opening, duty.occurrence): duty.due_at for duty in duties} if naming else {}
    places = {duty.key: (duty.rule.id, duty.opening, duty.occurrence + 1) for duty in duties if duty.done_by in naming}
    return {key: following.get(place, NEVER) for key, place in places.items()}


def ends(made: type[Fact], line: Line) -> bool:
    """Whether it ends the concern that it regards."""
    return made.ends_concern is not None and line.coded.get(made.ends_concern[0]) == made.ends_concern[1]


def gated(made: type[Fact], line: Line) -> bool:
    """Whether it speaks of what may be exploitation or harm outside the home. What is not left to one person does."""
    return made.by_one is not None and line.coded.get(made.by_one[0]) not in made.by_one[1]


def lowered(before: State, after: State) -> list[Lowered]:
    """Everything that is lower after than before; nothing, when it may stand on one signature."""
    found = []
    for (mention, name), rank in before.levels.items():
        if after.levels.get((mention, name), 0) < rank:  # the lowest answer, taken back, leaves nothing lower
            found.append(Lowered("level", f"the {name.replace('_', ' ')} would be lower"))
    if before.counted - after.counted and _gated(before, after):
        found.append(Lowered("counted", "a child who is counted would not be counted any more"))
    if before.gated and not after.gated:
        found.append(Lowered("gate", "what may be exploitation would be put down as something one person may end"))
    if before.warned - after.warned:
        found.append(Lowered("warned", "a warning that keeps somebody safe would be taken back or put otherwise"))
    if changed(before.meetings, after.meetings):
        found.append(Lowered("meeting", "a meeting that signs would be put otherwise than it was first recorded"))
    return list(dict.fromkeys([*found, *_owed_less(before, after)]))


def _owed_less(before: State, after: State) -> Iterator[Lowered]:
    """The duties that would be gone or due later, or would never have been."""
    if before.answered - after.arisen:
        yield Lowered("duty", "a duty that was met would be as if it had never been owed")
    for key, due in before.owed.items():
        if key not in after.owed and key not in after.answered:
            yield Lowered("duty", "a duty would be gone without having been met")
        elif key in after.undone:
            yield Lowered("duty", "a duty would be ended without what is owed having been done")
        elif key in after.over:
            yield Lowered("duty", "what is owed again and again would be owed no more")
        elif key in after.put_right:
            yield Lowered("duty", "a duty would be met by what did not meet it when it was said")
        elif after.owed.get(key, due) > due or (_gated(before, after) and after.put_off.get(key, due) > due):
            yield Lowered("due", "a duty would be due later")


def _gated(before: State, after: State) -> bool:
    return before.gated or after.gated


def _warnings(lines: Sequence[Line], kinds: Mapping[str, type[Fact]]) -> Iterator[tuple[UUID, str, int]]:
    """Guarded fields: a coded one while what it says warns, any other as often as it was put otherwise."""
    changed = Counter(
        (target, str(line.coded.get("field"))) for line in lines if line.kind == CORRECTED for target in line.regarding
    )
    taken = Counter(target for line in lines if kinds[line.kind].takes_back for target in line.regarding)
    for line in lines:
        for name in kinds[line.kind].guarded:
            if name not in line.coded:
                yield line.id, name, changed[line.id, name] + taken[line.id]
            elif line.coded[name] in kinds[line.kind].warns:
                yield line.id, name, 0


def _ranks(made: type[Fact], line: Line) -> list[tuple[str, int]]:
    """What must not get less: the rank of an answer whose options are ranked, and a guarded count."""
    found = []
    for name, code in line.coded.items():
        if name in made.guarded and isinstance(code, int):
            found.append((name, code))
        options = made.options(name) if name in made.model_fields else None
        if options is not None and options.ranked:
            found.append((name, options.rank(code)))
    return found
