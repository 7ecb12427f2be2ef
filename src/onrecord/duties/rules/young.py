"""What holds for the young: under 13, with sexual harm alleged, nothing is lowered but by a conference; and who is put
down as older loses what holds for the younger."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from onrecord.duties.rules.lowering import Lowered, ends
from onrecord.duties.rules.quorum import vouched
from onrecord.duties.rules.singly import YOUNG
from onrecord.ledger.facts import Fact
from onrecord.ledger.rules.effect import Line, standing
from onrecord.linkage.rules.likeness import ADULT

WARNINGS = frozenset({"warned", "link"})
"""What is lowered without touching a child's level, the count or a duty: a warning is put otherwise, or two whom
somebody took for one child are two. Nobody holds a conference about somebody who is not there."""


AGES = (YOUNG, ADULT)
"""The ages at which rules for the young end: duties of the same day, a conference; being held beside other children."""


def sooner(before: date | None, after: date | None, day: date) -> list[int]:
    """The ages that a child has not reached on a day, and would have reached sooner by another birth date.

    Those of a year later or more are left out, where no more than a year is taken from the child: that is put right at
    once, and asked again when it comes nearer. Without a birth date nobody is held to be under 13, nor to be 18.
    """
    if before is None:
        return []
    today, soon = _birthday(day, 0), _birthday(day, 1)
    left = [age for age in AGES if _birthday(before, age) > today]
    if after is None:
        return [age for age in left if age == YOUNG]
    if _birthday(after, 0) < _birthday(before, -1):
        return left
    return [age for age in left if _birthday(after, age) < min(_birthday(before, age), soon)]


def _birthday(born: date, age: int) -> tuple[int, int, int]:
    return born.year + age, born.month, born.day


def waits_for_conference(
    lines: Iterable[Line], new: Line, lowers: Iterable[Lowered], kinds: Mapping[str, type[Fact]], known_at: datetime
) -> bool:
    """Whether a new line would lower something that only a conference may lower, and none has been held for it.

    `lines` are all that is known of the child. A conference counts for what had been raised before its day, so that an
    old one, written down late, frees nobody; nor does one that no other agency that took part has vouched for.
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
    held = [line for line in counting if _together(kinds[line.kind], line) and vouched(counting, line, line)]
    return not any(_saw(line, raised) for line in held)


def _together(made: type[Fact], line: Line) -> bool:
    """Whether it is a conference, and those took part without whom it frees nobody."""
    return bool(made.is_conference) and made.is_conference.issubset(line.coded.get("present", ()))


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
