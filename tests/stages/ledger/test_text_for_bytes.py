"""SQLite keeps text where bytes belong, if somebody writes it there: that is a fault to be told, not a crash."""

import pytest

from onrecord.ledger.actions import Frozen, checkpoint, verify
from onrecord.ledger.models import StoredLeaf
from tests import databases
from tests.partnership import Store
from tests.stages.ledger.tampering import run, unguarded

pytestmark = pytest.mark.skipif(databases.POSTGRESQL, reason="PostgreSQL refuses text in a column of bytes itself")


@pytest.fixture
def changed(store: Store) -> int:
    """The number of a signed entry whose bytes became text, with one letter changed."""
    made = store.report()
    checkpoint()
    seq = StoredLeaf.objects.get(uid=made.id).seq
    with unguarded():
        run("UPDATE ledger_leaf SET payload = replace(payload, 'report', 'retort') WHERE seq = %s", [seq])
    return seq


def test_verify_says_which_entry(changed: int) -> None:
    found = {check.number: check.faults for check in verify()}
    assert found[2] == (f"entry {changed} was changed after it was hashed",)


def test_checkpoints_freeze(changed: int) -> None:
    with pytest.raises(Frozen, match=f"Entry {changed} "):
        checkpoint()
