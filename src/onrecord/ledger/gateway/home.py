"""The folder of an installation: what stands outside the database and its backups."""

import json
import os
from pathlib import Path
from typing import Any

from django.conf import settings


class NoHome(RuntimeError):
    """The installation has not been set up."""


def home() -> Path:
    """The installation's folder."""
    return Path(settings.ONRECORD_HOME)


def origin() -> str:
    """The name under which this record signs, as set up by `onrecord init` or `onrecord demo`."""
    if settings.ONRECORD_ORIGIN:
        return str(settings.ONRECORD_ORIGIN)
    found = read_json(home() / "origin.json")
    if found is None:
        raise NoHome(f"There is no record in {home()} yet. Run `onrecord init` or `onrecord demo` first.")
    return str(found["origin"])


def read_json(path: Path) -> dict[str, Any] | None:
    """A small JSON file, or None when there is none."""
    return json.loads(path.read_text()) if path.exists() else None


def write_whole(path: Path, made: dict[str, Any], *, mode: int = 0o600) -> None:
    """Write a small JSON file so that a crash leaves the old one or the new one, never half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(handle, "w") as file:
        file.write(json.dumps(made, indent=1, sort_keys=True) + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
