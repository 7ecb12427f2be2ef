"""What stands beside what is late, for those outside: what was lowered, who said nothing, who was told in vain."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from onrecord.access.queries import agencies, behind_wall, closed_to, first_of_each_sort, with_children
from onrecord.access.rules import Viewer, check_see_all_duties
from onrecord.duties.facts import LoweringTookEffect
from onrecord.duties.models import Owed
from onrecord.duties.queries.standing import Late
from onrecord.duties.rules.challenge import disputed
from onrecord.duties.rules.walls import is_outside
from onrecord.ledger.queries import first_after, heard_from, lately, threads
from onrecord.rulebook.facts import OWING
from onrecord.rulebook.queries import rule_of

LOWERED_WITHIN, SILENT_FOR = timedelta(days=14), timedelta(days=90)
CLIMBED = [[field.name for field in Owed._meta.concrete_fields].index(name) for name in ("edition", "rule", "rung")]
AT = [[field.name for field in Owed._meta.concrete_fields].index(name) for name in ("agency", "wall")]


class Monday(NamedTuple):
    """How much was lowered lately, and how much of it is disputed now.

    `silent` are the agencies, by name, that recorded nothing for 90 days. `told` are the seats inside that were told of
    something that is late all the same: role, agency, and how often.
    """

    lowered: int
    disputed: int
    silent: list[str]
    told: list[tuple[str, str, int]]


def monday(viewer: Viewer, late: Iterable[Late], now: datetime) -> Monday:
    """That, as far as somebody may know of it. Raises Denied for those who do not watch."""
    check_see_all_duties(viewer)
    lowered, contested = _lowered(viewer, now)
    joined = agencies()
    first = first_of_each_sort(joined)
    told = Counter((role, first.get(of, of)) for one in late for role, of in _told(one)).most_common()
    return Monday(lowered, contested, _silent(viewer, joined, now), [(*seat, many) for seat, many in told])


def _lowered(viewer: Viewer, now: datetime) -> tuple[int, int]:
    """How much was lowered in two weeks, in which it can be challenged, and how much of that is disputed now."""
    taken = list(lately([LoweringTookEffect.kind], now - LOWERED_WITHIN))
    closed = behind_wall(viewer, {one for line in taken for one in (*line.regarding, *line.mentions)})
    seen = {line.regarding[0] for line in taken if closed.isdisjoint((*line.regarding, *line.mentions))}
    return len(seen), len(seen & disputed(threads(seen), now).keys()) if seen else 0


def _silent(viewer: Viewer, joined: dict[str, str], now: datetime) -> list[str]:
    """The agencies that may work with a child and recorded nothing for long, as far as somebody may know."""
    first = first_after(now - SILENT_FOR)
    spoke = heard_from(first, closed_to(viewer)) if first else None
    return (
        [] if spoke is None else sorted(name for agency, name in with_children(joined).items() if agency not in spoke)
    )


def _told(late: Late) -> Iterator[tuple[str, str]]:
    """Who inside was told of something that is late, by role and agency or its sort. What is sealed goes past them."""
    digest, rule, taken = (late.row[place] for place in CLIMBED)
    agency, wall = (late.row[place] for place in AT)
    for rung in rule_of(digest, rule).ladder[:taken] if wall is None else ():
        if not is_outside(rung):
            yield rung.to.role, agency if rung.to.of == OWING else rung.to.of
