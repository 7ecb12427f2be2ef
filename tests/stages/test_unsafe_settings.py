"""`onrecord doctor` says in words which settings are unsafe for a real record, and stays quiet for safe ones."""

from datetime import timedelta
from typing import Any

import pytest
from typer.testing import CliRunner

from onrecord.cli.app import app
from onrecord.cli.ills import ills
from onrecord.cli.unsafe import note_serving, unsafe
from tests.databases import POSTGRESQL
from tests.pages.signing import make_real
from tests.partnership import START, Store

SAFE: dict[str, Any] = {
    "DEBUG": False,
    "SECRET_KEY": "qv8-marmalade-lamp-in-the-rain-0123456789",
    "SESSION_COOKIE_SECURE": True,
    "CSRF_TRUSTED_ORIGINS": ["https://onrecord.northbrook.example", "http://localhost:8000"],
    "ALLOWED_HOSTS": ["onrecord.northbrook.example"],
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "DEFAULT_FROM_EMAIL": "onrecord@northbrook.example",
}


@pytest.fixture
def real(store: Store, fresh_home: Any, monkeypatch: Any, settings: Any) -> Any:
    """A real record with safe settings."""
    make_real(fresh_home, monkeypatch)
    for name, value in SAFE.items():
        setattr(settings, name, value)
    return settings


def test_with_safe_settings_nothing_is_said(real: Any) -> None:
    note_serving(1)
    assert list(unsafe(START)) == []


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DEBUG", True, "DEBUG is on"),
        ("SECRET_KEY", "changeme", "ONRECORD_SECRET is short"),
        ("SECRET_KEY", "a" * 60, "ONRECORD_SECRET is short"),
        ("SECRET_KEY", "django-insecure-0123456789abcdefghijklmnopq", "ONRECORD_SECRET is short"),
        ("SESSION_COOKIE_SECURE", False, "set ONRECORD_HTTPS=1"),
        ("CSRF_TRUSTED_ORIGINS", ["http://onrecord.northbrook.example"], "is not encrypted"),
        ("ALLOWED_HOSTS", ["*"], "Name the host"),
        ("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend", "No mail leaves this machine"),
        ("EMAIL_BACKEND", "django.core.mail.backends.dummy.EmailBackend", "No mail leaves this machine"),
        ("DEFAULT_FROM_EMAIL", "onrecord@localhost", "Set ONRECORD_EMAIL_FROM"),
    ],
)
def test_each_unsafe_setting_is_said_once_with_what_to_do(real: Any, name: str, value: Any, said: str) -> None:
    setattr(real, name, value)
    (found,) = unsafe(START)
    assert said in found


@pytest.mark.parametrize(("workers", "told"), [(1, 0), (2, 1)])
def test_several_processes_on_sqlite_are_said(real: Any, vendor: str, workers: int, told: int) -> None:
    note_serving(workers)
    assert len(list(unsafe(START))) == (told if vendor == "sqlite" else 0)


@pytest.mark.parametrize(("behind", "told"), [(timedelta(seconds=50), 0), (timedelta(hours=2), 1)])
def test_a_clock_behind_the_newest_entry_is_said(real: Any, store: Store, behind: timedelta, told: int) -> None:
    store.report()
    assert [said.partition(",")[0] for said in unsafe(START - behind)] == [
        "This machine's clock says 2026-10-05 06:00 (UTC)"
    ] * told


def test_in_a_demonstration_nothing_of_it_is_said(store: Store, settings: Any) -> None:
    settings.DEBUG = True
    assert list(unsafe(START - timedelta(days=1))) == []


def test_the_command_says_it_and_answers_one(real: Any) -> None:
    real.SESSION_COOKIE_SECURE = False
    answer = CliRunner().invoke(app, ["doctor"])
    assert answer.exit_code == 1
    assert "- Sessions travel over open connections too." in answer.stdout


@pytest.mark.parametrize(("version", "told"), [((3, 51, 2), 1), ((3, 51, 3), 0), ((3, 52, 0), 0)])
def test_of_a_sqlite_that_can_damage_a_database_it_is_told(
    store: Store, monkeypatch: pytest.MonkeyPatch, version: tuple[int, int, int], told: int
) -> None:
    monkeypatch.setattr("onrecord.cli.ills.sqlite3.sqlite_version_info", version)
    said = [line for line in ills() if "written by two processes at once" in line]
    assert len(said) == (0 if POSTGRESQL else told)
