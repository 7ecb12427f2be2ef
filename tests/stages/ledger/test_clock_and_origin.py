"""The clock of a real record cannot be played, and a record cannot be renamed to a demonstration."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from onrecord.ledger.actions import begin
from onrecord.ledger.gateway.clock import ClockRefused, now, playing
from onrecord.ledger.gateway.home import NoHome, origin
from onrecord.ledger.gateway.keys import signer
from onrecord.ledger.queries import size
from tests.partnership import START, Store

REAL = "northbrook.onrecord.example/2026"


def test_a_real_record_refuses_a_played_clock(
    empty_store: object, monkeypatch: pytest.MonkeyPatch, fresh_home: Path
) -> None:
    (fresh_home / "origin.json").unlink()
    monkeypatch.setattr(settings, "ONRECORD_ORIGIN", REAL)
    begin(REAL, "Northbrook")
    written = datetime.fromtimestamp((fresh_home / "origin.json").stat().st_mtime, UTC)
    with pytest.raises(ClockRefused, match=REAL), playing(START):
        pass
    assert abs((now() - written).total_seconds()) < 60


def test_a_variable_cannot_make_a_real_record_a_demonstration(
    empty_store: object, monkeypatch: pytest.MonkeyPatch, fresh_home: Path
) -> None:
    (fresh_home / "origin.json").unlink()
    monkeypatch.setattr(settings, "ONRECORD_ORIGIN", "")
    begin(REAL, "Northbrook")
    monkeypatch.setattr(settings, "ONRECORD_ORIGIN", "demo.onrecord.example/test")
    with pytest.raises(NoHome, match=REAL), playing(START):
        pass


def test_a_folder_holds_one_record(store: Store) -> None:
    before = size()
    with pytest.raises((ValueError, NoHome)):
        begin(REAL, "Northbrook")
    assert (origin(), size()) == ("demo.onrecord.example/test", before)


def test_beginning_again_changes_nothing(store: Store) -> None:
    before, key = size(), str(signer("checkpoint").verifier())
    begin(origin(), "Northbrook Safeguarding Partnership")
    assert (size(), str(signer("checkpoint").verifier())) == (before, key)


def test_without_a_record_the_origin_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "ONRECORD_HOME", str(tmp_path))
    monkeypatch.setattr(settings, "ONRECORD_ORIGIN", "")
    with pytest.raises(NoHome, match="onrecord init"):
        origin()
