"""What is weighed for one child before anything is ended: compared before and after somebody says who is who. Pure.

Two mentions that are one child are weighed together. To take that back leaves less on one of them, or on both.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from onrecord.duties.rules.fold import LATE, MET_LATE, Duty
from onrecord.duties.rules.lowering import ends, state_of
from onrecord.duties.rules.singly import signs_of, singly
from onrecord.duties.rules.young import bound
from onrecord.intake.facts import ReportSetAside
from onrecord.ledger.facts import Fact, SetAside
from onrecord.ledger.rules.effect import Line, standing

CHILD_OWED = "child_owed"


class Weighed(NamedTuple):
    """What stands about one child that decides what somebody may end, who has to agree, and who is told.

    `ended_by` are those who ended something about the child. `twice` says that two duties to the child were missed.
    """

    levels: Mapping[str, int]
    warned: frozenset[tuple[UUID, str]]
    gated: bool
    bound: bool
    singly: bool
    twice: bool
    ended_by: frozenset[str]


def of_child(lines: Sequence[Line], people: Collection[UUID]) -> list[Line]:
    """The lines that are about one of these, or about nobody, as an answer can be."""
    return [line for line in lines if not line.mentions or not set(people).isdisjoint(line.mentions)]


def weighed(
    lines: Sequence[Line],
    duties: Sequence[Duty],
    people: Collection[UUID],
    born: date | None,
    now: datetime,
    kinds: Mapping[str, type[Fact]],
    unsaid: Collection[tuple[UUID, str]] = (),
) -> Weighed:
    """What is weighed for the child that these mentions are. `lines` are about it; `duties` follow from them.

    `unsaid` are the sealed warnings that were left out, by entry and field: from its outside nobody can tell.
    """
    counting = [line for line, _ in standing(lines, now)]
    state, day = state_of(lines, duties, now, kinds), now.date()
    levels: dict[str, int] = {}
    for (mention, name), rank in state.levels.items():
        if mention in people:
            levels[name] = max(rank, levels.get(name, rank))
    missed = [duty for duty in duties if duty.rule.alarm == CHILD_OWED and duty.state in (LATE, MET_LATE)]
    return Weighed(
        levels,
        frozenset((uid, name) for uid, name, _ in state.warned) - frozenset(unsaid),
        state.gated,
        bound(counting, kinds),
        bool(singly(signs_of(counting, born, now), day)),
        len(missed) > 1,
        frozenset(line.by for line in (*counting, *_set_aside(lines)) if _ended(line, kinds)),
    )


def _ended(line: Line, kinds: Mapping[str, type[Fact]]) -> bool:
    """Whether it ended something about the child: a report that is set aside as none is ended too."""
    return line.kind == ReportSetAside.kind or ends(kinds[line.kind], line)


def _set_aside(lines: Sequence[Line]) -> list[Line]:
    """What two lowered and a challenge set aside: whoever ended something then has ended something before."""
    aside = {target for line in lines if line.kind == SetAside.kind for target in line.regarding}
    return [line for line in lines if line.id in aside]


def less(before: Weighed, after: Weighed, *, only_more: bool) -> list[str]:
    """In words, what would not be weighed any more.

    Where a child only gained mentions, everything that was known still is: but for a conference, which may have been
    held for somebody else.
    """
    conference = (before.bound and not after.bound, "that it waits for a child protection conference")
    lost = [
        (any(after.levels.get(name, 0) < rank for name, rank in before.levels.items()), "how serious it is"),
        (before.gated and not after.gated, "that it may be exploitation"),
        (bool(before.warned - after.warned), "what keeps somebody safe"),
        (before.singly and not after.singly, "why it is looked at by itself"),
        (before.twice and not after.twice, "that two duties to the child were missed"),
        (bool(before.ended_by - after.ended_by), "who ended something about the child before"),
    ]
    return [words for applies, words in (conference, *(() if only_more else lost)) if applies]
