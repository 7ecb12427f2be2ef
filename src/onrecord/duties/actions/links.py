"""What somebody would lower by saying who is who: what is known of one child would not be weighed for the other."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from uuid import UUID

from onrecord.access.queries import agencies, behind_wall
from onrecord.access.rules import Viewer
from onrecord.duties.actions.informed import born_of
from onrecord.duties.queries.adopted import law
from onrecord.duties.rules import Lowered, fold
from onrecord.duties.rules.weighed import Weighed, less, of_child, weighed
from onrecord.ledger.facts import Saying
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.queries import entries, threads_about
from onrecord.ledger.rules.effect import Line
from onrecord.linkage.facts import LinkJudged
from onrecord.linkage.queries import clusters_if


def apart(viewer: Viewer, saying: Saying, fact: LinkJudged, now: datetime) -> list[Lowered]:
    """What would be lower, were these two judged so: as far as this person may know. Nothing, where none is moved."""
    if len(saying.about) != 2:
        return []
    before, after = clusters_if(saying.about[0], saying.about[1], fact.verdict)
    moved = {(before[mention], after[mention]) for mention in before if before[mention] != after[mention]}
    if not moved:
        return []
    closed = behind_wall(viewer, {mention for pair in moved for people in pair for mention in people})

    @cache
    def of(people: frozenset[UUID]) -> Weighed:
        return _weighed(people - closed, now)

    found = [words for was, would in moved for words in less(of(was), of(would), only_more=was < would)]
    return [Lowered("link", _words(found))] if found else []


def _weighed(people: frozenset[UUID], now: datetime) -> Weighed:
    known = of_child(threads_about(people), people) if people else []
    at = max([now, *(line.recorded_at for line in known)])
    duties = fold(known, law(), at, at, sorts=agencies)
    return weighed(known, duties, people, born_of(people, now), at, catalogue(), _unsaid(known))


def _unsaid(known: Iterable[Line]) -> set[tuple[UUID, str]]:
    """The sealed warnings that were left out of these entries, which have to be opened to tell."""
    sealed = {line.id: catalogue()[line.kind].guarded - line.coded.keys() for line in known}
    opened = entries(uid for uid, names in sealed.items() if names)
    return {(made.id, name) for made in opened for name in sealed[made.id] if not getattr(made.saying.fact, name)}


def _words(found: Iterable[str]) -> str:
    return f"one of the two would be weighed without knowing {', '.join(sorted(set(found)))}"
