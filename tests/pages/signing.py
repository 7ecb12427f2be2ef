"""Signing in as a person does it, for tests: a password, a real record, an app that makes codes."""

import hmac
import struct
import time
from base64 import b32decode
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client

from onrecord.access.models import User

PASSWORD = "a marmalade lamp in the rain"
REAL = "record.northbrook.example"


def with_password(name: str) -> User:
    """One of the partnership's people, with PASSWORD."""
    user = User.objects.get(username=name)
    user.set_password(PASSWORD)
    user.save()
    return user


def enter(client: Client, name: str, password: str = PASSWORD, address: str = "192.0.2.1", **more: str) -> Any:
    """Send the page for signing in, from an address."""
    return client.post("/sign-in", {"login": name, "password": password} | more, REMOTE_ADDR=address)


def make_real(home: Path, monkeypatch: Any) -> None:
    """From here on the record says that it is no demonstration."""
    monkeypatch.setattr(settings, "ONRECORD_ORIGIN", REAL)
    (home / "origin.json").write_text(f'{{"origin": "{REAL}"}}')


def code(secret: str) -> str:
    """The six digits that an app with this secret shows now (RFC 6238)."""
    seconds = int(time.time())  # noqa: TID251  # an app reads a clock of its own
    counter = struct.pack(">Q", seconds // 30)
    made = hmac.digest(b32decode(secret), counter, "sha1")
    start = made[-1] & 15
    return f"{(int.from_bytes(made[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"


def set_up_app(client: Client) -> str:
    """Set up an app for whoever is signed in; its secret."""
    client.post("/your-sign-in/again", {"password": PASSWORD, "next": "/your-sign-in/app"})
    client.get("/your-sign-in/app")
    secret = str(client.session["mfa.totp.secret"])
    sent = client.post("/your-sign-in/app", {"code": code(secret)})
    assert sent.url == "/your-sign-in/codes"
    return secret
