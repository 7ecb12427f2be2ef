"""A copy of the record to work on, where working on the record itself would keep reports waiting.

SQLite has one writer: whoever replays a large record inside it holds up every report, and after twenty seconds a report
would be refused. So a replay that keeps nothing is played on a copy. PostgreSQL lets reports wait, and needs none.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connection


@contextmanager
def scratch() -> Iterator[None]:
    """Inside, on SQLite, the default database is a copy that is thrown away. Not inside a transaction."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with TemporaryDirectory(prefix="onrecord-copy-") as folder:
        copy, name = Path(folder) / "copy.sqlite3", connection.settings_dict["NAME"]
        _copy(str(name), copy)
        connection.close()
        connection.settings_dict["NAME"] = str(copy)
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = name


def _copy(name: str, copy: Path) -> None:
    """SQLite's own online copy: one moment of the database, taken without keeping a writer waiting."""
    source, target = sqlite3.connect(f"file:{name}?mode=ro", uri=True), sqlite3.connect(copy)
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()
