"""What another edition would make of the duties that are open now, a part at a time: there may be many."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Q

from onrecord.access.queries import agencies, first_of_each_sort
from onrecord.duties.models import Owed
from onrecord.duties.rules.compare import Editions, Moved, Standing, editions, moved
from onrecord.duties.rules.fold import OPEN
from onrecord.ledger.queries import families
from onrecord.rulebook.facts import Rulebook

AT_ONCE = 2_000
"""Open duties of one part: they are compared in less than two seconds."""
COLUMNS = ("key", "rule", "opening", "agency", "wall")


class Part(NamedTuple):
    """A part of the open duties, compared: how many, what would become of them, and the last fact that was reached."""

    counted: int
    moved: tuple[Moved, ...]
    last: UUID | None
    """None where no more follow."""


def compared(current: Rulebook, proposed: Rulebook, seen: Q | None = None) -> Iterator[Part]:
    """Compare part after part, of every open duty or of those that somebody may know of."""
    last: UUID | None = None
    while True:
        part = compare_part(current, proposed, seen, last)
        yield part
        last = part.last
        if last is None:
            return


def compare_part(current: Rulebook, proposed: Rulebook, seen: Q | None = None, after: UUID | None = None) -> Part:
    """Compare the open duties that follow a fact, in the order of the facts that opened them."""
    both = editions(current, proposed)
    rows, last = _rows(_which(both, seen), after)
    if not rows:
        return Part(0, (), None)
    found = moved(families({row.opening for row in rows}), rows, both, agencies)
    sorts = first_of_each_sort() if found else {}
    named = tuple(one._replace(agency=sorts.get(one.agency, one.agency)) for one in found)
    return Part(len(rows), named, last)


def to_compare(current: Rulebook, proposed: Rulebook, seen: Q | None = None) -> tuple[int, int]:
    """How many duties are open, and how many of them have to be compared: those of a rule that stays do not."""
    which = _which(editions(current, proposed), seen)
    found = Owed.objects.filter(seen or Q(), state=OPEN).aggregate(open=Count("key"), whole=Count("key", filter=which))
    return found["open"], found["whole"]


def _which(both: Editions, seen: Q | None) -> Q:
    which = Q(state=OPEN) & (seen or Q())
    return which if both.arises else which & Q(rule__in=sorted(both.rules))


def _rows(which: Q, after: UUID | None) -> tuple[Sequence[Standing], UUID | None]:
    """The next open duties, each fact's together, and the last fact where more follow."""
    further = Owed.objects.filter(which & Q(opening__gt=after) if after else which)
    found = further.order_by("opening", "key").values_list(*COLUMNS)[: AT_ONCE + 1]
    rows = [Standing(*row) for row in found]
    if len(rows) <= AT_ONCE:
        return rows, None
    whole = [row for row in rows if row.opening != rows[-1].opening]
    if not whole:
        whole = [Standing(*row) for row in further.filter(opening=rows[0].opening).values_list(*COLUMNS)]
    return whole, whole[-1].opening
