"""What of an installation's settings is unsafe for real use, in words, each with what to do."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connections

from onrecord.ledger.gateway.clock import is_demo
from onrecord.ledger.gateway.home import home, read_json, write_whole
from onrecord.ledger.queries import latest

SERVING = "serving.json"
AT_HAND = {"console", "dummy", "filebased", "locmem"}
"""Ways of handing on mail by which none leaves this machine."""
SHORT, PLAIN = 32, 12
"""The fewest letters of the secret of sessions, and the fewest different ones."""
APART = timedelta(minutes=1)
"""How far the clock may stand behind the newest entry before it is said."""
LOCAL = ("http://localhost", "http://127.0.0.1", "http://[::1]")


def note_serving(workers: int) -> None:
    """Write down with how many processes the pages are served, for `unsafe` to read."""
    write_whole(home() / SERVING, {"workers": workers}, mode=0o644)


def unsafe(moment: datetime) -> Iterator[str]:
    """Everything that is unsafe for a real record; nothing for a demonstration, which is made to be looked at."""
    if is_demo():
        return
    yield from _secrets()
    yield from _reached()
    yield from _mail()
    yield from _workers()
    yield from _clock(moment)


def _secrets() -> Iterator[str]:
    if settings.DEBUG:
        yield "DEBUG is on: a page that fails shows settings and what was typed to whoever sees it. Turn it off."
    secret = str(settings.SECRET_KEY)
    if len(secret) < SHORT or len(set(secret)) < PLAIN or "insecure" in secret.lower():
        yield (
            "ONRECORD_SECRET is short or well known: whoever guesses it signs in as anybody. Leave the variable out, "
            "and a secret is made in the folder of keys."
        )


def _reached() -> Iterator[str]:
    if not settings.SESSION_COOKIE_SECURE:
        yield "Sessions travel over open connections too. Put TLS in front, and set ONRECORD_HTTPS=1."
    for origin in settings.CSRF_TRUSTED_ORIGINS:
        if origin.startswith("http://") and not origin.startswith(LOCAL):
            yield f"ONRECORD_TRUSTED_ORIGINS names {origin}, which is not encrypted. Name it with https."
    if "*" in settings.ALLOWED_HOSTS:
        yield "ONRECORD_HOSTS allows any name, so that a link could lead elsewhere. Name the host."


def _mail() -> Iterator[str]:
    way = settings.EMAIL_BACKEND.removeprefix("django.core.mail.backends.").partition(".")[0]
    if way in AT_HAND:
        yield (
            "No mail leaves this machine, so nobody is told what is late. Set "
            "ONRECORD_EMAIL=django.core.mail.backends.smtp.EmailBackend and ONRECORD_EMAIL_HOST."
        )
    elif settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        yield "Notices come from an address at localhost, which mail servers refuse. Set ONRECORD_EMAIL_FROM."


def _workers() -> Iterator[str]:
    workers = int((read_json(home() / SERVING) or {}).get("workers", 1))
    if workers > 1 and connections["default"].vendor == "sqlite":
        yield (
            f"{workers} processes serve the pages from one SQLite file: each report waits for every other. "
            "Use PostgreSQL, or `onrecord serve --workers 1`."
        )


def _clock(moment: datetime) -> Iterator[str]:
    newest = max((made.recorded_at for using in ("default", "reads") for made in latest(using, 1)), default=moment)
    if newest - moment > APART:
        yield (
            f"This machine's clock says {moment:%Y-%m-%d %H:%M} (UTC), and the newest entry was recorded at "
            f"{newest:%Y-%m-%d %H:%M}. One of the two is wrong: set the clock. Until then entries get the later time."
        )
