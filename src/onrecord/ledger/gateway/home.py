"""The folder of an installation: what stands outside the database and its backups."""

import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections

NO_RECORD = "There is no record in {} yet. Run `onrecord init` or `onrecord demo` first."
STANDING = ("origin.json", "head-default.json", "keys/checkpoint.json", "keys/seal.json")
"""Where one of these has anything in it, a record was set up once."""


class NoHome(RuntimeError):
    """The installation has not been set up."""


class Damaged(NoHome):
    """A file that the installation cannot do without is missing, empty or not what was written."""


def home() -> Path:
    """The installation's folder."""
    return Path(settings.ONRECORD_HOME)


def origin() -> str:
    """The name under which this record signs, as set up by `onrecord init` or `onrecord demo`.

    A setting may say it, and may not rename a record: a real one could not be made a demonstration by a variable.
    """
    found, given = _named(home() / "origin.json"), str(settings.ONRECORD_ORIGIN)
    if found and given and found["origin"] != given:
        raise NoHome(f"{home()} holds the record {found['origin']}, and ONRECORD_ORIGIN says {given}. Unset one.")
    if given:
        return given
    if found is None:
        raise NoHome(NO_RECORD.format(home()))
    return str(found["origin"])


def must_be_set_up() -> None:
    """Raise NoHome where nothing of a record stands: what only looks leaves no file behind there.

    Where anything stands, even a key alone, it is looked at: what was taken away must be found missing. A database
    elsewhere may hold a record whose folder is gone.
    """
    elsewhere = connections["default"].vendor != "sqlite"
    if not elsewhere and not any(_size(home() / name) for name in STANDING):
        raise NoHome(NO_RECORD.format(home()))


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _named(path: Path) -> dict[str, Any] | None:
    """What the file of the name says. Everything asks for it, so it is read again only where it changed."""
    try:
        stands = path.stat()
    except FileNotFoundError:
        return None
    return _read(path, stands.st_ino, stands.st_mtime_ns, stands.st_size)


@lru_cache(maxsize=16)
def _read(path: Path, inode: int, changed: int, size: int) -> dict[str, Any] | None:
    return read_json(path)


def name_record(new_origin: str) -> None:
    """Write the origin down, if nothing says another. What was written once is left alone."""
    path = home() / "origin.json"
    if not path.exists() and settings.ONRECORD_ORIGIN in ("", new_origin):
        write_whole(path, {"origin": new_origin}, mode=0o644)


def read_json(path: Path) -> dict[str, Any] | None:
    """A small JSON file, or None when there is none. Raises Damaged when it is not what was written."""
    if not path.exists():
        return None
    try:
        found: dict[str, Any] = json.loads(path.read_bytes())
    except ValueError:
        raise Damaged(f"{path} is empty or damaged. Put it back from its own backup.") from None
    return found


def write_whole(path: Path, made: dict[str, Any], *, mode: int = 0o600) -> None:
    """Write a small JSON file so that a crash leaves the old one or the new one, never half of one."""
    write_bytes(path, (json.dumps(made, indent=1, sort_keys=True) + "\n").encode(), mode=mode)


def write_bytes(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Write a file in the same way, whatever is in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
