"""Keys, each in a small file of its own under `keys/`, made once and never stored in the database.

`seal` opens what is sealed; `receipt` signs receipts (the web has it); `checkpoint` signs checkpoints (only the watch
needs it); `match` makes the keyed hashes by which people are recognised.
"""

import base64
import hmac
import secrets
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from onrecord.ledger.gateway.home import Damaged, origin, read_json, write_whole
from onrecord.ledger.rules.note import Signer, Verifier

NEXT, RETIRED = "-next", "-retired"
"""After the name of a key: the one that is to follow it, and the public halves of those before it."""


def make_keys() -> None:
    """Make the keys that are missing. Those that exist are left alone."""
    for use in ("seal", "receipt", "checkpoint", "match"):
        path = _path(use)
        if not path.exists():
            write_whole(path, _new())


def signer(use: str) -> Signer:
    """The signing key of a use, "receipt" or "checkpoint". A checkpoint's name is the origin, as C2SP asks."""
    return Signer(_signs_as(use), _changing(_path(use)))


def signers(use: str) -> list[Signer]:
    """The signing key of a use and, while it is being changed, the one that follows it."""
    following = _path(f"{use}{NEXT}")
    return [signer(use), *([Signer(_signs_as(use), _changing(following))] if following.exists() else [])]


def verifiers(use: str) -> list[Verifier]:
    """The public halves of every key that signs or signed for a use here."""
    before = (read_json(_path(f"{use}{RETIRED}")) or {"keys": []})["keys"]
    return [*(one.verifier() for one in signers(use)), *(Verifier.read(vkey) for vkey in before)]


def make_following(use: str) -> Verifier:
    """Make the key that is to follow, or take the one that was made already; its public half."""
    path = _path(f"{use}{NEXT}")
    if not path.exists():
        write_whole(path, _new())
    return signers(use)[1].verifier()


def retire(use: str) -> None:
    """Put the key that follows in the place of the one that signs. Of that one only the public half is kept."""
    path = _path(f"{use}{RETIRED}")
    before = (read_json(path) or {"keys": []})["keys"]
    write_whole(path, {"keys": [*before, str(signer(use).verifier())]})
    _path(f"{use}{NEXT}").replace(_path(use))


def _signs_as(use: str) -> str:
    return origin() if use == "checkpoint" else f"{origin()}+{use}".replace("+", "/")


def _changing(path: Path) -> bytes:
    """The secret of a key that another process may have put a new one in the place of."""
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return _key(path)[1]


@lru_cache(maxsize=16)
def _read(path: Path, changed: int) -> bytes:
    _key.cache_clear()
    return _key(path)[1]


def match_key() -> bytes:
    """The 32-byte key of the keyed hashes that matching uses."""
    return _key(_path("match"))[1]


def drawn(use: str, uid: UUID, one_in: int) -> bool:
    """Whether this id is one of so many that are drawn for a use. Without the key nobody can foresee or choose it."""
    mark = hmac.new(match_key(), f"{use}/{uid}".encode(), sha256).digest()
    return int.from_bytes(mark[:8], "big") % one_in == 0


def seal_key_id() -> str:
    """The id of the key that seals today."""
    return _key(_path("seal"))[0]


def seal(uid: bytes, plain: bytes) -> bytes:
    """Seal the openings of an entry. Bound to its 16-byte id, so that one row cannot stand in for another."""
    nonce = secrets.token_bytes(12)
    return nonce + _cipher(_path("seal")).encrypt(nonce, plain, uid)


def unseal(uid: bytes, sealed: bytes) -> bytes:
    """Open what was sealed; cryptography's InvalidTag if it was changed or belongs to another entry."""
    return _cipher(_path("seal")).decrypt(sealed[:12], sealed[12:], uid)


def salts(count: int) -> list[bytes]:
    """Fresh random salts of 16 bytes."""
    chance = secrets.token_bytes(16 * count)
    return [chance[16 * i : 16 * i + 16] for i in range(count)]


def _new() -> dict[str, str]:
    return {"id": secrets.token_hex(8), "key": base64.b64encode(secrets.token_bytes(32)).decode()}


def _path(use: str) -> Path:
    return _named(str(settings.ONRECORD_HOME), use)


@lru_cache(maxsize=64)
def _named(folder: str, use: str) -> Path:
    return Path(folder) / "keys" / f"{use}.json"


@lru_cache(maxsize=64)
def _key(path: Path) -> tuple[str, bytes]:
    found = read_json(path)
    if found is None:
        raise Damaged(f"The key file {path} is missing. Put it back from its own backup.")
    try:
        return found["id"], base64.b64decode(found["key"])
    except (KeyError, ValueError, TypeError):
        raise Damaged(f"The key file {path} is damaged. Put it back from its own backup.") from None


@lru_cache(maxsize=64)
def _cipher(path: Path) -> AESGCM:
    return AESGCM(_key(path)[1])
