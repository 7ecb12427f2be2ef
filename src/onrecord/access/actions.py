"""The verbs of access: agencies join, people take up roles, what is opened is noted before it is shown."""

import secrets
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID, uuid4

from onrecord.access.facts import (
    AddressChanged,
    AgencyJoined,
    GlassBroken,
    ReadingRotaSet,
    RecordOpened,
    RoleHeld,
    SeatAccepted,
)
from onrecord.access.models import Token, User
from onrecord.access.rules import Viewer, check_work_cases
from onrecord.ledger.actions import append
from onrecord.ledger.facts import Entry, Fact, Saying, When
from onrecord.ledger.rules.machine import machine_saying


def join_agency(agency: str, name: str, sort: str, now: datetime) -> None:
    """An agency takes part, under a short id of its own."""
    append([machine_saying(AgencyJoined.heard({"agency": agency, "name": name, "sort": sort}), now)])


def take_up_role(user: str, name: str, role: str, agency: str, since: date, now: datetime, email: str = "") -> None:
    """Somebody takes up a role at once, as when a record is founded. Later, `duties.actions.record` asks a second.

    Their address for notices is a fact too. What `access_user` says beside it is for signing in, never for notices.
    """
    make_person(user, name, email)
    held = {"user": user, "name": name, "role": role, "agency": agency, "since": since}
    said: list[Fact] = [RoleHeld.heard(held)]
    if email:
        said.append(AddressChanged(user=user, address=email))
    append([machine_saying(fact, now) for fact in said])


def make_person(user: str, name: str, email: str = "") -> None:
    """Give somebody a sign-in name, if they have none. Without a password and a role they can do nothing with it."""
    person, made = User.objects.get_or_create(
        username=user, defaults={"display_name": name, "email": email, "is_active": True}
    )
    if made:
        person.set_unusable_password()
        person.save(update_fields=["password"])


def set_rota(user: str, start: datetime, end: datetime, now: datetime) -> None:
    """Somebody reads the front door from a moment until another, as when a record is founded."""
    append([machine_saying(ReadingRotaSet(user=user, reads=When(earliest=start, latest=end)), now)])


def accept_seat(viewer: Viewer, role: str, now: datetime, regarding: tuple[UUID, ...] = ()) -> Entry:
    """A person outside agrees to hear what is not answered inside."""
    return append([_saying(viewer, uuid4(), SeatAccepted(user=viewer.user, role=role), now, (), regarding)])[0]


def note_opened(
    viewer: Viewer,
    what: str,
    about: tuple[UUID, ...],
    now: datetime,
    reason: str | None = None,
    *,
    sought: str | None = None,
    close: bool = False,
) -> None:
    """Note in the reads ledger that somebody opens something. To be called before it is shown.

    `sought` is whom they looked for; `close` says that the child could be of their family.
    """
    fact = RecordOpened(what=what, reason=reason, sought=sought, close="yes" if close else None)
    append([_saying(viewer, uuid4(), fact, now, about, ())], using="reads")


def break_glass(viewer: Viewer, fact: GlassBroken, uid: UUID, about: UUID, now: datetime) -> Entry:
    """Record that somebody opens the file of a child with whom they do not work. To be called before it is shown."""
    check_work_cases(viewer)
    return append([_saying(viewer, uid, fact, now, (about,), ())])[0]


def make_token(user: str, now: datetime) -> str:
    """A new key by which another system can report for this user. It is shown once and not kept."""
    token = secrets.token_urlsafe(32)
    Token.objects.create(digest=sha256(token.encode()).hexdigest(), user=user, made_at=now)
    return token


def _saying(
    viewer: Viewer, uid: UUID, fact: Fact, now: datetime, about: tuple[UUID, ...], regarding: tuple[UUID, ...]
) -> Saying:
    seat = viewer.seat
    return Saying(uid, fact, viewer.user, seat.role, seat.agency, When.at(now), about=about, regarding=regarding)
