"""What `verify` cannot find, said openly, and what finds it all the same: the receipt that somebody else holds."""

import pytest

from onrecord.ledger.actions import checkpoint, rebuild, verify
from onrecord.ledger.gateway.given import given, settle_given
from onrecord.ledger.gateway.keys import signer
from onrecord.ledger.models import StoredCheckpoint
from onrecord.ledger.queries import NoSuchEntry, entry
from onrecord.ledger.rules.receipt import Receipt
from tests.partnership import Store
from tests.stages.ledger.tampering import cut_tail, forget_signatures


def faults() -> list[int]:
    """The numbers of the checks that found something."""
    return [check.number for check in verify() if check.faults]


def test_a_tail_cut_above_what_was_signed_with_the_notes_of_receipts_is_shown_by_the_receipt_alone(
    own_store: Store,
) -> None:
    own_store.report()
    checkpoint()
    note = own_store.receipt(words="Another one.")
    cut_tail(2)  # the report, and where it went
    rebuild(check=False)
    assert faults() == [10]
    settle_given(given())
    assert faults() == []
    held = Receipt.read(note, signer("receipt").verifier())
    with pytest.raises(NoSuchEntry):
        entry(held.entry)


def test_a_history_signed_anew_with_the_keys_is_shown_by_the_receipt_and_an_old_checkpoint(store: Store) -> None:
    held = Receipt.read(store.receipt(), signer("receipt").verifier())
    checkpoint()
    old = StoredCheckpoint.objects.order_by("-size")[0]
    cut_tail(2)
    forget_signatures()
    rebuild(check=False)
    store.report(words="Something else altogether.")
    checkpoint()
    assert faults() == []
    with pytest.raises(NoSuchEntry):
        entry(held.entry)
    new = StoredCheckpoint.objects.order_by("-size")[0]
    assert (old.size, old.note == new.note) == (new.size, False)
