"""Witnesses, asked: over HTTP, or by files in a folder that somebody carries. The bytes are the same.

A folder holds `request`, which we write, and `answer`, which the witness's program writes. A witness can be slow,
silent or wrong, and can stop nothing here.
"""

import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from hashlib import sha256
from http.client import HTTPException
from pathlib import Path

from onrecord.ledger.gateway.home import home, write_bytes

SECONDS = 5.0
MOST = 64 * 1024
FILE = "witnesses.policy"
PLAIN = {"Content-Type": "text/plain"}


class Silent(ConnectionError):
    """The witness did not answer."""


@dataclass(frozen=True)
class Answered:
    """A witness's answer: a status of HTTP, and its body. By files there is a body only (status 0)."""

    status: int
    body: str


def policy_text() -> str | None:
    """The policy file of the installation, as it stands; None where there is none, or it cannot be read."""
    try:
        return (home() / FILE).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def post(where: str, body: bytes) -> Answered:
    """Ask a witness over HTTP. Raises Silent."""
    return _said(f"{where.rstrip('/')}/add-checkpoint", body)


def last_seen(where: str, origin: str) -> str:
    """The newest checkpoint of a log that a witness signed, as it hands it to anybody. Raises Silent."""
    answered = _said(f"{where.rstrip('/')}/{sha256(origin.encode()).hexdigest()}/checkpoint", None)
    if answered.status != 200:
        raise Silent(str(answered.status))
    return answered.body


def _said(address: str, body: bytes | None) -> Answered:
    """What stands at an address, or answers what is sent there. Raises Silent."""
    try:
        sent = urllib.request.Request(address, body, PLAIN)  # noqa: S310  # the caller says http(s)
        with urllib.request.urlopen(sent, timeout=SECONDS) as answer:  # noqa: S310  # the caller says http(s)
            return Answered(answer.status, _text(answer))
    except urllib.error.HTTPError as refusal:
        with refusal:
            return Answered(refusal.code, _text(refusal))
    except (urllib.error.URLError, HTTPException, OSError, ValueError) as error:
        raise Silent(type(error).__name__) from None


def _text(answer: "urllib.request._UrlopenRet") -> str:
    """What a witness says, read for a few seconds at most."""
    data, until = b"", time.monotonic() + SECONDS
    while (piece := answer.read1(MOST)) and len(data) < MOST:
        data += piece
        if time.monotonic() > until:
            raise TimeoutError
    return data.decode(errors="replace")


def is_address(where: str) -> bool:
    """Whether a witness is asked over HTTP."""
    return where.startswith(("https://", "http://"))


def carried_answer(where: str) -> Answered:
    """What the witness's program left in the folder. Raises Silent where there is nothing yet."""
    try:
        return Answered(0, (_folder(where) / "answer").read_bytes()[:MOST].decode(errors="replace"))
    except OSError as error:
        raise Silent(type(error).__name__) from None


def left_request(where: str) -> str:
    """The checkpoint that was put in the folder last, for somebody to carry. Raises Silent where there is none."""
    try:
        body = (_folder(where) / "request").read_bytes()[:MOST].decode(errors="replace")
    except OSError as error:
        raise Silent(type(error).__name__) from None
    return body.partition("\n\n")[2]


def leave_request(where: str, body: bytes) -> None:
    """Put the request where somebody fetches it. Raises Silent where that cannot be."""
    try:
        write_bytes(_folder(where) / "request", body, mode=0o644)
    except OSError as error:
        raise Silent(type(error).__name__) from None


def _folder(where: str) -> Path:
    return home() / where.removeprefix("file://")
