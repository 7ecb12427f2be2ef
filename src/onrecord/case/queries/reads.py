"""Who read what, for the partnership's business manager alone: every read, and searches that led to nothing.

A page is found by the number of an entry, so it takes as long for the first read as for the last.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import UUID

from onrecord.access.facts import RecordOpened
from onrecord.access.queries import behind_wall, ever_here, names, post
from onrecord.access.rules import Viewer, check_see_reads
from onrecord.case.queries.chronology import ASIDE
from onrecord.case.rules import FOLLOWED_WITHIN
from onrecord.ledger.facts import Entry, mention_of
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.queries import between, called_by, first_after, makers, size, threads_about
from onrecord.ledger.rules.effect import Line
from onrecord.linkage.queries import clusters

READS = "reads"
ROWS = 50
"""How many reads stand on one page."""
LOOKED_THROUGH = 5000
"""How many reads are looked through for one page, at most; the next page goes on from there."""
Keep = Callable[[Sequence[Entry]], list[Entry]]


@dataclass(frozen=True)
class Wanted:
    """Which reads are wanted: of one person, about one child, of one month; and from which number on.

    `month` is its first day; `before` goes on to older reads, `after` to newer ones.
    """

    user: str = ""
    reference: str = ""
    month: date | None = None
    before: int | None = None
    after: int | None = None


def files_called(viewer: Viewer, reference: str) -> list[UUID]:
    """The children whose file, or whose report, people call so; none where it is sealed to the reader."""
    hits = {one for uid in called_by(reference) for one in (uid, mention_of(uid, "child"))} if reference else set()
    found = set(makers(hits)) if hits else set()
    return sorted(found - behind_wall(viewer, found)) if found else []


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
    close: str


@dataclass(frozen=True)
class Reads:
    """A page of reads, the newest first, and the numbers from which to go on; None where there is nothing more.

    `looked_to` is said where a page is not full and there is more: how far it was looked through.
    """

    rows: list[Read]
    older: int | None
    newer: int | None
    looked_to: datetime | None


def readers(viewer: Viewer) -> list[tuple[str, str]]:
    """Everybody who could have read something, by name: who left too."""
    check_see_reads(viewer)
    return ever_here()


def months(viewer: Viewer, now: datetime) -> list[date]:
    """The first day of every month since the first read, the newest first."""
    check_see_reads(viewer)
    first = between(0, size(READS), 1, READS, newest=False)
    month, last = (at.astimezone(HERE).date().replace(day=1) for at in ((first[0].recorded_at if first else now), now))
    found = []
    while month <= last:
        found.append(month)
        month = _next(month)
    return found[::-1]


def reads(viewer: Viewer, wanted: Wanted) -> Reads:
    """The reads that are wanted, a page of them. Raises Denied."""
    check_see_reads(viewer)
    about = _meant(wanted.reference) if wanted.reference else None

    def keep(noted: Sequence[Entry]) -> list[Entry]:
        mine = (made for made in noted if wanted.user in ("", made.saying.by))
        return [made for made in mine if about is None or about & _mentions(made)]

    return _page(viewer, wanted, keep)


def unfollowed(viewer: Viewer, now: datetime, wanted: Wanted | None = None) -> Reads:
    """Searches after which their author recorded nothing about a child they found, though a week has passed."""
    check_see_reads(viewer)
    return _page(viewer, wanted or Wanted(), lambda noted: _led_to_nothing(noted, now))


def _page(viewer: Viewer, wanted: Wanted, keep: Keep) -> Reads:
    """The next reads to keep, from where `wanted` says, older or newer, among a number of reads that is bounded."""
    first, end = _bounds(wanted.month)
    back = wanted.after is None
    low = first if wanted.after is None else max(first, wanted.after + 1)
    high = end if not back or wanted.before is None else min(end, wanted.before)
    seen = between(low, high, LOOKED_THROUGH, READS, newest=back)
    kept = keep(_noted(viewer, seen))
    shown, full = kept[:ROWS], len(kept) > ROWS
    on = shown[-1].seq if full else seen[-1].seq if len(seen) == LOOKED_THROUGH else None
    return Reads(
        rows=_spoken(shown if back else shown[::-1]),
        older=on if back else low if low > first else None,
        newer=on if not back else high - 1 if high < end else None,
        looked_to=seen[-1].recorded_at if on is not None and not full else None,
    )


def _bounds(month: date | None) -> tuple[int, int]:
    """The number of the first read of a month, and of the first after it; of all reads where no month is wanted."""
    if month is None:
        return 0, size(READS)
    first, end = (first_after(datetime.combine(day, time.min, HERE), READS) for day in (month, _next(month)))
    return first, end


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _led_to_nothing(noted: Iterable[Entry], now: datetime) -> list[Entry]:
    searches = [made for made in noted if _fact(made).what == "search" and _over(made, now)]
    people = clusters({mention for made in searches for mention in made.saying.about})
    lines = threads_about({one for person in people.values() for one in person}) if people else []
    said = [line for line in lines if not line.kind.startswith(ASIDE)]
    return [
        made
        for made in searches
        if not _followed(made, {one for uid in made.saying.about for one in people[uid]}, said)
    ]


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


def _noted(viewer: Viewer, seen: Iterable[Entry]) -> list[Entry]:
    """These reads, without what is sealed from this person: that it was read would say that it is there."""
    found = [made for made in seen if isinstance(made.saying.fact, RecordOpened)]
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


def _meant(reference: str) -> set[UUID]:
    """Everybody judged to be the child of a reference: that of the file, or of a report."""
    hits = {one for uid in called_by(reference) for one in (uid, mention_of(uid, "child"))}
    return {one for person in clusters(hits).values() for one in person} if hits else set()


def _spoken(noted: Sequence[Entry]) -> list[Read]:
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
        close=fact.spoken("close"),
    )
