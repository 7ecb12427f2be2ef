"""What a page carries for somebody who has sent nothing yet: their answers, sealed, and readable for two hours.

The key is of one day. It stands in a file of its own and is deleted when the day after it is over, so that a page that
somebody saved can never be read again, by us either.
"""

import json
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from onrecord.ledger.gateway.home import home

LIFE = timedelta(hours=2)
DAY = timedelta(days=1)
NAME = "pages-{:%Y-%m-%d}.key"


class TooOld(ValueError):
    """A page was open for too long, or was not made here."""


def carried(answers: Mapping[str, str], now: datetime) -> str:
    """Answers as a page may hold them."""
    plain = json.dumps(dict(answers)).encode()
    return _cipher(str(home()), now.date()).encrypt_at_time(plain, int(now.timestamp())).decode()


def taken_up(sealed: str, now: datetime) -> dict[str, str]:
    """The answers that a page held. Raises TooOld."""
    life = int(LIFE.total_seconds())
    for day in (now.date(), now.date() - DAY):
        with suppress(InvalidToken, UnicodeEncodeError):
            plain = _cipher(str(home()), day).decrypt_at_time(sealed, life, int(now.timestamp()))
            found: dict[str, str] = json.loads(plain)
            return found
    raise TooOld("This page was open for too long.")


@lru_cache(maxsize=4)
def _cipher(folder: str, day: date) -> Fernet:
    return Fernet(_key(Path(folder) / "keys", day))


def _key(folder: Path, day: date) -> bytes:
    """The key of a day: made by whichever process asks first. Those of days before the last are deleted."""
    path = folder / NAME.format(day)
    if not path.exists():
        draft = folder / f"{path.name}.{secrets.token_hex(8)}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(Fernet.generate_key())
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
        for old in folder.glob("pages-*.key"):
            if old.name < NAME.format(day - DAY):
                old.unlink(missing_ok=True)
    return path.read_bytes()
