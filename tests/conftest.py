"""The ground under every test: a folder of its own, a played clock, databases that are rolled back or copied.

store            a founded record (tests.partnership), rolled back afterwards; the clock stands at START
own_store        the same, on a copy of the databases: for commits, threads, other processes, dropped guards
empty_store      tables and guards, and no record yet
viewer           one of the partnership's people, by sign-in name
live_server, transactional_db and django_db(transaction=True) work on such a copy too
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

HOME = Path(tempfile.mkdtemp(prefix="onrecord-test-"))
os.environ["ONRECORD_HOME"] = str(HOME)
os.environ["ONRECORD_ORIGIN"] = "demo.onrecord.example/test"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onrecord.web.settings")
os.environ.setdefault("DJANGO_LIVE_TEST_SERVER_ADDRESS", "127.0.0.1")  # a bare machine may not know its own name

import django  # noqa: E402  # where the record lives is said first
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402

from tests import databases  # noqa: E402

PLAIN = {
    "ONRECORD_HOME": str(HOME),
    "ONRECORD_ORIGIN": os.environ["ONRECORD_ORIGIN"],
    "STATIC_ROOT": str(HOME / "static"),
    "EMAIL_FILE_PATH": str(HOME / "mailbox"),
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    "STORAGES": {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
}
for name, value in PLAIN.items():  # in place: with DJANGO_SETTINGS_MODULE in the environment they were read earlier
    setattr(settings, name, value)
for alias, file in databases.FILES.items():
    settings.DATABASES[alias].update(NAME=str(HOME / file), CONN_MAX_AGE=0)
(HOME / "static").mkdir()

django.setup()  # a folder's own conftest may name models before pytest-django sets up


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(HOME, ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that touches one ledger touches both; a test of PostgreSQL alone is skipped where there is none."""
    both = pytest.mark.django_db(databases=databases.ALIASES)
    without = pytest.mark.skip(reason="runs on PostgreSQL: ONRECORD_TEST_DATABASE=postgresql pytest tests/stages")
    for item in items:
        marker = item.get_closest_marker("django_db")
        fixtures = set(getattr(item, "fixturenames", ()))
        if marker and marker.kwargs.get("transaction"):
            item.fixturenames.append("transactional_db")  # type: ignore[attr-defined]
            item.own_markers = [mark for mark in item.own_markers if mark.name != "django_db"]
        elif marker or "db" in fixtures:
            item.add_marker(both, append=False)
        if item.get_closest_marker("postgres") and not databases.POSTGRESQL:
            item.add_marker(without)


@pytest.fixture(scope="session")
def made_databases() -> Iterator[databases.Files | databases.Server]:
    """Where databases are made. Without a server, a PostgreSQL run is skipped with the reason, and fails in CI."""
    try:
        made = databases.made_databases(HOME)
    except databases.NoServer as reason:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(str(reason))
    yield made
    databases.forget()
    made.stop()


@pytest.fixture(scope="session")
def templates(
    made_databases: databases.Files | databases.Server, django_test_environment: None, django_db_blocker: object
) -> dict[str, dict[str, str]]:
    """Two pairs of databases to copy: `empty`, with tables and guards, and `founded`, a small partnership's."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        empty = made_databases.new(None)
        made_databases.point(empty)
        for alias in databases.ALIASES:
            call_command("migrate", database=alias, verbosity=0, interactive=False)
        databases.settled()
        founded = made_databases.new(empty)
        made_databases.point(founded)
        from tests.partnership import found  # noqa: PLC0415  # models need Django set up

        found()
        databases.settled()
    return {"empty": empty, "founded": founded}


@pytest.fixture(scope="session")
def django_db_setup(
    templates: dict[str, dict[str, str]],
    made_databases: databases.Files | databases.Server,
    django_db_blocker: object,
) -> dict[str, str]:
    """The databases on which tests roll back: one copy of `founded`. In place of pytest-django's own."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        made = made_databases.new(templates["founded"])
        made_databases.point(made)
    return made


@pytest.fixture
def fresh_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder of its own for this test, with the partnership's keys."""
    home = tmp_path / "home"
    shutil.copytree(HOME, home, ignore=shutil.ignore_patterns("database-*", "*.sqlite3*", "mailbox"))
    monkeypatch.setattr(settings, "ONRECORD_HOME", str(home))
    monkeypatch.setattr(settings, "EMAIL_FILE_PATH", str(home / "mailbox"))
    monkeypatch.setenv("ONRECORD_HOME", str(home))
    return home


@pytest.fixture
def transactional_db(
    templates: dict[str, dict[str, str]],
    django_db_setup: dict[str, str],
    made_databases: databases.Files | databases.Server,
    django_db_blocker: object,
    fresh_home: Path,
) -> Iterator[dict[str, str]]:
    """A copy of the founded databases for this test alone, committed to like real ones."""
    yield from _copied(templates["founded"], django_db_setup, made_databases, django_db_blocker)


def _copied(source: dict[str, str], shared: dict[str, str], made: object, blocker: object) -> Iterator[dict[str, str]]:
    with blocker.unblock():  # type: ignore[attr-defined]
        copy = made.new(source)  # type: ignore[attr-defined]
        made.point(copy)  # type: ignore[attr-defined]
        try:
            yield copy
        finally:
            made.point(shared)  # type: ignore[attr-defined]
            made.drop(copy)  # type: ignore[attr-defined]


@pytest.fixture
def store(db: None, fresh_home: Path) -> Iterator[object]:
    """The founded record, rolled back afterwards. Inside, it is START; `playing` moves on."""
    yield from _at_start()


@pytest.fixture
def own_store(transactional_db: dict[str, str]) -> Iterator[object]:
    """The founded record on a copy of the databases, committed to for good. Inside, it is START."""
    yield from _at_start()


@pytest.fixture
def empty_store(
    templates: dict[str, dict[str, str]],
    django_db_setup: dict[str, str],
    made_databases: databases.Files | databases.Server,
    django_db_blocker: object,
    fresh_home: Path,
) -> Iterator[dict[str, str]]:
    """Tables and guards, and nothing recorded: no keys either, and no head."""
    shutil.rmtree(fresh_home / "keys", ignore_errors=True)
    for head in fresh_home.glob("head-*.json"):
        head.unlink()
    yield from _copied(templates["empty"], django_db_setup, made_databases, django_db_blocker)


def _at_start() -> Iterator[object]:
    from onrecord.ledger.gateway.clock import playing  # noqa: PLC0415  # needs Django set up
    from tests.partnership import START, Store  # noqa: PLC0415  # models need Django set up

    with playing(START):
        yield Store()


@pytest.fixture(autouse=True)
def nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """One lowering in twenty is drawn to be read again, by keyed chance. Here none is, unless a test draws."""
    monkeypatch.setattr("onrecord.duties.actions.lowerings.drawn", lambda use, uid, one_in: False)


@pytest.fixture
def viewer() -> Callable[[str], object]:
    """One of the partnership's people, by sign-in name, as a viewer; LookupError for anybody else."""
    from tests.partnership import viewer as found  # noqa: PLC0415  # models need Django set up

    return found


@pytest.fixture
def vendor() -> str:
    """What this run tests on: sqlite or postgresql."""
    return connections["default"].vendor
