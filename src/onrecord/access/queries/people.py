"""Named questions about people at work: where notices go, who is away, who reads, which roles stand empty."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple, cast
from uuid import UUID

from django.db.models import Aggregate, Count, Exists, OuterRef, Q, QuerySet, Subquery, TextField

from onrecord.access.facts import OUTSIDE_ROLES, AddressChanged
from onrecord.access.models import Absence, Address, Reading, Role, Seat
from onrecord.access.queries.doors import ways_in, with_sign_in
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.gateway.kept import LATER, MOMENT, Kept, kept, rows_in
from onrecord.ledger.queries import entries

READERS = "front_door"
"""The role of those who read what comes in."""
MANAGERS = ("team_manager", "head_of_service", "director")
"""Who stands above whom inside an agency, from the nearest up."""
AHEAD = timedelta(hours=24)
"""How far ahead somebody must be on the rota."""


class Empty(NamedTuple):
    """A role that was held in an agency and is not held any more; how often it had been taken up."""

    role: str
    agency: str
    times: int


class ReadingTime(NamedTuple):
    """Who reads the front door, from when until when."""

    user: str
    start: datetime
    end: datetime
    entry: UUID


class Gap(NamedTuple):
    """A time in which nobody reads the front door; without an end where nobody comes after it."""

    start: datetime
    end: datetime | None


def addresses(users: Iterable[str]) -> dict[str, str]:
    """Where notices to people go, as the record says it; nobody without an address is in it.

    The address is opened from the sealed fact that gave it. What stands in the table of users is never asked, so
    whoever edits that, or points a row of `access_address` elsewhere, silences nobody unseen: `verify` names the row.
    """
    newest = {row.user: row.entry for row in Address.objects.filter(user__in=set(users)).order_by("since_seq")}
    said = {made.id: made.saying.fact for made in entries(newest.values())}
    found = {user: said[uid] for user, uid in newest.items() if uid in said}
    return {user: fact.address for user, fact in found.items() if isinstance(fact, AddressChanged)}


def holds(user: str, role: str, agency: str) -> bool:
    """Whether somebody holds this role in this agency now."""
    return Role.objects.filter(user=user, role=role, agency=agency, ended_seq=None).exists()


def sits_outside(user: str) -> bool:
    """Whether somebody was given an outside seat, and it was not ended."""
    return Role.objects.filter(user=user, role__in=OUTSIDE_ROLES, ended_seq=None).exists()


def outside_contacts() -> list[tuple[str, str, str]]:
    """Everybody who holds an outside seat and has accepted it: sign-in name, role, agency."""
    held = Role.objects.filter(role__in=OUTSIDE_ROLES, ended_seq=None).order_by("since_seq")
    accepted = {(seat.user, seat.role): seat.accepted_seq for seat in Seat.objects.order_by("accepted_seq")}
    return [(row.user, row.role, row.agency) for row in held if accepted.get((row.user, row.role), -1) > row.since_seq]


def still_held(wanted: Iterable[tuple[str, str, str, int]]) -> set[tuple[str, str, str, int]]:
    """Of user, role, agency and an entry's number: those who held that role then, and have held it ever since."""
    asked = set(wanted)
    users = {user for user, _, _, _ in asked}
    rows = Role.objects.filter(user__in=users, ended_seq=None).order_by("-since_seq") if users else []
    since = {(row.user, row.role, row.agency): row.since_seq for row in rows}
    return {one for one in asked if since.get(one[:3], one[3] + 1) <= one[3]}


def emptied() -> list[Empty]:
    """Every role inside that somebody held in an agency and that nobody holds any more."""
    rows = Role.objects.exclude(role__in=OUTSIDE_ROLES).values("role", "agency")
    counted = rows.annotate(times=Count("id"), now=Count("id", filter=Q(ended_seq=None))).filter(now=0)
    return [Empty(row["role"], row["agency"], row["times"]) for row in counted.order_by("agency", "role")]


def manager_above(role: str, agency: str) -> str:
    """The next manager up whom an agency has; where it has none, the partnership's business manager."""
    above = MANAGERS[MANAGERS.index(role) + 1 :] if role in MANAGERS else MANAGERS
    held = set(Role.objects.filter(agency=agency, role__in=above, ended_seq=None).values_list("role", flat=True))
    return next((one for one in above if one in held), "business_manager")


def covered_by(user: str, moment: datetime) -> "QuerySet[Absence, str]":
    """Everybody who is away at a moment and whom this person covers; to stand inside another question."""
    return _away(moment.astimezone(HERE).date()).filter(cover=user).values_list("user", flat=True)


class Together(Aggregate):
    """The texts of several rows as one, a line each; what `apart` takes apart."""

    output_field = TextField()
    function = "group_concat"
    template = "%(function)s(%(expressions)s, char(10))"

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """PostgreSQL's own words for it."""
        said = {"function": "string_agg", "template": "%(function)s(%(expressions)s, chr(10))"}
        return self.as_sql(compiler, connection, **said, **context)


def covering(column: str, moment: datetime) -> Subquery:
    """Who covers for the person whom a column of another question names, while they are away; for `apart`."""
    away = _away(moment.astimezone(HERE).date()).filter(user=OuterRef(column)).order_by()
    return Subquery(away.values("user").annotate(all=Together("cover")).values("all"))


def apart(said: str | None) -> frozenset[str]:
    """The sign-in names of those who cover, as `covering` answers them."""
    return frozenset((said or "").split())


def absences(users: Iterable[str], moment: datetime) -> list[tuple[str, str, date, date]]:
    """Of these people, who is or will be away: sign-in name, who covers, first day, last day; the soonest first."""
    today = moment.astimezone(HERE).date()
    rows = Absence.objects.filter(user__in=set(users), last__gte=today).order_by("first", "noted_seq")
    return list(rows.values_list("user", "cover", "first", "last"))


def reading_times(
    moment: datetime, agency: str, until: datetime | None = None, also: ReadingTime | None = None
) -> list[ReadingTime]:
    """Who reads the front door now and later, the soonest first.

    Whoever left the role, is away or cannot sign in does not read. With `until`, only what begins by then; with `also`,
    as it would be with that line too.
    """
    found = rows_in(
        Reading, _coming(agency, until is not None, ways_in()), "ORDER BY t.start, t.set_seq", "", moment, until
    )
    rows = [Reading(*cast("Any", row)) for row in found]
    times = [ReadingTime(row.user, row.start, row.end, row.entry) for row in rows] + ([also] if also else [])
    if not times:
        return []
    users = {time.user for time in times}
    gone = list(Absence.objects.filter(user__in=users, last__gte=moment.astimezone(HERE).date()))
    parts = (part for time in times for part in _present(time, gone) if until is None or part.start <= until)
    return sorted(parts, key=lambda time: (time.start, time.user))


@lru_cache(maxsize=100)
def _coming(agency: str, bounded: bool, ways: tuple[bool, bool]) -> Kept:
    """The lines of the rota that have not passed, of those who may read here; `bounded` ones begin by a moment."""
    here = Role.objects.filter(user=OuterRef("user"), role=READERS, agency=agency, ended_seq=None)
    signs_in = with_sign_in().filter(username=OuterRef("user"))
    coming = Reading.objects.filter(Exists(here), Exists(signs_in), end__gt=MOMENT)
    return kept((coming.filter(start__lte=LATER) if bounded else coming).values("pk"))


def next_reading_time(moment: datetime, agency: str) -> ReadingTime | None:
    """The time in which somebody reads now, else the next one; None where nobody is on the rota."""
    return next((time for time in reading_times(moment, agency) if time.end > moment), None)


def nobody_reads(moment: datetime, agency: str) -> bool:
    """Whether nobody is on the rota for now or for the next 24 hours."""
    return not any(time.end > moment for time in reading_times(moment, agency, moment + AHEAD))


def unread(moment: datetime, agency: str, also: ReadingTime | None = None) -> Gap | None:
    """The first gap of more than 24 hours that begins within 24 hours of a moment; None where there is none.

    With `also`, as it would be with that line too.
    """
    reach, times = moment, reading_times(moment, agency, also=also)
    for time in times:
        if time.start - AHEAD > reach:
            break
        reach = max(reach, time.end)
    if reach >= moment + AHEAD:
        return None
    return Gap(reach, next((time.start for time in times if time.start > reach), None))


def days_unread(moment: datetime, agency: str, days: int = 14) -> list[date]:
    """Of today and the days after it, those on which nobody reads the front door at all."""
    times = reading_times(moment, agency)
    today = moment.astimezone(HERE).date()
    coming = (today + timedelta(days=number) for number in range(days))
    return [day for day in coming if not any(_on(time, day) for time in times)]


def _on(time: ReadingTime, day: date) -> bool:
    """Whether a time of reading falls on a day."""
    return time.start.astimezone(HERE).date() <= day <= (time.end - timedelta(microseconds=1)).astimezone(HERE).date()


def _away(day: date) -> QuerySet[Absence]:
    return Absence.objects.filter(first__lte=day, last__gte=day)


def _present(time: ReadingTime, gone: list[Absence]) -> list[ReadingTime]:
    """A time of reading without the days on which the reader is away."""
    parts = [time]
    for absence in gone:
        if absence.user == time.user:
            parts = [part for whole in parts for part in _without(whole, absence)]
    return parts


def _without(time: ReadingTime, absence: Absence) -> list[ReadingTime]:
    start = datetime.combine(absence.first, datetime.min.time(), HERE)
    after = datetime.combine(absence.last + timedelta(days=1), datetime.min.time(), HERE)
    before = [time._replace(end=min(time.end, start))] if time.start < start else []
    later = [time._replace(start=max(time.start, after))] if time.end > after else []
    return [*before, *later]
