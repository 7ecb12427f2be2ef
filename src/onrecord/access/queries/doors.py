"""Named questions about the ways in: links to set a password, and keys of other systems."""

from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from onrecord.access.models import Invitation, Token
from onrecord.access.queries.who import everybody, viewer_of
from onrecord.access.rules import Viewer, can_see_every_key, may_invite

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
    open_ = found.until > now and viewer_of(found.user) is not None
    return found.user, Stands.OPEN if open_ else Stands.OVER


def every_key() -> list[Key]:
    """Every key of another system that was ever made, the newest first; for whoever is at the machine itself."""
    return [_key(row) for row in Token.objects.order_by("-made_at", "digest")]


def keys_seen(viewer: Viewer) -> list[Key]:
    """The keys that somebody may take back: their own, and those of people whom they may invite; the newest first."""
    rows = every_key()
    if can_see_every_key(viewer):
        return rows
    seen = {viewer.user} | {other.user for other in everybody() if may_invite(viewer, other)}
    return [row for row in rows if row.user in seen]


def _key(row: Token) -> Key:
    return Key(row.digest[:MARK], row.user, row.made_at, row.used_at, row.ended_at)
