"""A child under 13 of whom sexual harm is alleged: nothing about the child is lowered but by a conference."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from onrecord.duties.rules.lowering import Lowered, ends
from onrecord.ledger.facts import Fact
from onrecord.ledger.rules.effect import Line, standing

WARNINGS = frozenset({"warned", "link"})
"""What is lowered without touching a child's level, the count or a duty: a warning is put otherwise, or two whom
somebody took for one child are two. Nobody holds a conference about somebody who is not there."""


def waits_for_conference(
    lines: Iterable[Line], new: Line, lowers: Iterable[Lowered], kinds: Mapping[str, type[Fact]], known_at: datetime
) -> bool:
    """Whether a new line would lower something that only a conference may lower, and none has been held for it.

    `lines` are all that is known of the child. A conference counts for what had been raised before its day, so that an
    old one, written down late, frees nobody.
    """
    if {lower.what for lower in lowers} <= WARNINGS and not ends(kinds[new.kind], new):
        return False
    return bound([line for line, _ in standing(lines, known_at)], kinds, new)


def bound(counting: Sequence[Line], kinds: Mapping[str, type[Fact]], *also: Line) -> bool:
    """Whether these lines that count, or what is said beside them, bind a child to a conference that was not held."""
    binding = [line for line in (*counting, *also) if _binds(kinds[line.kind], line)]
    if not binding:
        return False
    raised = [line for line in counting if line in binding or _raises(kinds[line.kind])]
    return not any(_saw(line, raised) for line in counting if kinds[line.kind].is_conference)


def _saw(conference: Line, raised: Iterable[Line]) -> bool:
    """Whether a conference was held, and written down, after everything that was raised."""
    day = conference.happened_at.date()
    return all(line.seq < conference.seq and line.recorded_at.date() <= day for line in raised)


def _binds(made: type[Fact], line: Line) -> bool:
    wanted = made.only_by_conference
    return bool(wanted) and all(line.coded.get(name) == code for name, code in wanted.items())


def _raises(made: type[Fact]) -> bool:
    """Whether facts of a kind can raise a concern or a level."""
    answers = (made.options(name) for name in made.model_fields)
    return made.opens_concern or any(options is not None and options.ranked for options in answers)
