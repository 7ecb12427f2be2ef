"""What a test of pages types, sends and reads."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.test import Client

from onrecord.access.models import User
from onrecord.ledger.facts import Entry
from onrecord.ledger.queries import entry
from tests.partnership import START

TYPED = {
    "child-given_name": "Zephyrine",
    "child-family_name": "Quillfeather",
    "child-born-day": "3",
    "child-born-month": "1",
    "child-born-year": "2012",
    "words": "She said a marmalade-coloured car waits for her.",
    "concern": "sexual_exploitation",
    "danger_now": "no",
    "positions": "unknown",
}
"""A report as a browser sends it."""

DECIDED = {
    "outcome": "assess",
    "concern": "sexual_exploitation",
    "why": "More needs to be known.",
    "crime_alleged": "no",
    "tell_reporter": "An assessment begins this week.",
}


def signed_in(user: str) -> Client:
    """A browser in which one of the partnership's people is signed in."""
    client = Client()
    client.force_login(User.objects.get(username=user))
    return client


def sheet(name: str, **typed: Any) -> dict[str, Any]:
    """What a browser sends for one form of a page with several."""
    fresh = {"form": name, f"{name}-id": str(uuid4())}
    return fresh | {f"{name}-{field}": value for field, value in typed.items()}


def hours(since: float) -> datetime:
    """So many hours after every test begins."""
    return START + timedelta(hours=since)


def at_address(url: str) -> Entry:
    """The entry whose id ends an address."""
    return entry(UUID(url.rsplit("/", 1)[-1]))


def text(response: Any) -> str:
    """What a page says, in one line of words."""
    return " ".join(response.content.decode().split())
