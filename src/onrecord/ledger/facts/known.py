"""What the record knows of a fact that is being said."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.ledger.facts.declare import Fact


@dataclass(frozen=True)
class Known:
    """What the record knows when a fact is said, for the kinds that ask (`Fact.completed`).

    `day` is the local day on which it happened; `answered` is what it answers, as it stands now; `said_by` names, for
    each of those, the agency that said it, and `days` the local day on which it happened; `born` is the birth date of
    the child, where one is on record; `agencies` are those that may work with a child, by id, with their names, and
    `sorts` their sorts, by id.

    Two are looked up only when asked for: `beside` gives what stands about the child of the kinds that the fact is held
    against, and `hanging` the kinds of all that hangs together with what it answers, also what waits for a second
    person, but nothing declined.
    """

    day: date
    answered: tuple["Fact", ...] = ()
    said_by: tuple[str, ...] = ()
    born: date | None = None
    days: tuple[date, ...] = ()
    agencies: Mapping[str, str] = field(default_factory=dict)
    sorts: Mapping[str, str] = field(default_factory=dict)
    beside: Callable[[], Sequence["Fact"]] = tuple
    hanging: Callable[[], frozenset[str]] = frozenset

    @property
    def age(self) -> int | None:
        """How old the child is on that day, in years; None where no birth date is known."""
        if self.born is None:
            return None
        return self.day.year - self.born.year - ((self.day.month, self.day.day) < (self.born.month, self.born.day))
