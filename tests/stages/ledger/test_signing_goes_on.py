"""Keys are changed, and clocks step back, on record."""

from datetime import timedelta
from pathlib import Path

import pytest

from onrecord.ledger.actions import Frozen, checkpoint, publish, rotate, verify
from onrecord.ledger.facts import ClockSteppedBack, KeyAnnounced
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.gateway.keys import make_following, signer, verifiers
from onrecord.ledger.models import StoredCheckpoint
from onrecord.ledger.queries import envelopes, latest, size
from onrecord.ledger.rules.note import BadNote, open_note, signed_text
from onrecord.ledger.rules.receipt import Receipt
from tests.partnership import START, Store
from tests.stages.ledger.tampering import cut_tail


def faults(using: str = "default") -> list[int]:
    return [check.number for check in verify(using) if check.faults]


def test_a_changed_key_is_announced_and_signed_for_by_the_old_one(store: Store) -> None:
    checkpoint()
    old = signer("checkpoint").verifier()
    new = rotate("checkpoint")
    both = StoredCheckpoint.objects.latest("made_at").note
    assert [open_note(both, key) for key in (old, new)] == [both.partition("\n\n")[0] + "\n"] * 2
    said = [row.coded["vkey"] for row in envelopes([KeyAnnounced.kind]) if row.coded["use"] == "checkpoint"]
    assert (said, signer("checkpoint").verifier()) == ([str(new), str(old)], new)
    store.report()
    note = checkpoint()
    with pytest.raises(BadNote):
        open_note(note, old)
    assert open_note(note, new).split("\n")[1] == str(size())
    assert (faults(), faults("reads")) == ([], [])


def test_of_an_old_key_only_the_public_half_is_kept(store: Store, fresh_home: Path) -> None:
    secret = signer("checkpoint").secret
    old, new = signer("checkpoint").verifier(), rotate("checkpoint")
    kept = [path for path in (fresh_home / "keys").iterdir() if secret in path.read_bytes()]
    assert (kept, verifiers("checkpoint")) == ([], [new, old])


def test_a_change_that_was_broken_off_is_done_again_with_the_same_key(store: Store) -> None:
    begun = make_following("checkpoint")
    note = checkpoint()
    assert open_note(note, begun) == open_note(note, signer("checkpoint").verifier())
    assert rotate("checkpoint") == begun
    assert faults() == []


def test_no_key_is_changed_while_nothing_can_be_signed(store: Store) -> None:
    store.report()
    checkpoint()
    old = signer("checkpoint").verifier()
    cut_tail(1)
    with pytest.raises(Frozen):
        rotate("checkpoint")
    assert signer("checkpoint").verifier() == old


def test_receipts_by_an_old_key_are_still_known(store: Store, tmp_path: Path) -> None:
    note = store.receipt()
    rotate("receipt")
    assert signed_text(note, verifiers("receipt")).startswith("onrecord receipt v1")
    with pytest.raises(BadNote):
        Receipt.read(note, signer("receipt").verifier())
    assert publish(tmp_path / "log").size == size()


def test_a_clock_that_stepped_back_is_on_record_once(store: Store) -> None:
    with playing(START + timedelta(hours=2)):
        store.report()
    checkpoint()
    checkpoint()
    rows = envelopes([ClockSteppedBack.kind])
    assert [row.coded for row in rows] == [{"seconds": 7200, "newest": "2026-10-05T10:00:00.000000Z"}]
    assert latest(most=1)[0].recorded_at == START + timedelta(hours=2)
    assert set(faults()) == {7}
    with playing(START + timedelta(hours=2)):
        assert faults() == []


def test_a_clock_that_is_put_right_by_a_little_is_not(store: Store) -> None:
    with playing(START + timedelta(seconds=10)):
        store.report()
    checkpoint()
    assert envelopes([ClockSteppedBack.kind]) == []
