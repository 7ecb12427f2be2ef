"""Who has given their details, to be compared with what is reported, and when last. Not what they gave."""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from onrecord.access.facts import StaffDetailsGiven
from onrecord.access.queries import people, post
from onrecord.ledger.queries import envelopes

ALL = 1_000_000
AGAIN = timedelta(days=365)
"""After how long somebody says again that their details are right."""


class Given(NamedTuple):
    """Somebody who works here, and when they last gave or confirmed their details; None where they never did."""

    user: str
    name: str
    posts: str
    at: datetime | None
    old: bool


def details_of(user: str) -> list[UUID]:
    """Everything that was given of somebody, the newest first."""
    return [row.uid for row in envelopes([StaffDetailsGiven.kind], newest=ALL) if row.coded["user"] == user]


def last_given() -> dict[str, datetime]:
    """When details of each person were last given."""
    rows = envelopes([StaffDetailsGiven.kind], newest=ALL)
    return {row.coded["user"]: row.recorded_at for row in reversed(rows)}


def is_old(at: datetime | None, now: datetime) -> bool:
    """Whether details were never given, or are not confirmed for a year."""
    return at is None or now - at > AGAIN


def everybody(now: datetime) -> list[Given]:
    """Everybody who holds a role here, those first whose details are missing or old."""
    last, held = last_given(), dict[str, tuple[str, list[str]]]()
    for user, name, role, agency in people():
        held.setdefault(user, (name, []))[1].append(post(role, agency))
    found = [
        Given(user, name, "; ".join(posts), last.get(user), is_old(last.get(user), now))
        for user, (name, posts) in held.items()
    ]
    return sorted(found, key=lambda one: (not one.old, one.name))
