"""Named questions about the ways in: links to set a password, and keys of other systems."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, Q, QuerySet

from onrecord.access.facts import InvitationMade, InvitationProposed, KeyEnded
from onrecord.access.models import Invitation, Token, User
from onrecord.access.queries.trusted import trusted_adult
from onrecord.access.queries.who import everybody, viewer_of
from onrecord.access.rules import Viewer, can_see_every_key, may_end_key, may_invite, same_agency
from onrecord.ledger.facts import Entry, Fact
from onrecord.ledger.gateway.clock import is_demo
from onrecord.ledger.queries import answers, entries, envelopes, lines, threads
from onrecord.ledger.rules.effect import answered_in, standing

NO_PASSWORD = Q(password="") | Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
VALID = timedelta(days=7)
"""How long a link to set a password works, and how long an agreement that one is made."""
MARK = 12
"""How much of a key's digest names it: enough to tell keys apart, too little to be one."""


class Stands(StrEnum):
    """How a link stands."""

    OPEN = "open"
    USED = "used"
    OVER = "over"


class Key(NamedTuple):
    """A key of another system: its mark, for whom it speaks, when it was made, last used and taken back."""

    mark: str
    user: str
    made_at: datetime
    used_at: datetime | None
    ended_at: datetime | None


def digest_of(secret: str) -> str:
    """What is kept of a link or a key. Both are 32 random bytes, so that no slow hash is needed."""
    return sha256(secret.encode()).hexdigest()


def invited(digest: str, now: datetime) -> tuple[str, Stands] | None:
    """For whom a link was made, and how it stands; None for one that nobody made."""
    found = Invitation.objects.filter(digest=digest).first()
    if found is None:
        return None
    if found.used_at:
        return found.user, Stands.USED
    known = viewer_of(found.user) is not None or trusted_adult(found.user) is not None
    open_ = found.until > now and known
    return found.user, Stands.OPEN if open_ else Stands.OVER


def with_sign_in() -> "QuerySet[User]":
    """Those who can sign in: by a password, a passkey or their organisation; in a demonstration, by taking a place."""
    people = User.objects.filter(is_active=True)
    demonstration, vouched = ways_in()
    if demonstration:
        return people
    theirs = {"user": OuterRef("pk")}
    passkey = Exists(Authenticator.objects.filter(**theirs, type=Authenticator.Type.WEBAUTHN))
    ways = ~NO_PASSWORD | Q(passkey) | Q(Exists(SocialAccount.objects.filter(**theirs)))
    return people.filter(ways | ~Q(email="") if vouched else ways)


def ways_in() -> tuple[bool, bool]:
    """On what `with_sign_in` depends besides tables: whether this is a demonstration, or an organisation vouches."""
    return is_demo(), bool(settings.ORGANISATION)


def every_key() -> list[Key]:
    """Every key of another system that was ever made, the newest first; for whoever is at the machine itself."""
    return [_key(row) for row in Token.objects.order_by("-made_at", "digest")]


def keys_seen(
    viewer: Viewer, others: Sequence[Viewer] | None = None, waiting: Collection[str] | None = None
) -> list[Key]:
    """The keys that somebody may take back or agree to, the newest first.

    Their own, those of people whom they may invite or lead, and those of their agency that wait for it to agree.
    Whoever has asked already who is here, and what waits, gives it.
    """
    rows = every_key()
    if can_see_every_key(viewer):
        return rows
    others, waiting = others or everybody(), keys_waiting() if waiting is None else waiting
    seen = {viewer.user}
    seen |= {other.user for other in others if may_invite(viewer, other) or may_end_key(viewer, other)}
    ours = {other.user for other in others if same_agency(viewer, other)}
    return [row for row in rows if row.user in seen or (row.user in ours and row.mark in waiting)]


def keys_waiting() -> dict[str, Entry]:
    """What is proposed about keys and waits for the agency whose key it is, by the mark of the key."""
    return {str(made.saying.fact.key): made for made in _waiting(KeyEnded) if isinstance(made.saying.fact, KeyEnded)}


def links_waiting(user: str) -> bool:
    """Whether a link for somebody is proposed and waits for a second person."""
    return any(getattr(made.saying.fact, "user", "") == user for made in _waiting(InvitationProposed))


def links_agreed(viewer: Viewer, now: datetime) -> dict[str, UUID]:
    """For whom somebody may make a link now because a second person has agreed, with the proposal; each once."""
    rows = [row.uid for row in envelopes([InvitationProposed.kind])]
    said = threads(rows)
    spent = {target for line in said if line.kind == InvitationMade.kind for target in line.regarding}
    counting = [(line, since) for line, since in standing(said, now) if line.kind == InvitationProposed.kind]
    return {
        str(line.coded["user"]): line.id
        for line, since in counting
        if line.by == viewer.user and line.id not in spent and since > now - VALID
    }


def _waiting(kind: type[Fact]) -> list[Entry]:
    """The proposals of a kind that nobody has answered, opened."""
    rows = [row.uid for row in envelopes([kind.kind]) if row.proposed]
    said = lines(answers(rows))
    answered = answered_in(said)
    return entries(uid for uid in rows if uid not in answered)


def _key(row: Token) -> Key:
    return Key(row.digest[:MARK], row.user, row.made_at, row.used_at, row.ended_at)
