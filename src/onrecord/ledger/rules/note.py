"""Signed notes and checkpoints, as published by C2SP (signed-note v1.0.0, tlog-checkpoint v1.0.0).

A checkpoint's text is three lines:

    onrecord.example/2026
    300
    47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=

its origin, its size, its root in base64. A signed note is a text, an empty line, and lines "— name signature".
"""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
DASH = "\N{EM DASH}"


class BadNote(ValueError):
    """The note is not well formed, or a signature by the key we trust does not hold."""


def unbase64(text: str) -> bytes:
    """The bytes of base64 that is written in the one right way; ValueError otherwise: no letter may change unseen."""
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text:
        raise ValueError("this is not base64 as it is written here")
    return data


@dataclass(frozen=True)
class Verifier:
    """A named public key: what an outsider needs to check a note."""

    name: str
    public: bytes
    sort: bytes = ED25519

    @property
    def key_id(self) -> bytes:
        """The first four bytes of SHA-256 over name, newline, algorithm and key."""
        return sha256(self.name.encode() + b"\n" + self.sort + self.public).digest()[:4]

    def mark(self) -> str:
        """What two people read to each other to know that they hold the same key."""
        mark = sha256(self.public).hexdigest()
        return " ".join(mark[at : at + 4] for at in range(0, 16, 4))

    def __str__(self) -> str:
        """The key as published: name+id+algorithm and key."""
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(self.sort + self.public).decode()}"

    @classmethod
    def read(cls, vkey: str, sort: bytes = ED25519) -> "Verifier":
        """A published key; BadNote if its id does not belong to it."""
        try:
            name, key_id, data = vkey.strip().split("+", 2)
            raw = unbase64(data)
        except ValueError as error:
            raise BadNote("a verifier key is name+id+key") from error
        made = cls(name, raw[1:], sort)
        if raw[:1] != sort or len(raw) != 33 or made.key_id.hex() != key_id:
            raise BadNote("the key's id does not belong to it, or it is not a key of this sort")
        return made


@dataclass(frozen=True)
class Signer:
    """A named private key. The note it signs is a pure function of the text: Ed25519 uses no chance."""

    name: str
    secret: bytes

    def verifier(self) -> Verifier:
        """The public half."""
        return Verifier(self.name, Ed25519PrivateKey.from_private_bytes(self.secret).public_key().public_bytes_raw())

    def sign(self, text: str) -> str:
        """The signed note over a text that ends in a newline."""
        check_text(text)
        signature = Ed25519PrivateKey.from_private_bytes(self.secret).sign(text.encode())
        body = base64.b64encode(self.verifier().key_id + signature).decode()
        return f"{text}\n{DASH} {self.name} {body}\n"


def signed_by_all(text: str, signers: Iterable[Signer]) -> str:
    """The note over a text with a signature by each."""
    made = [signer.sign(text).rpartition("\n\n")[2] for signer in signers]
    return f"{text}\n{''.join(made)}"


def signed_text(note: str, keys: Iterable[Verifier]) -> str:
    """The text of a note signed by one of these keys; BadNote if none of them signed it."""
    for key in keys:
        try:
            return open_note(note, key)
        except BadNote:
            continue
    raise BadNote("it is not signed by a key that is known here")


def followed(announced: Iterable[str], notes: Iterable[str]) -> list[str]:
    """The announced keys that count, oldest first: the first one, and each that signed a note beside the one before.

    To announce a key is not enough: whoever puts another key file in the place of ours could.
    """
    several = [note for note in notes if note.rpartition("\n\n")[2].count("\n") > 1]
    counting: list[str] = []
    for key in dict.fromkeys(announced):
        if not counting or any(_by_both(note, counting[-1], key) for note in several):
            counting.append(key)
    return counting


def _by_both(note: str, one: str, other: str) -> bool:
    try:
        return open_note(note, Verifier.read(one)) == open_note(note, Verifier.read(other))
    except BadNote:
        return False


def check_text(text: str) -> None:
    """Raise BadNote unless the text may be signed: ends in a newline, no other control characters."""
    if not text.endswith("\n") or any(ord(sign) < 32 and sign != "\n" for sign in text):
        raise BadNote("a note's text ends in a newline and holds no other control characters")


def open_note(note: str, key: Verifier) -> str:
    """The text of a note signed by `key`; BadNote if it is not. Signatures by keys we do not know are passed over."""
    text, gap, tail = note.rpartition("\n\n")
    text += "\n"
    check_text(text)
    if not gap or not tail.endswith("\n"):
        raise BadNote("a note is a text, an empty line, and signature lines")
    found = False
    for line in tail[:-1].split("\n"):
        found |= _holds(line, text, key)
    if not found:
        raise BadNote(f"no signature by {key.name}")
    return text


def _holds(line: str, text: str, key: Verifier) -> bool:
    """Whether the line is this key's signature. A line by this key that fails is refused, not passed over."""
    try:
        mark, name, data = line.split(" ")
        raw = unbase64(data)
    except ValueError as error:
        raise BadNote("a signature line is a dash, a name and base64") from error
    if mark != DASH or len(raw) < 5:
        raise BadNote("a signature line is a dash, a name and base64")
    if name != key.name or raw[:4] != key.key_id:
        return False
    if not holds(key, text, raw[4:]):
        raise BadNote(f"the signature by {name} does not hold")
    return True


def holds(key: Verifier, message: str, signature: bytes) -> bool:
    """Whether the bare signature over the message is by this key."""
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, message.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


@dataclass(frozen=True)
class Checkpoint:
    """What a log promises: at this size it had this root. It must never sign two that disagree."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The text to sign."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def read(cls, text: str) -> "Checkpoint":
        """A checkpoint's text; BadNote if it is not one."""
        try:
            origin, size, root, *_ = text.split("\n")
            made = cls(origin, int(size), unbase64(root))
        except ValueError as error:
            raise BadNote("a checkpoint is an origin, a size and a root") from error
        if not origin or str(made.size) != size or made.size < 0 or len(made.root) != 32:
            raise BadNote("a checkpoint is an origin, a size and a root")
        return made
