"""Named questions about people, agencies and seats."""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery

from onrecord.access.facts import OUTSIDE_ROLES, ROLES, SORTS, TRUSTED, AgencyJoined
from onrecord.access.models import Agency, Membership, Relation, Restriction, Role, Seat, Token, User
from onrecord.access.rules import CASE_ROLES, Holding, Viewer, can_decide
from onrecord.ledger.gateway.rows import asked, fetch
from onrecord.ledger.queries import entries, envelopes
from onrecord.ledger.rules.machine import PUBLIC, UNSIGNED

TRUSTS = "An adult whom the child trusts"
NO_CHILDREN = frozenset({"partnership", "outside"})
"""The sorts of agency that work with no child."""


SEATS = f"""SELECT t.role, t.agency, a.sort, EXISTS (SELECT 1 FROM "{Restriction._meta.db_table}"),
EXISTS (SELECT 1 FROM "{Membership._meta.db_table}" m WHERE m."user" = t."user" AND m.ended_seq IS NULL)
FROM "{Role._meta.db_table}" t LEFT JOIN "{Agency._meta.db_table}" a ON a.id = t.agency
WHERE t."user" = %s AND t.ended_seq IS NULL ORDER BY t.since_seq"""  # noqa: S608  # no value in it
"""What every page asks first: the seats that somebody holds; whether any child's file is restricted; whether they are
in a team."""


def viewer_of(user: str, name: str = "") -> Viewer | None:
    """The person with this sign-in name as a viewer; None if they hold no role. A `name` not given is looked up."""
    rows = asked(SEATS, [user])
    held = tuple(Holding(role, agency, sort or "") for role, agency, sort, _, _ in rows)
    limits, teamed = (any(row[at] for row in rows) for at in (3, 4))
    return Viewer(user, name or names([user]).get(user, user), held, limits, teamed) if held else None


def viewer_by_token(token: str) -> Viewer | None:
    """The person for whom a token speaks; None if the token is not one of ours, or was taken back."""
    found = Token.objects.filter(digest=sha256(token.encode()).hexdigest(), ended_at=None).first()
    return viewer_of(found.user) if found else None


def agency_of(sort: str) -> str | None:
    """The agency of this sort: the first that joined. One installation is one partnership."""
    return next(
        (agency for agency, *_ in fetch(Agency, "WHERE t.sort = %s ORDER BY t.joined_seq LIMIT 1", (sort,))), None
    )


def seat_agency(role: str, sort: str) -> str | None:
    """The agency of this sort in which a role is held; the first that joined where nobody holds it yet."""
    found: list[str] = [agency for agency, *_ in fetch(Agency, "WHERE t.sort = %s ORDER BY t.joined_seq", (sort,))]
    if len(found) < 2:
        return found[0] if found else None
    return next((agency for agency in found if holders(role, agency)), found[0])


def first_of_each_sort(joined: dict[str, str] | None = None) -> dict[str, str]:
    """The first agency of each sort that joined, by sort; of these (`agencies`), where they are known already."""
    known = agencies() if joined is None else joined
    return {sort: agency for agency, sort in reversed(known.items())}


def agencies() -> dict[str, str]:
    """Every agency's id and sort, in the order they joined."""
    return {agency: sort for agency, sort, _ in fetch(Agency, "ORDER BY t.joined_seq", ())}


def alone() -> frozenset[str]:
    """The sorts of agency of which there is one."""
    return frozenset(sort for sort, number in Counter(agencies().values()).items() if number == 1)


def with_children(joined: dict[str, str] | None = None) -> dict[str, str]:
    """The agencies that may work with a child, by id, with their names: not the office, and nobody outside.

    Of these (`agencies`), where they are known already.
    """
    known = agencies() if joined is None else joined
    return {agency: called(agency) for agency, sort in known.items() if sort not in NO_CHILDREN}


def holders(role: str, agency: str) -> list[str]:
    """The sign-in names of those who hold a role in an agency. An outside seat is held by those who accepted it."""
    held = "WHERE t.role = %s AND t.agency = %s AND t.ended_seq IS NULL"
    if role in OUTSIDE_ROLES:
        same = 's.role = t.role AND s."user" = t."user" AND s.accepted_seq > t.since_seq'
        held += f' AND EXISTS (SELECT 1 FROM "{Seat._meta.db_table}" s WHERE {same})'  # noqa: S608
    rows = fetch(Role, f"{held} ORDER BY t.since_seq", (role, agency))
    return [user for _, user, *_ in rows]


def names(users: Iterable[str]) -> dict[str, str]:
    """Names by sign-in name, for those who have one."""
    rows = User.objects.filter(username__in=set(users))
    return {user.username: user.display_name or user.username for user in rows}


def people() -> list[tuple[str, str, str, str]]:
    """Everybody who holds a role: sign-in name, name, role, agency; by agency, in the order they joined."""
    name = User.objects.filter(username=OuterRef("user")).values("display_name")[:1]
    rows = Role.objects.filter(ended_seq=None).order_by("since_seq").annotate(called=Subquery(name))
    found = rows.values_list("user", "called", "role", "agency")
    return [(user, called or user, role, agency) for user, called, role, agency in found]


def ever_here() -> list[tuple[str, str]]:
    """Everybody who holds or held a role: sign-in name and name, by name."""
    users = set(Role.objects.values_list("user", flat=True))
    called = names(users)
    return sorted(((user, called.get(user, user)) for user in users), key=lambda pair: (pair[1], pair[0]))


def everybody() -> list[Viewer]:
    """Everybody who holds a role, as viewers, in the order in which they first took one up."""
    sorts, held = agencies(), dict[str, list[Holding]]()
    rows = people()
    for user, _, role, agency in rows:
        held.setdefault(user, []).append(Holding(role, agency, sorts.get(agency, "")))
    called = {user: name for user, name, _, _ in rows}
    return [Viewer(user, called[user], tuple(holdings)) for user, holdings in held.items()]


def tied(viewer: Viewer, subjects: Iterable[UUID]) -> set[UUID]:
    """Those of these mentions with whom an agency works in which somebody works with children.

    Whoever decides about reports works with every child who was reported.
    """
    return set(tied_to(viewer).filter(subject__in=list(subjects)).distinct())


def tied_to(viewer: Viewer) -> "QuerySet[Relation, UUID]":
    """All such mentions; to stand inside another question."""
    ours = {held.agency for held in viewer.holdings if held.role in CASE_ROLES}
    works = Q(agency__in=ours) | (Q(why="reported") if can_decide(viewer) else Q(pk__in=[]))
    return Relation.objects.filter(works).values_list("subject", flat=True)


def owing(subjects: Iterable[UUID]) -> list[tuple[UUID, str, UUID]]:
    """Which agencies owe something to these mentions: the mention, the agency, and the fact with which it goes."""
    rows = Relation.objects.filter(subject__in=list(subjects)).exclude(why__in=("reported", "recorded", "team"))
    return list(rows.values_list("subject", "agency", "source"))


def seats_to_accept(viewer: Viewer) -> list[str]:
    """The outside seats that somebody was given and has not accepted since."""
    outside = sorted((held.role, held.agency) for held in viewer.holdings if held.role in OUTSIDE_ROLES)
    return [role for role, agency in outside if viewer.user not in holders(role, agency)]


def called(agency: str) -> str:
    """The name of an agency by its id; where none such has joined, the sort that owes it, or the id.

    A name once read is kept: none changes.
    """
    if agency == PUBLIC:
        return UNSIGNED
    database = str(connection.settings_dict["NAME"])
    found = _called(database).get(agency)
    if found is None and Agency.objects.filter(id=agency).exists():
        _called.cache_clear()
        found = _called(database).get(agency)
    return found or SORTS.words.get(agency, agency)


def post(role: str, agency: str) -> str:
    """A role in an agency as people say it: "Team manager, Northbrook Children's Services"."""
    if agency == PUBLIC:
        return TRUSTS if role == TRUSTED else UNSIGNED
    return f"{ROLES.words.get(role, role.replace('_', ' '))}, {called(agency)}"


@lru_cache(maxsize=64)
def _called(database: str) -> dict[str, str]:
    joined = entries([row.uid for row in envelopes([AgencyJoined.kind])])
    return {fact.agency: fact.name for fact in (made.saying.fact for made in joined) if isinstance(fact, AgencyJoined)}
