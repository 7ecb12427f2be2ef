"""The keys of backups: one for each, in a folder of their own that no backup holds, until the day it expires.

Where such a key is gone, nobody opens that backup, wherever its copies lie. It stands here and in one second place that
the operator names, so that a backup can be opened when this machine is lost.
"""

import base64
import secrets
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from onrecord.ledger.gateway.destroying import destroy
from onrecord.ledger.gateway.home import Damaged, home, read_json, write_whole

FOLDER = "backup-keys"


class BackupKey(NamedTuple):
    """The key of one backup: its id, and its 32 bytes."""

    id: str
    key: bytes


def make_backup_key(until: date, second: Path | None) -> BackupKey:
    """Make a key for one backup that is kept until a day, and write it here and in the second place."""
    made = BackupKey(secrets.token_hex(8), secrets.token_bytes(32))
    said = {"id": made.id, "key": base64.b64encode(made.key).decode(), "destroy_after": until.isoformat()}
    for folder in _folders(str(second) if second else None):
        write_whole(folder / f"{made.id}.json", said)
    return made


def read_backup_key(wanted: str, file: Path | None = None) -> BackupKey | None:
    """The key of a backup, from here or from a file; None where it is not there. Raises Damaged."""
    path = file or home() / FOLDER / f"{wanted}.json"
    found = read_json(path)
    if found is None:
        return None
    try:
        made = BackupKey(str(found["id"]), base64.b64decode(found["key"]))
    except (KeyError, ValueError, TypeError):
        raise Damaged(f"The key file {path} is damaged. Take it from the second place.") from None
    return made if made.id == wanted else None


def stands(wanted: str) -> bool:
    """Whether the key of a backup stands here."""
    return (home() / FOLDER / f"{wanted}.json").exists()


def out_of_reach(second: str | None) -> bool:
    """Whether the second place cannot be looked at: it is not there, as when it was taken away."""
    return bool(second) and not Path(str(second)).is_dir()


def destroy_backup_key(wanted: str, second: str | None) -> None:
    """Overwrite and remove the key of a backup, here and in the second place if that is within reach."""
    for folder in _folders(second):
        destroy(folder / f"{wanted}.json")


def key_files() -> list[Path]:
    """The files in which keys of backups stand here."""
    return sorted((home() / FOLDER).glob("*.json"))


def _folders(second: str | None) -> Iterator[Path]:
    yield home() / FOLDER
    if second:
        yield Path(second)
