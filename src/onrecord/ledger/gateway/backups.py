"""Backups: both databases at one moment each, and the installation's folder without its keys, sealed under a key.

The head files and the notes of receipts are left out: they are there to notice that a backup came back.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.db import connections

from onrecord.ledger.gateway.backup_keys import FOLDER, BackupKey
from onrecord.ledger.gateway.destroying import destroy
from onrecord.ledger.gateway.home import home
from onrecord.ledger.gateway.sealing import NotOpened, Opening, Sealing

FORMAT = "onrecord backup 1"
DRAFT = "backup-draft"
LEFT_OUT = (FOLDER, DRAFT, "keys", "head-", "given", "static", "mailbox")
"""What of the folder no backup holds, by how its name begins. The databases are copied by themselves."""
DATABASES = (".sqlite3", ".sqlite3-wal", ".sqlite3-shm")


class NotCopied(RuntimeError):
    """A database could not be copied, or the backup could not be written."""


def write_backup(target: Path, key: BackupKey, about: dict[str, str]) -> None:
    """Copy both databases and the folder into one sealed file that was not there before. Raises NotCopied.

    It is written beside its name, and gets the name when the whole of it is forced to disc.
    """
    draft = target.with_name(f"{target.name}.new")
    try:
        with _copied() as copies, _new(draft) as file:
            bound = _begin(file, {"format": FORMAT, "key": key.id} | about)
            sealing = Sealing(file, key.key, bound)
            with tarfile.open(fileobj=cast("Any", sealing), mode="w|") as tar:
                for path, name in (*copies, *_rest()):
                    _add(tar, path, name)
            sealing.close()
            file.flush()
            os.fsync(file.fileno())
    except (OSError, sqlite3.Error, subprocess.SubprocessError, tarfile.TarError) as error:
        draft.unlink(missing_ok=True)
        raise NotCopied(f"The backup could not be written: {error}") from error
    draft.replace(target)


def about_backup(source: Path) -> dict[str, str]:
    """What stands in the clear at the beginning of a backup: its format and the id of its key. Raises NotOpened."""
    with source.open("rb") as file:
        return _header(file)[1]


def open_backup(source: Path, key: BackupKey, folder: Path) -> None:
    """Open a backup into a new folder. Raises NotOpened, and leaves no folder behind, unless all of it opens."""
    folder.mkdir(mode=0o700, parents=True)
    try:
        with source.open("rb") as file:
            opening = Opening(file, key.key, _header(file)[0])
            with tarfile.open(fileobj=cast("Any", opening), mode="r|") as tar:
                tar.extractall(folder, filter="data")
            opening.finish()
    except tarfile.TarError as error:
        shutil.rmtree(folder)
        raise NotOpened(f"It opens, and is no backup: {error}") from None
    except BaseException:
        shutil.rmtree(folder)
        raise


def broken_off() -> bool:
    """Whether a backup was broken off, so that copies of the databases still lie in the folder."""
    return (home() / DRAFT).exists()


@contextmanager
def _copied() -> Iterator[list[tuple[Path, str]]]:
    """Inside, copies of both databases lie in the folder, with the names under which they are packed."""
    folder = home() / DRAFT
    _clear(folder)
    folder.mkdir(mode=0o700)
    try:
        yield [_copy(using, folder) for using in ("default", "reads")]
    finally:
        _clear(folder)


def _copy(using: str, folder: Path) -> tuple[Path, str]:
    """A copy of one database as it stands at one moment, taken without keeping a writer waiting."""
    stands = connections[using].settings_dict
    if connections[using].vendor == "sqlite":
        name = "onrecord.sqlite3" if using == "default" else "reads.sqlite3"
        with (
            closing(sqlite3.connect(f"file:{stands['NAME']}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(folder / name)) as target,
        ):
            source.backup(target)
        return folder / name, name
    made = folder / f"{using}.pgdump"
    words = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    asked = {word: str(stands[said]) for word, said in words.items() if stands[said]}
    command = ["pg_dump", "--format=custom", "--compress=0", f"--file={made}"]
    done = subprocess.run(command, env={**os.environ, **asked}, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotCopied(f"pg_dump could not copy {using}: {done.stderr.strip()}")
    return made, made.name


def _rest() -> Iterator[tuple[Path, str]]:
    for path in sorted(home().rglob("*")):
        name = path.relative_to(home()).as_posix()
        if path.is_file() and not name.startswith(LEFT_OUT) and not name.endswith((*DATABASES, ".new", ".lock")):
            yield path, name


def _add(tar: tarfile.TarFile, path: Path, name: str) -> None:
    """Pack one file. One that was lawfully erased meanwhile is left out."""
    try:
        tar.add(path, name, recursive=False)
    except FileNotFoundError:
        return


def _begin(file: BinaryIO, about: dict[str, str]) -> bytes:
    bound = json.dumps(about, sort_keys=True).encode() + b"\n"
    file.write(bound)
    return bound


def _header(file: BinaryIO) -> tuple[bytes, dict[str, str]]:
    bound = file.readline(4096)
    try:
        about = json.loads(bound)
    except ValueError:
        about = None
    if not isinstance(about, dict) or about.get("format") != FORMAT or not isinstance(about.get("key"), str):
        raise NotOpened("This is no backup that `onrecord backup` wrote.")
    return bound, about


@contextmanager
def _new(path: Path) -> Iterator[BinaryIO]:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        yield file


def _clear(folder: Path) -> None:
    """Destroy what lies in the folder of copies, and remove it."""
    if folder.exists():
        for path in folder.iterdir():
            destroy(path)
        shutil.rmtree(folder)
