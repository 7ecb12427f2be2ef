"""Named questions about people at work: where notices go, who is away, who reads, which roles stand empty."""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Aggregate, Exists, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat

from onrecord.access.facts import OUTSIDE_ROLES, AddressChanged
from onrecord.access.models import Absence, Address, Reading, Role, Seat, User
from onrecord.access.queries.doors import ways_in, with_sign_in
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.gateway.kept import LATER, MOMENT, Kept, answers_to, built_once, kept
from onrecord.ledger.gateway.rows import as_models, asked, marks
from onrecord.ledger.queries import entries

READERS = "front_door"
"""The role of those who read what comes in."""
MANAGERS = ("team_manager", "head_of_service", "director")
"""Who stands above whom inside an agency, from the nearest up."""
Days = tuple[date, date]
"""The first and the last day of being away."""
AHEAD = timedelta(hours=24)
"""How far ahead somebody must be on the rota."""
LEFT = f"""SELECT t.role, t.agency, COUNT(*) FROM "{Role._meta.db_table}" t WHERE t.role NOT IN ({marks(OUTSIDE_ROLES)})
GROUP BY t.agency, t.role HAVING COUNT(t.ended_seq) = COUNT(*) ORDER BY t.agency, t.role"""  # noqa: S608  # no value


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
    name: str = ""


class Post(NamedTuple):
    """Somebody in a role of an agency; while they are away, who covers and until which day."""

    user: str
    name: str
    role: str
    agency: str
    cover: str
    until: date | None


class Gap(NamedTuple):
    """A time in which nobody reads the front door; without an end where nobody comes after it."""

    start: datetime
    end: datetime | None


def addresses(users: Iterable[str]) -> dict[str, str]:
    """Where notices to people go, as the record says it; nobody without an address is in it.

    The address is opened from the sealed fact that gave it. What stands in the table of users is never asked, so
    whoever edits that, or points a row of `access_address` elsewhere, silences nobody unseen: `verify` names the row.
    """
    known = list(dict.fromkeys(users))
    rows = as_models(Address, f'WHERE t."user" IN ({marks(known)}) ORDER BY t.since_seq', known) if known else []
    newest = {row.user: row.entry for row in rows}
    said = {made.id: made.saying.fact for made in entries(newest.values())}
    given = {user: said[uid] for user, uid in newest.items() if uid in said}
    return {user: fact.address for user, fact in given.items() if isinstance(fact, AddressChanged)}


def people_and_cover(moment: datetime) -> list[Post]:
    """Everybody who holds a role, in the order in which they took it up, and whether they are away at a moment."""
    name = User.objects.filter(username=OuterRef("user")).values("display_name")[:1]
    away = _away(moment.astimezone(HERE).date()).filter(user=OuterRef("user")).order_by("-first", "-noted_seq")
    cover, until = Subquery(away.values("cover")[:1]), Subquery(away.values("last")[:1])
    rows: Any = Role.objects.filter(ended_seq=None).order_by("since_seq")
    found = rows.annotate(called=Subquery(name), covers=cover, until=until)
    asked = found.values_list("user", "called", "role", "agency", "covers", "until")
    return [Post(user, called or user, role, agency, by or "", last) for user, called, role, agency, by, last in asked]


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


def all_outside_among(users: Collection[str]) -> list[str]:
    """Everybody who holds an outside seat, where each of them is among these people; nobody where anyone is not.

    So nobody is left outside who may hear of what these are kept from. They hear that, and of nothing that it says.
    """
    seated = list(dict.fromkeys(user for user, _, _ in outside_contacts()))
    return seated if seated and set(seated) <= set(users) else []


def still_held(wanted: Iterable[tuple[str, str, str, int]]) -> set[tuple[str, str, str, int]]:
    """Of user, role, agency and an entry's number: those who held that role then, and have held it ever since."""
    asked = set(wanted)
    users = {user for user, _, _, _ in asked}
    rows = Role.objects.filter(user__in=users, ended_seq=None).order_by("-since_seq") if users else []
    since = {(row.user, row.role, row.agency): row.since_seq for row in rows}
    return {one for one in asked if since.get(one[:3], one[3] + 1) <= one[3]}


def emptied() -> list[Empty]:
    """Every role inside that somebody held in an agency and that nobody holds any more."""
    return [Empty(*row) for row in asked(LEFT, sorted(OUTSIDE_ROLES))]


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


def sitting(users: Iterable[str], role: str = "role", agency: str = "agency") -> Subquery:
    """Of these people, who hold the role that columns of another question name, as `holders` tells it; for `apart`."""
    accepted = Seat.objects.filter(user=OuterRef("user"), role=OuterRef("role"), accepted_seq__gt=OuterRef("since_seq"))
    held = Role.objects.filter(role=OuterRef(role), agency=OuterRef(agency), user__in=set(users), ended_seq=None)
    here = held.filter(~Q(role__in=OUTSIDE_ROLES) | Exists(accepted)).order_by()
    return Subquery(here.values("role").annotate(all=Together("user")).values("all"))


def apart(said: str | None) -> frozenset[str]:
    """The sign-in names in an answer of `covering`, of `sitting` and of any other `Together`."""
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
    found = answers_to(_coming(agency, until is not None, ways_in()), "", moment, until)
    times = [
        ReadingTime(user, _moment(start), _moment(end), UUID(entry), name or user)
        for user, start, end, entry, name, _ in found
    ]
    gone = {user: _days(days) for user, *_, days in found}
    if also and also.user not in gone:
        gone[also.user] = [(first, last) for _, _, first, last in absences([also.user], moment)]
    parts = (
        part
        for time in (*times, *([also] if also else ()))
        for part in _present(time, gone[time.user])
        if until is None or part.start <= until
    )
    return sorted(parts, key=lambda time: (time.start, time.user))


@built_once(100)
def _coming(agency: str, bounded: bool, ways: tuple[bool, bool]) -> Kept:
    """The lines of the rota that have not passed, of those who may read here; `bounded` ones begin by a moment.

    With each the reader's name, and the days on which they are away.
    """
    here = Role.objects.filter(user=OuterRef("user"), role=READERS, agency=agency, ended_seq=None)
    signs_in = with_sign_in().filter(username=OuterRef("user"))
    coming = Reading.objects.filter(Exists(here), Exists(signs_in), end__gt=MOMENT)
    asked = coming.filter(start__lte=LATER) if bounded else coming
    name = User.objects.filter(username=OuterRef("user")).values("display_name")[:1]
    away = Absence.objects.filter(user=OuterRef("user"), last__gte=MOMENT.astimezone(HERE).date()).order_by()
    days = Concat(Cast("first", TextField()), Value(" "), Cast("last", TextField()), output_field=TextField())
    gone = away.annotate(days=days).values("user").annotate(all=Together("days")).values("all")
    plain = {f"{column}_said": Cast(column, TextField()) for column in ("start", "end", "entry")}
    rows: Any = asked.order_by("start", "set_seq").annotate(**plain, called=Subquery(name), gone=Subquery(gone))
    return kept(rows.values_list("user", *plain, "called", "gone"))


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


def _moment(said: str) -> datetime:
    """A moment, as a database says it in text."""
    made = datetime.fromisoformat(said)
    return made if made.tzinfo else made.replace(tzinfo=UTC)


def _days(said: str | None) -> list[Days]:
    """The days of being away, as a question of the rota answers them."""
    lines = (line.split() for line in (said or "").splitlines())
    return [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in lines]


def _present(time: ReadingTime, gone: Iterable[Days]) -> list[ReadingTime]:
    """A time of reading without the days on which the reader is away."""
    parts = [time]
    for days in gone:
        parts = [part for whole in parts for part in _without(whole, days)]
    return parts


def _without(time: ReadingTime, days: Days) -> list[ReadingTime]:
    first, last = days
    start = datetime.combine(first, datetime.min.time(), HERE)
    after = datetime.combine(last + timedelta(days=1), datetime.min.time(), HERE)
    before = [time._replace(end=min(time.end, start))] if time.start < start else []
    later = [time._replace(start=max(time.start, after))] if time.end > after else []
    return [*before, *later]
