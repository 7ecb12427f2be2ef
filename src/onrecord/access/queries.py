"""Named questions about people, agencies and seats."""

from collections.abc import Iterable
from hashlib import sha256

from onrecord.access.facts import OUTSIDE_ROLES
from onrecord.access.models import Agency, Role, Seat, Token, User
from onrecord.access.rules import Holding, Viewer


def viewer_of(user: str) -> Viewer | None:
    """The person with this sign-in name as a viewer; None if they hold no role."""
    held = list(Role.objects.filter(user=user, ended_seq=None).order_by("since_seq").values_list("role", "agency"))
    sorts = dict(Agency.objects.filter(id__in=[agency for _, agency in held]).values_list("id", "sort"))
    if not held:
        return None
    name = names([user]).get(user, user)
    return Viewer(user, name, tuple(Holding(role, agency, sorts.get(agency, "")) for role, agency in held))


def viewer_by_token(token: str) -> Viewer | None:
    """The person for whom a token speaks; None if the token is not one of ours."""
    found = Token.objects.filter(digest=sha256(token.encode()).hexdigest()).first()
    return viewer_of(found.user) if found else None


def agency_of(sort: str) -> str | None:
    """The agency of this sort: the first that joined. One installation is one partnership."""
    return Agency.objects.filter(sort=sort).order_by("joined_seq").values_list("id", flat=True).first()


def first_of_each_sort() -> dict[str, str]:
    """The first agency of each sort that joined, by sort."""
    rows = Agency.objects.order_by("-joined_seq").values_list("sort", "id")
    return dict(rows)


def agencies() -> dict[str, str]:
    """Every agency's id and sort, in the order they joined."""
    return dict(Agency.objects.order_by("joined_seq").values_list("id", "sort"))


def holders(role: str, agency: str) -> list[str]:
    """The sign-in names of those who hold a role in an agency. An outside seat is held by those who accepted it."""
    held = Role.objects.filter(role=role, agency=agency, ended_seq=None).order_by("since_seq")
    found = list(held.values_list("user", flat=True))
    if role not in OUTSIDE_ROLES:
        return found
    accepted = set(Seat.objects.filter(role=role).values_list("user", flat=True))
    return [user for user in found if user in accepted]


def times_accepted(role: str) -> int:
    """How often an outside seat has been accepted, so that each vacancy can have an id of its own."""
    return Seat.objects.filter(role=role).count()


def names(users: Iterable[str]) -> dict[str, str]:
    """Names by sign-in name, for those who have one."""
    rows = User.objects.filter(username__in=set(users))
    return {user.username: user.display_name or user.username for user in rows}


def addresses(users: Iterable[str]) -> dict[str, str]:
    """E-mail addresses by sign-in name; nobody without one is in it."""
    return dict(User.objects.filter(username__in=set(users)).exclude(email="").values_list("username", "email"))


def people() -> list[tuple[str, str, str, str]]:
    """Everybody who holds a role: sign-in name, name, role, agency; by agency, in the order they joined."""
    rows = Role.objects.filter(ended_seq=None).order_by("since_seq").values_list("user", "role", "agency")
    called = names(user for user, _, _ in rows)
    return [(user, called.get(user, user), role, agency) for user, role, agency in rows]
