"""A receipt is what a reporter can hold in the hand, and check for ever."""

from uuid import uuid4

import pytest

from onrecord.ledger.actions import receipt
from onrecord.ledger.gateway.keys import signer
from onrecord.ledger.models import StoredLeaf
from onrecord.ledger.queries import NoSuchEntry
from onrecord.ledger.rules.note import BadNote
from onrecord.ledger.rules.receipt import Receipt
from tests.partnership import ORIGIN, START, Store


def test_asking_again_gives_the_same_bytes(store: Store) -> None:
    uid = uuid4()
    first = store.receipt(uid=uid)
    store.report()
    assert [receipt(uid), store.receipt(uid=uid)] == [first, first]


def test_it_says_what_was_received_and_when(store: Store) -> None:
    made = store.report()
    said = Receipt.read(receipt(made.id), signer("receipt").verifier())
    leaf = bytes(StoredLeaf.objects.get(uid=made.id).leaf_hash)
    assert said == Receipt(ORIGIN, made.id, START, leaf)


@pytest.mark.parametrize(
    ("old", "new"), [("2026-10-05", "2026-10-06"), ("onrecord receipt v1", "onrecord receipt v2"), ("24", "48")]
)
def test_a_changed_receipt_is_refused(store: Store, old: str, new: str) -> None:
    note = receipt(store.report().id)
    assert old in note
    with pytest.raises(BadNote):
        Receipt.read(note.replace(old, new, 1), signer("receipt").verifier())


def test_a_receipt_by_another_key_is_refused(store: Store) -> None:
    note = receipt(store.report().id)
    with pytest.raises(BadNote):
        Receipt.read(note, signer("checkpoint").verifier())


def test_there_is_no_receipt_for_what_was_never_said(store: Store) -> None:
    with pytest.raises(NoSuchEntry):
        receipt(uuid4())


def test_a_receipt_names_nobody(store: Store) -> None:
    note = store.receipt()
    assert [word for word in ("Zephyrine", "teacher", "school", "exploitation") if word in note] == []
