"""Checkpoints grow, and freeze when the record is not what was signed. Reports are taken all the same."""

import json
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from onrecord.duties.actions import tick
from onrecord.duties.models import Beat
from onrecord.ledger.actions import Frozen, checkpoint
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.gateway.keys import signer
from onrecord.ledger.models import StoredCheckpoint, StoredLeaf
from onrecord.ledger.queries import news, size
from onrecord.ledger.rules.merkle import leaf_hash, root_of
from onrecord.ledger.rules.note import Checkpoint, open_note
from tests.partnership import ORIGIN, START, Store
from tests.stages.ledger.tampering import cut_tail, run, unguarded


def signed(using: str = "default") -> Checkpoint:
    return Checkpoint.read(open_note(checkpoint(using), signer("checkpoint").verifier()))


def frozen() -> str:
    with pytest.raises(Frozen) as reason:
        checkpoint()
    return str(reason.value)


def test_it_signs_the_size_and_the_root_of_every_entry(store: Store) -> None:
    hashes = [bytes(row.leaf_hash) for row in StoredLeaf.objects.order_by("seq")]
    assert signed() == Checkpoint(ORIGIN, len(hashes), root_of(hashes))


def test_it_grows_with_the_record(store: Store) -> None:
    first = signed()
    store.report()
    assert signed().size == first.size + 2  # the report, and where it went
    assert list(StoredCheckpoint.objects.order_by("made_at").values_list("size", flat=True)) == [
        first.size,
        first.size + 2,
    ]


def test_the_reads_ledger_signs_under_a_name_of_its_own(store: Store) -> None:
    assert signed("reads").origin == f"{ORIGIN}/reads"


def test_it_freezes_on_a_tail_that_was_cut_off(store: Store) -> None:
    store.report()
    signed()
    cut_tail(1)
    assert "when last signed" in frozen()


def test_it_freezes_on_a_row_that_was_changed(store: Store) -> None:
    signed()
    with unguarded():
        run("UPDATE ledger_leaf SET payload = leaf_hash WHERE seq = 3")
    assert frozen().startswith("Entry 3 ")


def test_it_freezes_on_a_row_that_was_changed_with_its_hash(store: Store) -> None:
    signed()
    with unguarded():
        run("UPDATE ledger_leaf SET payload = %s, leaf_hash = %s WHERE seq = 3", [b"{}", leaf_hash(b"{}")])
    assert "are not those that were signed" in frozen()


def test_it_freezes_on_a_row_that_is_missing(store: Store) -> None:
    with unguarded():
        run("DELETE FROM ledger_leaf WHERE seq = 3")
    assert frozen().startswith("Entry 4 ")


def test_it_freezes_on_a_backup_that_was_restored_and_written_on(store: Store) -> None:
    store.report()
    signed()
    cut_tail(1)
    store.report()
    store.report()
    assert "Was the database restored from a backup?" in frozen()


def test_it_freezes_on_a_head_that_lies(store: Store) -> None:
    with unguarded():
        run("UPDATE ledger_head SET size = size - 1")
    assert "The head" in frozen()


def test_it_freezes_on_a_restored_backup_that_brings_its_checkpoints_along(store: Store, fresh_home: Path) -> None:
    """The last head is remembered outside the database, so a fork of the whole database is seen."""
    store.report()
    signed()
    cut_tail(1)
    with unguarded():
        run("DELETE FROM ledger_checkpoint")
    note = json.loads((fresh_home / "head-default.json").read_text())["note"]
    assert Checkpoint.read(open_note(note, signer("checkpoint").verifier())).size == size() + 1
    assert "when last signed" in frozen()


@pytest.mark.parametrize("text", [None, "", "{}", '{"note": ""}'])
def test_it_freezes_without_the_head_that_remembers(text: str | None, store: Store, fresh_home: Path) -> None:
    """Else a tail could be cut, the head thrown away, and what is left be signed as whole."""
    signed()
    head = fresh_home / "head-default.json"
    head.unlink() if text is None else head.write_text(text)
    with unguarded():
        run("DELETE FROM ledger_checkpoint")
    cut_tail(1)
    assert "head-default.json" in frozen()


def test_nothing_is_signed_while_frozen_and_reports_are_taken(store: Store) -> None:
    signed()
    cut_tail(1)
    made = store.report()
    frozen()
    assert (StoredCheckpoint.objects.count(), store.report().seq) == (1, made.seq + 2)


def test_a_frozen_checkpoint_stops_nothing_else_of_the_watch(store: Store) -> None:
    signed()
    store.report()
    signed()
    cut_tail(1)
    store.report(words="Another worry altogether.")
    with playing(START + timedelta(days=3)):
        done = tick(START + timedelta(days=3))
    assert (done.escalated > 0, done.delivered > 0, done.checkpoint) == (True, True, True)
    assert Beat.objects.get().frozen == done.frozen != ""


def test_reports_that_come_in_while_it_reads_do_not_freeze_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The head is read before and after the entries: what was added in between is news, not a fault."""
    before = size()
    sizes = iter([before, before + 5])
    monkeypatch.setattr(sys.modules[checkpoint.__module__], "size", lambda using: next(sizes))
    assert Checkpoint.read(open_note(checkpoint(), signer("checkpoint").verifier())).size == before


def test_there_is_news_after_an_entry_and_after_a_day(store: Store) -> None:
    asked = [news("default", START)]
    signed()
    asked.append(news("default", START))
    store.report()
    asked.append(news("default", START))
    signed()
    asked += [news("default", START + timedelta(hours=hours)) for hours in (22, 24)]
    assert asked == [True, False, True, False, True]
