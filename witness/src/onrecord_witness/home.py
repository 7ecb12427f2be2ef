"""The witness's folder: its key, the logs it trusts, what it saw last of each, and the evidence it keeps.

Everything is written whole: a draft forced to disc, renamed, and the folder forced to disc. So a crash leaves the old
file or the new one. A file that ought to be there and is not is a fault: it is never taken for a beginning.
"""

import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

from onrecord_witness import Refused
from onrecord_witness.keys import LOG, WITNESS, Key, name_is_good, public_of
from onrecord_witness.note import Checkpoint, Note

try:
    import fcntl
except ImportError:
    LOCKS_FILES = False
else:
    LOCKS_FILES = True

MOST_EVIDENCE = 500
"""Folders of each sort for one log, so that nobody can fill a disc. What shows a fork is a sort of its own."""


@dataclass(frozen=True)
class Trusted:
    """A log that this witness watches: its origin, its keys, the keys that sign its receipts, where it is read."""

    origin: str
    keys: tuple[Key, ...]
    receipts: tuple[Key, ...] = ()
    source: str = ""

    @property
    def mark(self) -> str:
        """The name of its folder, and of its address: SHA-256 of the origin."""
        return sha256(self.origin.encode()).hexdigest()


class Home:
    """The folder, and what can be asked of it. Safe for several threads, and, where files can be locked, programs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._turn = Lock()

    def make_key(self, name: str) -> Key:
        """Make the witness's key, once. Refused where there is one: two keys would be two witnesses."""
        if not name_is_good(name):
            raise Refused("a witness's name has no spaces and no plus: an address without https:// is best")
        if self._key.exists():
            raise Refused(f"{self.folder} holds a key already; it was left as it is")
        write(self._key, {"name": name, "secret": secrets.token_bytes(32).hex()}, mode=0o600)
        return self.key()

    def key(self) -> Key:
        """The witness's public key. Refused where there is none."""
        name, secret = self.secret()
        return Key(name, WITNESS, public_of(secret))

    def secret(self) -> tuple[str, bytes]:
        """The witness's name and secret key. Refused where there is none."""
        held = read(self._key, "there is no key here yet: run `onrecord-witness keygen NAME`")
        try:
            return str(held["name"]), bytes.fromhex(held["secret"])
        except (KeyError, ValueError, TypeError):
            raise Refused(f"{self._key} is damaged: put it back from your copy") from None

    def has_key(self) -> bool:
        """Whether this folder can sign, or only check."""
        return self._key.exists()

    def trust(self, made: Trusted) -> None:
        """Watch this log from now on. What was seen of it before is kept."""
        folder = self.of(made)
        held = {"origin": made.origin, "source": made.source}
        listed = {"keys": [str(key) for key in made.keys], "receipts": [str(key) for key in made.receipts]}
        if not (folder / "checkpoint").exists():
            if (folder / "log.json").exists():
                raise Refused(f"{folder / 'checkpoint'} is missing: put it back from your copy")
            write_bytes(folder / "checkpoint", b"")
        write(folder / "log.json", held | listed)

    def trusted(self, origin: str) -> Trusted | None:
        """A log that is trusted here; None for one that is not."""
        path = self.of(Trusted(origin, ())) / "log.json"
        if not path.exists():
            return None
        held = read(path, "")
        try:
            keys, receipts = (tuple(Key.read(key, LOG) for key in held[part]) for part in ("keys", "receipts"))
            return Trusted(str(held["origin"]), keys, receipts, str(held["source"]))
        except (KeyError, TypeError, AttributeError):
            raise Refused(f"{path} is damaged: put it back from your copy") from None

    def logs(self) -> list[Trusted]:
        """Every log that is trusted here, by origin."""
        folders = sorted((self.folder / "logs").glob("*/log.json"))
        found = [self.trusted(str(read(path, "").get("origin", ""))) for path in folders]
        return sorted((one for one in found if one), key=lambda one: one.origin)

    def of(self, log: Trusted) -> Path:
        """The folder of a log."""
        return self.folder / "logs" / log.mark

    def seen(self, log: Trusted) -> tuple[Note, Checkpoint] | None:
        """The checkpoint that was cosigned last; None before the first. Refused where the file was lost or changed."""
        path = self.of(log) / "checkpoint"
        try:
            data = path.read_bytes()
        except OSError:
            raise Refused(f"{path} is missing: put it back from your copy; without it nothing is signed") from None
        if not data:
            return None
        note = Note.read(data)
        if note.signed_at(self.key()) is None:
            raise Refused(f"{path} is not what this witness signed")
        return note, Checkpoint.read(note.text)

    def keep(self, log: Trusted, note: Note) -> None:
        """Remember a cosigned checkpoint, for good, before anybody is told."""
        write_bytes(self.of(log) / "checkpoint", str(note).encode())

    def evidence(self, log: Trusted, what: str, files: Mapping[str, bytes], sort: str = "evidence") -> Path | None:
        """Keep what shows that something is wrong, once; where. None where far too much of a sort is kept already."""
        folder = self.of(log) / sort
        mark = sha256(b"\0".join([what.encode(), *(files[name] for name in sorted(files))])).hexdigest()[:16]
        if not (folder / mark).is_dir() and folder.is_dir() and len(list(folder.iterdir())) >= MOST_EVIDENCE:
            return None
        for name, data in {**files, "what.txt": f"{what}\n".encode()}.items():
            write_bytes(folder / mark / name, data)
        return folder / mark

    @contextmanager
    def turn(self, log: Trusted) -> Iterator[None]:
        """One at a time for a log: to compare with what was seen last, and to write what is seen now, is one step."""
        self.of(log).mkdir(parents=True, exist_ok=True)
        with self._turn, (self.of(log) / "lock").open("w") as file:
            if LOCKS_FILES:
                fcntl.flock(file, fcntl.LOCK_EX)
            yield

    @property
    def _key(self) -> Path:
        return self.folder / "witness.json"


def read(path: Path, missing: str) -> dict[str, Any]:
    """A small JSON file. Refused where it is missing or is not what was written."""
    try:
        found = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise Refused(missing or f"{path} is missing") from None
    except (OSError, ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Refused(f"{path} is damaged: put it back from your copy")
    return found


def write(path: Path, made: Mapping[str, Any], mode: int = 0o644) -> None:
    """Write a small JSON file whole."""
    write_bytes(path, (json.dumps(made, indent=1, sort_keys=True) + "\n").encode(), mode)


def write_bytes(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Write a file whole and force it to disc, with its name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    if os.name == "posix":
        _settle(path.parent)


def _settle(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def key_from(text: str, sort: int) -> Key:
    """A key as it was handed over: itself, or a file that holds it."""
    path = Path(text)
    if "+" in text and not path.exists():
        return Key.read(text, sort)
    try:
        return Key.read(path.read_text(encoding="utf-8"), sort)
    except (OSError, UnicodeDecodeError):
        raise Refused(f"{text} is neither a key nor a file that holds one") from None
