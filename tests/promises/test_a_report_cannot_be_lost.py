"""A report is taken, kept and receipted, whatever else is broken."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from onrecord.duties.actions import tick
from onrecord.duties.models import Beat
from onrecord.intake.models import Report
from onrecord.ledger.actions import Frozen, checkpoint, receipt
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.gateway.keys import signer
from onrecord.ledger.gateway.registry import projectors
from onrecord.ledger.models import StoredLeaf
from onrecord.ledger.queries import entry, size
from onrecord.ledger.rules.receipt import Receipt
from onrecord.notices import actions as notices
from onrecord.notices.gateway import NotDelivered
from tests.partnership import START, Store
from tests.stages.ledger.tampering import cut_tail

LATER = START + timedelta(days=3)


def taken(store: Store) -> bool:
    """Whether a report made now is stored, can be opened, and has a receipt that holds."""
    made = store.report()
    said = Receipt.read(receipt(made.id), signer("receipt").verifier())
    return entry(made.id) == made and said.leaf_hash == bytes(StoredLeaf.objects.get(uid=made.id).leaf_hash)


def test_while_the_watch_is_dead(store: Store) -> None:
    assert Beat.objects.count() == 0
    with playing(START + timedelta(days=100)):
        assert taken(store)


@pytest.mark.parametrize("name", ["ledger", "access", "linkage", "intake", "duties"])
def test_while_a_read_table_is_broken(name: str, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = next(made for made in projectors() if made.__name__ == f"onrecord.{name}.projector")
    monkeypatch.setattr(broken, "project", lambda entries: 1 / 0)
    assert taken(store)


def test_while_every_read_table_is_broken(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for broken in projectors():
        monkeypatch.setattr(broken, "project", lambda entries: 1 / 0)
    assert taken(store)


def test_while_checkpoints_are_frozen(store: Store) -> None:
    store.report()
    checkpoint()
    cut_tail(1)
    with pytest.raises(Frozen):
        checkpoint()
    assert taken(store)


def test_while_no_mail_goes_out(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*said: str) -> None:
        raise NotDelivered("planted")

    monkeypatch.setattr(notices, "send", refused)
    store.report()
    with playing(LATER):
        tick(LATER)
        assert taken(store)


@pytest.mark.parametrize("key", ["match", "checkpoint"])
def test_while_a_key_it_does_not_need_is_missing(key: str, store: Store, fresh_home: Path) -> None:
    (fresh_home / "keys" / f"{key}.json").unlink()
    assert taken(store)


def test_while_no_rulebook_is_in_force(empty_store: object, fresh_home: Path) -> None:
    from onrecord.ledger.actions import append, begin  # noqa: PLC0415
    from tests.partnership import ORIGIN  # noqa: PLC0415
    from tests.stages.ledger.test_append import saying  # noqa: PLC0415

    with playing(START):
        begin(ORIGIN, "Northbrook")
        made = append([saying()])[0]
    assert (entry(made.id), Report.objects.filter(uid=made.id).count()) == (made, 1)


def test_however_often_it_is_sent(store: Store) -> None:
    uid, before = uuid4(), size()
    receipts = {store.receipt(uid=uid) for _ in range(4)}
    assert (len(receipts), size()) == (1, before + 2)  # the report, and where it went


def test_whatever_it_says(store: Store) -> None:
    """Odd letters, long words, a child of whom only a description is known."""
    said = {"child": {"described": "a girl with a red coat 👧🏽 ‮"}, "words": "ΩЖ中\u0001\0" + "x" * 19_990}
    made = store.report(**said)
    assert entry(made.id).saying.fact.words == said["words"]
