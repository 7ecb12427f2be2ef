"""A receipt that was given is remembered outside the database until a checkpoint holds its entry."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction

from onrecord.ledger.actions import Frozen, checkpoint, rebuild, verify
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.gateway.given import given
from onrecord.ledger.models import StoredCheckpoint
from tests.partnership import START, Store
from tests.stages.ledger.tampering import cut_tail, run, unguarded


@pytest.fixture
def signed(own_store: Store) -> Store:
    """A record that is signed, with a receipt given since."""
    own_store.report()
    checkpoint()
    own_store.receipt(words="Another worry.")
    return own_store


def faults() -> dict[int, tuple[str, ...]]:
    return {check.number: check.faults for check in verify() if check.faults}


def test_it_is_forgotten_when_a_checkpoint_holds_the_entry(signed: Store) -> None:
    before = len(given())
    checkpoint()
    assert (before, given(), faults()) == (1, {}, {})


def test_an_entry_cut_off_after_its_receipt_freezes_checkpoints_and_is_named(signed: Store) -> None:
    (uid,) = given()
    cut_tail(2)  # the report, and where it went
    rebuild(check=False)
    with pytest.raises(Frozen, match=str(uid)):
        checkpoint()
    assert faults() == {10: (f"a receipt was given for entry {uid}, and it is not here as it was received",)}
    assert (StoredCheckpoint.objects.count(), list(given())) == (1, [uid])


def test_an_entry_changed_after_its_receipt_is_named_too(signed: Store, fresh_home: Path) -> None:
    (uid,) = given()
    (fresh_home / "given" / str(uid)).write_text("0" * 64)
    assert list(faults()) == [10]


def test_a_note_that_a_crash_cut_short_is_no_fault(signed: Store, fresh_home: Path) -> None:
    (uid,) = given()
    (fresh_home / "given" / str(uid)).write_text("")
    (fresh_home / "given" / "stray").write_text("")
    assert faults() == {}
    checkpoint()


def test_nothing_is_noted_of_a_receipt_that_came_to_nothing(signed: Store) -> None:
    before = given()
    with transaction.atomic():
        signed.receipt(words="A third.")
        transaction.set_rollback(True)
    assert given() == before


def test_a_disc_that_takes_no_more_stops_no_report(signed: Store, fresh_home: Path) -> None:
    checkpoint()
    (fresh_home / "given").rmdir()
    (fresh_home / "given").write_text("a file, where a folder should be")
    assert signed.receipt(words="A third.").startswith("onrecord receipt v1")


def test_a_promise_that_ran_out_is_a_fault(signed: Store) -> None:
    with playing(START + timedelta(hours=24, seconds=1)):
        found = faults()
    assert list(found) == [10]
    assert found[10][0].endswith("was promised in a signed checkpoint by 2026-10-06 08:00, and stands in none")


def test_a_checkpoint_row_taken_away_does_not_hide_it(signed: Store) -> None:
    with unguarded():
        run("DELETE FROM ledger_checkpoint")
    with playing(START + timedelta(hours=24, seconds=1)):
        assert list(faults()) == [4, 10]
