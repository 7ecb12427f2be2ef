"""Who read what, for the partnership's business manager alone: every read, and searches that led to nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from onrecord.access.facts import RecordOpened
from onrecord.access.queries import behind_wall, names, post
from onrecord.access.rules import Viewer, check_see_reads
from onrecord.case.queries.chronology import ASIDE
from onrecord.case.rules import FOLLOWED_WITHIN
from onrecord.ledger.facts import Entry, mention_of
from onrecord.ledger.queries import latest, threads_about
from onrecord.ledger.rules.effect import Line
from onrecord.linkage.queries import clusters

READS = "reads"
LOOKED_THROUGH = 5000
"""How many of the newest reads are looked through for one page."""


@dataclass(frozen=True)
class Read:
    """One read: when, by whom, of what, why, and the references of those it was about."""

    at: datetime
    user: str
    who: str
    what: str
    reason: str
    references: tuple[str, ...]
    more: int
    close: bool


def readers(viewer: Viewer) -> list[tuple[str, str]]:
    """Everybody who read something lately, by name."""
    check_see_reads(viewer)
    users = {made.saying.by for made in _noted(viewer)}
    known = names(users)
    return sorted(((user, known.get(user, user)) for user in users), key=lambda pair: pair[1])


def reads(viewer: Viewer, user: str = "", reference: str = "") -> list[Read]:
    """The newest reads, of one person or about the child of one reference, the newest first. Raises Denied."""
    check_see_reads(viewer)
    noted = [made for made in _noted(viewer) if user in ("", made.saying.by)]
    if reference:
        wanted = _meant(reference, noted)
        noted = [made for made in noted if wanted & _mentions(made)]
    return _spoken(noted)


def unfollowed(viewer: Viewer, now: datetime) -> list[Read]:
    """Searches after which their author recorded nothing about a child they found, though a week has passed."""
    check_see_reads(viewer)
    searches = [made for made in _noted(viewer) if _fact(made).what == "search" and _over(made, now)]
    people = clusters({mention for made in searches for mention in made.saying.about})
    lines = threads_about({one for person in people.values() for one in person}) if people else []
    said = [line for line in lines if not line.kind.startswith(ASIDE)]
    left = [
        made
        for made in searches
        if not _followed(made, {one for uid in made.saying.about for one in people[uid]}, said)
    ]
    return _spoken(left)


def _followed(search: Entry, people: set[UUID], said: Iterable[Line]) -> bool:
    until = search.recorded_at + FOLLOWED_WITHIN
    return any(
        line.by == search.saying.by
        and search.recorded_at < line.recorded_at <= until
        and people.intersection(line.mentions)
        for line in said
    )


def _over(search: Entry, now: datetime) -> bool:
    return now >= search.recorded_at + FOLLOWED_WITHIN


def _noted(viewer: Viewer) -> list[Entry]:
    """The newest reads, without what is sealed from this person: that it was read would say that it is there."""
    found = [made for made in latest(READS, LOOKED_THROUGH) if isinstance(made.saying.fact, RecordOpened)]
    closed = behind_wall(viewer, {uid for made in found for uid in made.saying.about})
    return [_without(made, closed) for made in found if not made.saying.about or set(made.saying.about) - closed]


def _without(made: Entry, closed: set[UUID]) -> Entry:
    if closed.isdisjoint(made.saying.about):
        return made
    return replace(made, saying=replace(made.saying, about=tuple(u for u in made.saying.about if u not in closed)))


def _fact(made: Entry) -> RecordOpened:
    fact = made.saying.fact
    if not isinstance(fact, RecordOpened):
        raise TypeError(f"{made.id} is no read")
    return fact


def _mentions(made: Entry) -> set[UUID]:
    """Those a read was about: noted as mentions, or as reports, which name a child each."""
    return {one for uid in made.saying.about for one in (uid, mention_of(uid, "child"))}


def _meant(reference: str, noted: Iterable[Entry]) -> set[UUID]:
    """Everybody judged to be the child of a reference: that of the file, or of a report."""
    start = "".join(reference.split()).lower()
    pairs = {(uid, mention_of(uid, "child")) for made in noted for uid in made.saying.about}
    hits = {one for pair in pairs if any(str(one).startswith(start) for one in pair) for one in pair}
    return {one for person in clusters(hits).values() for one in person} if hits else set()


def _spoken(noted: list[Entry]) -> list[Read]:
    people = names(made.saying.by for made in noted)
    return [_read(made, people) for made in noted]


def _read(made: Entry, people: dict[str, str]) -> Read:
    saying, fact = made.saying, _fact(made)
    references = tuple(str(uid)[:8] for uid in saying.about)
    options = RecordOpened.options("what")
    return Read(
        at=made.recorded_at,
        user=saying.by,
        who=f"{people.get(saying.by, saying.by)}, {post(saying.role, saying.agency)}",
        what=options.words[fact.what] if options else fact.what,
        reason=fact.reason or "",
        references=references[:3],
        more=max(0, len(references) - 3),
        close=fact.close == "yes",
    )
