"""Pairs of mentions that nobody has judged, the most useful first, for a person to look at."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from math import log2
from uuid import UUID

from onrecord.ledger.facts import Person, mention_of
from onrecord.ledger.gateway.rows import asked
from onrecord.ledger.gateway.values import as_id
from onrecord.ledger.queries import corrected, entries
from onrecord.ledger.rules.corrections import PutRight
from onrecord.linkage.facts import ChildRegistered
from onrecord.linkage.queries.finding import COMMON, RARE
from onrecord.linkage.queries.judged import judgements
from onrecord.linkage.queries.weights import in_use
from onrecord.linkage.rules import Likeness, compare, grown
from onrecord.linkage.rules.doubt import use
from onrecord.linkage.rules.scales import Scales

NEWEST, LOOKED_AT = 200, 60
"""So many of the newest mentions are held against earlier ones; so many pairs are opened, the likeliest first."""
SETTLED = ("same", "different")
NEAR = f"""SELECT mine.seq, o.seq, mine.hashed, own.entry, m.entry
    FROM (SELECT seq, entry FROM linkage_mention ORDER BY seq DESC LIMIT {NEWEST}) own
    JOIN linkage_key mine ON mine.seq = own.seq
    JOIN linkage_key o ON o.hashed = mine.hashed AND o.seq < mine.seq AND o.seq >= coalesce((
        SELECT x.seq FROM linkage_key x WHERE x.hashed = mine.hashed AND x.seq < mine.seq
        ORDER BY x.seq DESC LIMIT 1 OFFSET {COMMON}), 0)
    JOIN linkage_mention m ON m.seq = o.seq"""  # noqa: S608  # no value in it


@dataclass(frozen=True)
class Side:
    """One of two mentions held side by side."""

    mention: UUID
    entry: UUID
    child: Person
    source: str
    since: date


@dataclass(frozen=True)
class Pair:
    """Two mentions that may be one child: the newer one first, and why."""

    one: Side
    other: Side
    likeness: Likeness

    @property
    def name(self) -> str:
        """By what a form says which two it is about."""
        return f"{self.one.mention} {self.other.mention}"


def doubtful(hidden: Callable[[Iterable[UUID]], Collection[UUID]], now: datetime) -> list[Pair]:
    """The pairs among the newest mentions and all before them that somebody should judge, the most useful first.

    `hidden` names, of the entries that hold them, those which whoever asks must not learn of. Nobody who is 18 is held
    against anybody here.
    """
    near = _near()
    unseen = set(hidden({uid for pair in near for uid in pair})) if near else set()
    open_to = [pair for pair in near if not unseen.intersection(pair)]
    settled = _settled(open_to)
    wanted = [pair for pair in open_to if frozenset(pair) not in settled][:LOOKED_AT]
    right = corrected(entries({uid for pair in wanted for uid in pair}), now)
    weights = in_use()
    found = (_pair(right[one], right[other], now.date(), weights) for one, other in wanted)
    return sorted((pair for pair in found if pair), key=lambda pair: -use(pair.likeness.weight))


def _near() -> list[tuple[UUID, UUID]]:
    """Entries whose mentions share keys, those with the rarest first, then the newest."""
    rows = asked(NEAR, ())
    times: dict[tuple[int, int], set[int]] = defaultdict(set)
    for mine, other, hashed, _, _ in rows:
        times[mine, hashed].add(other)
    worth: dict[tuple[int, int], float] = defaultdict(float)
    for mine, other, hashed, _, _ in rows:
        worth[mine, other] += RARE - log2(len(times[mine, hashed]))
    named = {(mine, other): (one, two) for mine, other, _, one, two in rows}
    order = sorted(worth, key=lambda pair: (-worth[pair], -pair[0], -pair[1]))
    return [(as_id(named[pair][0]), as_id(named[pair][1])) for pair in order]


def _settled(pairs: list[tuple[UUID, UUID]]) -> set[frozenset[UUID]]:
    """The pairs of entries whose mentions somebody has judged, the latest word being sure."""
    of = {mention_of(uid, "child"): uid for pair in pairs for uid in pair}
    latest = {frozenset((one, other)): verdict for one, other, verdict, _ in judgements(of)}
    sure = [pair for pair, verdict in latest.items() if verdict in SETTLED and pair <= of.keys()]
    return {frozenset(of[mention] for mention in pair) for pair in sure}


def _pair(one: PutRight, other: PutRight, today: date, weights: Scales) -> Pair | None:
    first, second = side(one), side(other)
    if first is None or second is None:
        return None
    if any(grown(side.child, side.since, today) for side in (first, second)):
        return None
    found = compare(first.child, second.child, weights, one.entry.seq)
    return Pair(first, second, found) if found else None


def side(made: PutRight) -> Side | None:
    """An entry that names a child, as one side of a comparison; None for one that names nobody."""
    entry = made.entry
    fact = entry.saying.fact
    child = getattr(fact, "child", None)
    if not isinstance(child, Person):
        return None
    listed = fact if isinstance(fact, ChildRegistered) else None
    since = listed.known_since if listed else entry.saying.happened.earliest.date()
    return Side(mention_of(entry.id, "child"), entry.id, child, listed.source if listed else entry.saying.agency, since)
