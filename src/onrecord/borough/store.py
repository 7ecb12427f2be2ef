"""A store of its own for each played story: the caller's record is never touched."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from onrecord.borough.cast import set_up
from onrecord.ledger.gateway.home import write_whole

FILES = {"default": "onrecord.sqlite3", "reads": "reads.sqlite3"}
THROWAWAY = "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF"
"""A story is played once and thrown away, so nothing has to outlive a power cut."""


@contextmanager
def template(origin: str, start: datetime) -> Iterator[Path]:
    """A folder that holds a record just set up at `start` with the whole cast, to be copied for each story."""
    with TemporaryDirectory(prefix="onrecord-inquiry-") as folder:
        made = Path(folder) / "template"
        write_whole(made / "origin.json", {"origin": origin}, mode=0o644)
        with standing_in(made):
            for using in FILES:
                call_command("migrate", database=using, verbosity=0, interactive=False)
            set_up(start)
        yield made


@contextmanager
def fresh_store(made: Path) -> Iterator[None]:
    """Inside, the record is a fresh copy of a template; afterwards it is gone and the caller's own is back."""
    with TemporaryDirectory(prefix="onrecord-story-") as folder:
        copy = Path(folder) / "store"
        shutil.copytree(made, copy)
        with standing_in(copy):
            yield


@contextmanager
def standing_in(folder: Path) -> Iterator[None]:
    """Inside, both databases, the keys and the outgoing mail are those of `folder`."""
    ours = {
        "ONRECORD_HOME": str(folder),
        "ONRECORD_ORIGIN": "",
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FILE_PATH": str(folder / "mailbox"),
    }
    theirs = {name: getattr(settings, name) for name in ours}
    with ExitStack() as stack:
        stack.callback(_set, theirs)
        _set(ours)
        for alias, file in FILES.items():
            stack.enter_context(_connected(alias, folder / file))
        yield


def _set(values: dict[str, str]) -> None:
    for name, value in values.items():
        setattr(settings, name, value)


@contextmanager
def _connected(alias: str, path: Path) -> Iterator[None]:
    """Inside, this alias is a SQLite file. The caller's own connection stays open and untouched meanwhile."""
    theirs, known = connections[alias], connections.settings[alias]
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": THROWAWAY}
    sqlite = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": options}
    connections.settings[alias] = {**known, **sqlite}
    connections[alias] = connections.create_connection(alias)
    try:
        yield
    finally:
        connections[alias].close()
        connections[alias] = theirs
        connections.settings[alias] = known
