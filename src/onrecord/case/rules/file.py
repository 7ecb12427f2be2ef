"""What follows for a child's file: how long it stays open, who must not know, and by which judgement it was joined."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from uuid import UUID

from onrecord.case.facts import SafeContactSet
from onrecord.ledger.facts import Entry
from onrecord.ledger.rules.effect import SINCE, Line, standing
from onrecord.linkage.facts import LinkJudged

GLASS_HOURS = 24
GLASS_LASTS = timedelta(hours=GLASS_HOURS)
"""How long a file stays open to somebody who does not work with the child."""
FOLLOWED_WITHIN = timedelta(days=7)
"""How soon after a search something should be recorded about a child that it found."""


def must_not_know(contacts: Iterable[Entry]) -> list[str]:
    """Everybody who must not know, in the order they were named. Only an agreed, shorter list leaves anybody out."""
    named: dict[str, None] = {}
    for made in contacts:
        fact = made.saying.fact
        if isinstance(fact, SafeContactSet):
            named = dict.fromkeys((*(() if made.proposed else named), *fact.must_not_know))
    return list(named)


def joined_by(mention: UUID, lines: Iterable[Line]) -> dict[UUID, Line]:
    """Of every other mention that judgements join to this one: the judgement that did, the nearest first.

    The latest word on a pair counts, once it counts. Of several ways the one over the fewest others is said.
    """
    latest: dict[frozenset[UUID], Line] = {}
    given = list(lines)
    counting = standing(given, max(line.recorded_at for line in given)) if given else []
    for line, _ in sorted(counting, key=SINCE):
        if line.kind == LinkJudged.kind and len(line.mentions) == 2:
            latest[frozenset(line.mentions)] = line
    same = [(pair, line) for pair, line in latest.items() if line.coded["verdict"] == "same"]
    found: dict[UUID, Line] = {}
    layer = {mention}
    while layer:
        near = {one: line for pair, line in same if pair & layer for one in pair - layer - found.keys() - {mention}}
        found |= near
        layer = set(near)
    return found


def let_in(link: Line, people: Mapping[UUID, frozenset[UUID]], ties: Iterable[tuple[UUID, str, int]]) -> list[str]:
    """The agencies that a link of two mentions brought to a file with which they had nothing to do before it.

    `people` is who was judged to be whom before; `ties` say which agency worked with which mention, since which number.
    """
    one, other = link.mentions
    if other in people[one]:
        return []
    known = [(mention, agency) for mention, agency, since in ties if since < link.seq]
    first, second = ({agency for mention, agency in known if mention in people[side]} for side in (one, other))
    return sorted(first ^ second)
