"""The verbs of access: agencies join, people take up roles, what is opened is noted before it is shown."""

import secrets
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID, uuid4

from onrecord.access.facts import AgencyJoined, RecordOpened, RoleHeld, SeatAccepted
from onrecord.access.models import Token, User
from onrecord.access.rules import Viewer
from onrecord.ledger.actions import append
from onrecord.ledger.facts import Entry, Fact, Saying, When
from onrecord.ledger.rules.machine import machine_saying


def join_agency(agency: str, name: str, sort: str, now: datetime) -> None:
    """An agency takes part, under a short id of its own."""
    append([machine_saying(AgencyJoined.heard({"agency": agency, "name": name, "sort": sort}), now)])


def take_up_role(user: str, name: str, role: str, agency: str, since: date, now: datetime, email: str = "") -> None:
    """Somebody takes up a role; they get a sign-in name if they have none. They cannot sign in without a password."""
    person, made = User.objects.get_or_create(
        username=user, defaults={"display_name": name, "email": email, "is_active": True}
    )
    if made:
        person.set_unusable_password()
        person.save(update_fields=["password"])
    held = {"user": user, "name": name, "role": role, "agency": agency, "since": since}
    append([machine_saying(RoleHeld.heard(held), now)])


def accept_seat(viewer: Viewer, role: str, now: datetime, regarding: tuple[UUID, ...] = ()) -> Entry:
    """A person outside agrees to hear what is not answered inside."""
    return append([_saying(viewer, uuid4(), SeatAccepted(user=viewer.user, role=role), now, (), regarding)])[0]


def note_opened(viewer: Viewer, what: str, about: tuple[UUID, ...], now: datetime, reason: str | None = None) -> None:
    """Note in the reads ledger that somebody opens something. To be called before it is shown."""
    append(
        [_saying(viewer, uuid4(), RecordOpened(what=what, reason=reason), now, about, ())], using="reads", fresh=True
    )


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
