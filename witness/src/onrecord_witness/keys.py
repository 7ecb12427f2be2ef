"""Signing and checking: by `cryptography` where it is installed, else by the plain Python beside this file."""

import base64
import binascii
from dataclasses import dataclass
from hashlib import sha256

from onrecord_witness import Refused, ed25519

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
except ImportError:
    HAS_CRYPTOGRAPHY = False
else:
    HAS_CRYPTOGRAPHY = True

LOG, WITNESS = 1, 4
"""Signature types of C2SP signed-note: plain Ed25519, and a witness's Ed25519 with the time."""
SORTS = {LOG: "a log's key", WITNESS: "a witness's key"}


def public_of(secret: bytes) -> bytes:
    """The public half of a 32-byte secret key."""
    if HAS_CRYPTOGRAPHY:
        return Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()
    return ed25519.public_of(secret)


def sign(secret: bytes, message: bytes) -> bytes:
    """The 64-byte signature."""
    if HAS_CRYPTOGRAPHY:
        return Ed25519PrivateKey.from_private_bytes(secret).sign(message)
    return ed25519.sign(secret, message)


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature over the message is by this public key."""
    if not HAS_CRYPTOGRAPHY:
        return ed25519.verify(public, message, signature)
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def unbase64(text: str, what: str) -> bytes:
    """The bytes of standard base64, written in the one right way. Refused otherwise: no letter may change unseen."""
    try:
        data = base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        data = b""
    if not data or base64.b64encode(data).decode() != text:
        raise Refused(f"{what} is not base64")
    return data


UNREAD = frozenset(map(chr, range(0xDC80, 0xDD00)))
"""What stands in a text for bytes that are none (PEP 383)."""


@dataclass(frozen=True)
class Key:
    """A named public key, and what it signs: LOG or WITNESS."""

    name: str
    sort: int
    public: bytes

    @property
    def key_id(self) -> bytes:
        """The first four bytes of SHA-256 over name, newline, signature type and key."""
        return sha256(self.name.encode() + b"\n" + bytes([self.sort]) + self.public).digest()[:4]

    def __str__(self) -> str:
        """The key as published: name+id+type and key."""
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(bytes([self.sort]) + self.public).decode()}"

    @classmethod
    def read(cls, vkey: str, sort: int) -> "Key":
        """A published key of this sort. Refused if it is not one, or if its id does not belong to it."""
        name, _, rest = vkey.strip().partition("+")
        key_id, _, data = rest.partition("+")
        if not name_is_good(name):
            raise Refused("a key is written as name+id+key, and its name has no spaces")
        raw = unbase64(data, f"the key of {name}")
        made = cls(name, raw[0], raw[1:])
        if made.key_id.hex() != key_id:
            raise Refused(f"the id of {name}'s key does not belong to it: was it copied whole?")
        if made.sort != sort or len(made.public) != 32:
            raise Refused(f"the key of {name} is not {SORTS[sort]} (Ed25519)")
        return made


def name_is_good(name: str) -> bool:
    """Whether a key may have this name: of text, not empty, no space of any alphabet, no plus, no control character."""
    return bool(name) and not any(sign.isspace() or sign == "+" or ord(sign) < 32 or sign in UNREAD for sign in name)
