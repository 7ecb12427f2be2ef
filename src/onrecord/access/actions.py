"""The verbs of access: agencies join, people take up roles, what is opened is noted before it is shown."""

import secrets
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from onrecord.access.facts import (
    AddressChanged,
    AgencyJoined,
    GlassBroken,
    InvitationMade,
    InvitationUsed,
    KeyEnded,
    KeyMade,
    ReadingRotaSet,
    RecordOpened,
    RoleHeld,
    SeatAccepted,
)
from onrecord.access.models import Invitation, Token, User
from onrecord.access.queries import (
    digest_of,
    keys_seen,
    keys_waiting,
    links_agreed,
    viewer_by_token,
    viewer_of,
)
from onrecord.access.queries.doors import MARK, VALID
from onrecord.access.queries.trusted import link_for, trusted_adult
from onrecord.access.rules import (
    Denied,
    Viewer,
    can_see_every_key,
    check_work_cases,
    link_takes_two,
    may_end_key,
    may_invite,
)
from onrecord.ledger.actions import append
from onrecord.ledger.facts import Entry, Fact, Lowering, Saying, When
from onrecord.ledger.queries import entry
from onrecord.ledger.rules.machine import machine_saying

SELDOM = timedelta(minutes=5)
"""How exact the last use of a key is. Written down more often, it would cost a write for every report."""
NOT_YOURS = (
    "A link is made by a manager who may propose every role of the person. For somebody in an outside seat, it is made "
    "by somebody else outside."
)
BY_TWO = "A link for them is made by two. Propose it, and make it when a second person, from another agency, agrees."
NO_KEY = "There is no such key that you could take back."
ASKED_ALREADY = "That is proposed already. It waits for somebody of the agency whose key it is."


class TakesTwo(Denied):
    """A link for this person is made by two, and no second person has agreed."""


class LinkSpent(ValueError):
    """The link was used already, or is too old. Nothing was changed."""


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
    close: str | None = None,
) -> None:
    """Note in the reads ledger that somebody opens something. To be called before it is shown.

    `sought` is whom they looked for; `close` how they could be near to the child.
    """
    fact = RecordOpened(what=what, reason=reason, sought=sought, close=close)
    append([_saying(viewer, uuid4(), fact, now, about, ())], using="reads")


def break_glass(viewer: Viewer, fact: GlassBroken, uid: UUID, about: UUID, now: datetime) -> Entry:
    """Record that somebody opens the file of a child with whom they do not work. To be called before it is shown."""
    check_work_cases(viewer)
    return append([_saying(viewer, uid, fact, now, (about,), ())])[0]


def make_token(user: str, now: datetime) -> str:
    """A new key by which another system can report for this user. It is shown once and not kept."""
    token = secrets.token_urlsafe(32)
    digest = digest_of(token)
    with transaction.atomic():
        append([machine_saying(KeyMade(user=user, key=digest[:MARK]), now, uid=uuid4())])
        Token.objects.create(digest=digest, user=user, made_at=now)
    return token


def speak_by_token(token: str, now: datetime) -> Viewer | None:
    """The person for whom a key speaks, None for a key that is none; that it was used is kept, once in a while."""
    viewer = viewer_by_token(token)
    if viewer:
        used = Token.objects.filter(digest=digest_of(token))
        used.exclude(used_at__gt=now - SELDOM).update(used_at=now)
    return viewer


def end_token(viewer: Viewer, mark: str, why: str, now: datetime) -> Entry:
    """Take back the key with this mark: at once where it is one's own agency's, else as a proposal for that agency.

    Raises Denied for one that this person may not take back, or that is none.
    """
    found = next((key for key in keys_seen(viewer) if key.mark == mark and key.ended_at is None), None)
    theirs = viewer_of(found.user) if found else None
    alone = may_end_key(viewer, theirs)
    if found is None or not (alone or can_see_every_key(viewer) or (theirs and may_invite(viewer, theirs))):
        raise Denied(NO_KEY)
    if not alone and mark in keys_waiting():
        raise Denied(ASKED_ALREADY)
    asked: dict[str, str] = {} if alone else {"asked": "agency"}
    fact = KeyEnded.heard({"user": found.user, "key": mark, "why": why} | asked)
    saying = _saying(viewer, uuid4(), fact, now, (), ())
    with transaction.atomic():
        made = append([saying if alone else replace(saying, lowering=Lowering(reason="takes_two", words=why))])[0]
        if alone:
            end_key(found.user, mark, now)
    return made


def end_key(user: str, mark: str, now: datetime) -> None:
    """A key no longer works."""
    Token.objects.filter(digest__startswith=mark, user=user, ended_at=None).update(ended_at=now)


def make_invitation(viewer: Viewer, user: str, now: datetime) -> tuple[Entry, str]:
    """Make a link by which somebody sets their own password; its secret is shown once and not kept.

    An earlier link that was not used ends with it. Raises Denied; TakesTwo where a second person has to agree first.
    """
    theirs = viewer_of(user)
    given = link_for(user) if theirs is None else None
    if given and given.saying.by == viewer.user:
        return _invite(viewer, user, (given.id,), now)
    if theirs is None or not may_invite(viewer, theirs):
        raise Denied(NOT_YOURS)
    agreed = links_agreed(viewer, now).get(user) if link_takes_two(theirs) else None
    if link_takes_two(theirs) and agreed is None:
        raise TakesTwo(BY_TWO)
    return _invite(viewer, user, (agreed,) if agreed else (), now)


def _invite(viewer: Viewer, user: str, said: tuple[UUID, ...], now: datetime) -> tuple[Entry, str]:
    """Make the link, by the agreement of which it is the only one."""
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        made = append([_saying(viewer, uuid4(), InvitationMade(user=user), now, (), said)])[0]
        end_invitations(user, now)
        Invitation.objects.create(digest=digest_of(secret), user=user, entry=made.id, until=now + VALID)
    return made, secret


def use_invitation(digest: str, password: str, now: datetime) -> str:
    """Set the password of the person for whom a link was made, once; their sign-in name. Raises LinkSpent."""
    with transaction.atomic():
        taken = Invitation.objects.filter(digest=digest, used_at=None, until__gt=now)
        link = taken.first()
        if link is None or not _still_good(link) or not taken.update(used_at=now):
            raise LinkSpent
        adult = trusted_adult(link.user)
        speaker = viewer_of(link.user) or (adult.speaks if adult else None)
        if speaker is None:
            raise LinkSpent
        person = User.objects.get(username=link.user)
        person.set_password(password)
        person.save(update_fields=["password"])
        append([_saying(speaker, uuid4(), InvitationUsed(user=link.user), now, (), (link.entry,))])
    return link.user


def _still_good(link: Invitation) -> bool:
    """Whether a link may be used by the person for whom it was made, and whoever made it may make it still."""
    viewer, made = viewer_of(link.user), entry(link.entry).saying
    if viewer is None:
        adult = trusted_adult(link.user)
        return adult is not None and adult.source in made.regarding
    maker = viewer_of(made.by)
    return maker is not None and may_invite(maker, viewer) and bool(not link_takes_two(viewer) or made.regarding)


def end_invitations(user: str, now: datetime) -> None:
    """Links that were made for somebody and not used no longer work."""
    Invitation.objects.filter(user=user, used_at=None, until__gt=now).update(until=now)


def begin_anew(user: str, now: datetime) -> None:
    """Take from somebody their second step, their password, their sessions and their links: they need a new link."""
    person = User.objects.get(username=user)
    for session in UserSession.objects.filter(user=person):
        session.end()
    Authenticator.objects.filter(user=person).delete()
    person.set_unusable_password()
    person.save(update_fields=["password"])
    end_invitations(user, now)


def _saying(
    viewer: Viewer, uid: UUID, fact: Fact, now: datetime, about: tuple[UUID, ...], regarding: tuple[UUID, ...]
) -> Saying:
    seat = viewer.seat
    return Saying(uid, fact, viewer.user, seat.role, seat.agency, When.at(now), about=about, regarding=regarding)
