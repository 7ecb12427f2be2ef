"""What somebody would lower by saying who is who: what is known of one child would not be weighed for the other."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from uuid import UUID

from onrecord.access.queries import agencies
from onrecord.duties.actions.among import Among, guarded
from onrecord.duties.rules import Lowered, fold
from onrecord.duties.rules.born import born_of
from onrecord.duties.rules.law import Law
from onrecord.duties.rules.weighed import Weighed, less, of_child, weighed
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.rules.effect import Line


def apart(found: Among, adopted: Law, now: datetime) -> list[Lowered]:
    """What would be lower, were two judged so: as far as somebody may know. Nothing, where none is moved."""
    sorts = cache(agencies)

    @cache
    def of(people: frozenset[UUID]) -> Weighed:
        known = of_child(found.of(people), people)
        at = max([now, *(line.recorded_at for line in known)])
        duties, born = fold(known, adopted, at, at, sorts=sorts), born_of(found.lines, people, found.opened, now)
        return weighed(known, duties, people, born, at, catalogue(), _unsaid(found, known))

    seen, lost = found.whom.people, list[str]()
    for was, would in found.whom.moved:
        lost += less(of(was & seen), of(would & seen), only_more=was < would)
    return [Lowered("link", _words(lost))] if lost else []


def _unsaid(found: Among, known: Iterable[Line]) -> set[tuple[UUID, str]]:
    """The sealed warnings that were left out of these entries, which have to be opened to tell."""
    names = ((line.id, name) for line in known for name in guarded(line))
    return {(uid, name) for uid, name in names if not getattr(found.opened[uid].saying.fact, name)}


def _words(found: Iterable[str]) -> str:
    return f"one of the two would be weighed without knowing {', '.join(sorted(set(found)))}"
