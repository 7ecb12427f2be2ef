"""A copy of the record to work on, where working on the record itself would keep reports waiting.

SQLite has one writer: whoever replays a large record inside it holds up every report, and after twenty seconds a report
would be refused. So a replay that keeps nothing is played on a copy. PostgreSQL lets reports wait, and needs none.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import DEFAULT_DB_ALIAS, connection, connections


@contextmanager
def scratch() -> Iterator[None]:
    """Inside, on SQLite, this thread's default database is a copy that is thrown away. Not inside a transaction."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with TemporaryDirectory(prefix="onrecord-copy-") as folder:
        path, ours = Path(folder) / "copy.sqlite3", connections[DEFAULT_DB_ALIAS]
        _copy(str(ours.settings_dict["NAME"]), path)
        ours.close()
        copy = ours.copy()  # with settings of its own: a report that another thread takes meanwhile goes to the record
        copy.settings_dict["NAME"] = str(path)
        connections[DEFAULT_DB_ALIAS] = copy
        try:
            yield
        finally:
            copy.close()
            connections[DEFAULT_DB_ALIAS] = ours


def _copy(name: str, copy: Path) -> None:
    """SQLite's own online copy: one moment of the database, taken without keeping a writer waiting."""
    source, target = sqlite3.connect(f"file:{name}?mode=ro", uri=True), sqlite3.connect(copy)
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()
